"""The programs that one command runs beside each other: started in order, watched, stopped in reverse order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from webapp.cli.errors import CommandFailed

if TYPE_CHECKING:
    from indexer.engine.node import Node

PATIENCE = 90.0
"""Seconds a program may take to end: a crawl closes its run folder first."""
CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass
class Processes:
    """Python modules run as programs; ``log`` takes their output where given, else it is shown."""

    started: list[tuple[str, subprocess.Popen[bytes]]] = field(default_factory=list)

    def start(
        self, name: str, module: str, *words: str, env: Mapping[str, str] | None = None, log: Path | None = None
    ) -> subprocess.Popen[bytes]:
        """``python -m module words…`` with ``env`` added to the environment."""
        process = run_beside(module, words, env or {}, log)
        self.started.append((name, process))
        return process

    def ended(self) -> str | None:
        """Name and exit code of a program that is no longer there, or None."""
        for name, process in self.started:
            if process.poll() is not None:
                return f"{name} ended with exit code {process.returncode}"
        return None

    def stop(self) -> None:
        """Ask each to end, the last started first; kill what does not end in time."""
        for _, process in reversed(self.started):
            end(process)
        self.started.clear()

    def watch(self, stopping: threading.Event, node: Node | None = None) -> None:
        """Return when ``stopping`` is set; raise CommandFailed when a program, or the node, ends by itself."""
        while not stopping.wait(0.5):
            down = "Elasticsearch crashed twice" if node is not None and node.failed else None
            ended = self.ended() or down
            if ended is not None:
                raise CommandFailed(f"{ended}; everything was stopped")


def run_beside(module: str, words: Sequence[str], env: Mapping[str, str], log: Path | None) -> subprocess.Popen[bytes]:
    """A module as a program in a session of its own: Ctrl-C reaches this command alone, which then stops it.

    It ends when this process is gone (``webapp.cli.tied``), so that nothing is left over by a crash.
    """
    command = [sys.executable, "-m", "webapp.cli.tied", str(os.getpid()), module, *words]
    output = _open(log) if log else None
    try:
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                                env=environment(env), start_new_session=True)  # fmt: skip
    finally:
        if output is not None:
            os.close(output)


def environment(added: Mapping[str, str]) -> dict[str, str]:
    """This environment with ``added``, and with our packages found from any working directory."""
    changed = {**os.environ, **added}
    return {**changed, "PYTHONPATH": os.pathsep.join(filter(None, [str(CHECKOUT), changed.get("PYTHONPATH", "")]))}


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask a program of ``run_beside`` to end and wait for it; kill it after ``PATIENCE``, and what it left behind."""
    if process.poll() is None:
        process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(PATIENCE)
    # The group is the program's own (a session of its own): itself where it did not end, workers that it lost.
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def stop_signals() -> Iterator[threading.Event]:
    """An event that SIGINT and SIGTERM set while the block runs; afterwards they do what they did before."""
    stopping = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stopping
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _open(log: Path) -> int:
    log.parent.mkdir(parents=True, exist_ok=True)
    return os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
