"""How a run ended, and how a process of crawls tells it to the one that started it."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from crawlers.errors import CrawlError

GOOD, USAGE, STOPPED = 0, 2, 3
"""Exit codes: every run finished; the call was wrong; some run stopped."""


@dataclass(frozen=True)
class RunResult:
    """``status`` is finished or stopped, ``counts`` as in run.json, ``folder`` that of the run."""

    source: str
    run: str
    folder: Path
    status: str
    reason: str | None
    counts: dict[str, int]

    @property
    def words(self) -> str:
        """One line for people."""
        why = f" ({self.reason})" if self.reason else ""
        amounts = f"{self.counts['requests']} requests, {self.counts['records']} records"
        return f"{self.source}: {self.status}{why}, {amounts}"

    @property
    def line(self) -> str:
        """One line of JSON, see ``listen``."""
        return json.dumps({**vars(self), "folder": str(self.folder)}, ensure_ascii=False)

    def say(self, as_json: bool) -> None:
        """Print it."""
        print(self.line if as_json else self.words, flush=True)


def code(results: list[RunResult]) -> int:
    """The exit code of a process with these results."""
    return GOOD if all(result.status == "finished" for result in results) else STOPPED


def listen(command: list[str], progress: Callable[[RunResult], None] | None = None) -> list[RunResult]:
    """Run a process of crawls that prints a JSON line a run; ``progress`` hears of each as it ends.

    Raises CrawlError with the process's own message where it could not begin, RuntimeError where it died.
    """
    results = []
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, encoding="utf-8") as process,
    ):
        assert process.stdout is not None
        for line in process.stdout:
            facts = json.loads(line)
            results.append(RunResult(**{**facts, "folder": Path(facts["folder"])}))
            if progress is not None:
                progress(results[-1])
        process.wait()
        errors.seek(0)
        words = errors.read().strip()
    if process.returncode == USAGE:
        raise CrawlError(words.splitlines()[-1].removeprefix("error: ") if words else "the crawl could not begin")
    if process.returncode not in (GOOD, STOPPED):
        raise RuntimeError(f"the crawl died with exit code {process.returncode}: {words[-2000:]}")
    for warning in (line for line in words.splitlines() if line.startswith("warning: ")):
        print(warning, file=sys.stderr)
    return results
