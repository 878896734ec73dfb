"""One crawl as a process of its own: started, watched with heartbeats, ended at its limit, read for its outcome."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil

from schedules import folders
from schedules.history import History, Outcome
from schedules.models import RunState
from schedules.settings import Settings

POLL = timedelta(seconds=0.5)
Command = Callable[[str, Path], Sequence[str]]
PATIENCE = timedelta(seconds=60)
"""How long a crawl that was asked to stop may take to close its run folder before it is killed."""


def crawl_command(source: str, var: Path) -> Sequence[str]:
    """The crawl of one source, see ``crawlers/run.py``."""
    return [sys.executable, "-m", "crawlers.run", source, "--var", str(var)]


@dataclass(frozen=True)
class Runner:
    """Runs crawls and writes each into the history; ``stopping`` ends them all in good order."""

    settings: Settings
    history: History
    stopping: threading.Event
    command: Command = crawl_command

    def crawl(self, source: str, attempt: int = 1) -> Outcome | None:
        """Crawl one source to its end; None where a crawl of it runs already."""
        claim = self.history.claim(f"crawl:{source}", _now(), source, attempt)
        if claim is None:
            return None
        outcome = self._supervised(source, claim)
        self.history.finish(claim, outcome, _now())
        return outcome

    def _supervised(self, source: str, claim: int) -> Outcome:
        with self._log(source).open("ab") as log:
            process = subprocess.Popen(
                self.command(source, self.settings.indexer.var),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Ctrl-C reaches this program alone; it then stops its crawls itself, one by one.
                start_new_session=True,
            )
            self.history.attach(claim, process.pid, psutil.Process(process.pid).create_time())
            ended_by = self._watch(process, claim)
        outcome = folders.outcome(self.settings.indexer.runs / source, process.pid, process.returncode)
        return outcome if ended_by is None else replace(outcome, state=ended_by[0], reason=ended_by[1])

    def _watch(self, process: subprocess.Popen[bytes], claim: int) -> tuple[RunState, str] | None:
        """Wait for the end; the state and reason where it was we who ended it."""
        limit = _now() + self.settings.crawl_limit
        beat_at = _now()
        while process.poll() is None:
            if self.stopping.wait(POLL.total_seconds()):
                return _end(process, "interrupted", "the schedule was stopped")
            if _now() > limit:
                return _end(process, "failed", f"ended at its limit of {self.settings.crawl_limit}")
            if _now() >= beat_at:
                beat_at = _now() + self.settings.heartbeat
                if not self.history.beat(claim, _now()):
                    return _end(process, "lost", "another scheduler took this try for dead")
        return None

    def _log(self, source: str) -> Path:
        folder = self.settings.indexer.var / "logs"
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"crawl-{source}.log"


def _end(process: subprocess.Popen[bytes], state: RunState, reason: str) -> tuple[RunState, str]:
    """Ask the crawl to close its run folder; kill it where it does not within ``PATIENCE``."""
    process.terminate()
    try:
        process.wait(PATIENCE.total_seconds())
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return state, f"{reason}; it did not close its run folder and was killed"
    return state, reason


def alive(pid: int | None, started: float | None) -> bool:
    """True where that very process lives; a pid given to another process does not count."""
    if pid is None or started is None:
        return False
    try:
        process = psutil.Process(pid)
        return process.status() != psutil.STATUS_ZOMBIE and abs(process.create_time() - started) < 1
    except psutil.NoSuchProcess:
        return False


def _now() -> datetime:
    return datetime.now(UTC)
