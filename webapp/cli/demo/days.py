"""The script's visit days: which sources still lack a run of a day, and the crawl of those in one process."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawlers.results import RunResult


def lacking(runs: Path, sources: Iterable[str], day: str) -> list[str]:
    """The sources without a closed run of ``day``; a run that died is made again."""
    return [source for source in sources if not _closed(runs / source, day)]


def _closed(folder: Path, day: str) -> bool:
    # The simulated clock stands at noon in Shanghai, which is the same day in UTC, by which runs are named.
    for run in folder.glob(f"{day.replace('-', '')}T*/run.json"):
        if json.loads(run.read_text(encoding="utf-8"))["status"] in ("finished", "stopped"):
            return True
    return False


def crawl(sources: list[str], day: str, var: Path, progress: Callable[[RunResult], None]) -> None:
    """Crawl at the date ``day``. Some sites of the script block or change on purpose: their runs stop with a reason."""
    from webapp.cli.crawl import crawled

    with at(day):
        crawled(sources, var, progress)


@contextmanager
def at(day: str) -> Iterator[None]:
    """The simulated clock of this process and all that it starts, for the block."""
    before = os.environ.get("QINGCE_CLOCK")
    os.environ["QINGCE_CLOCK"] = day
    try:
        yield
    finally:
        if before is None:
            del os.environ["QINGCE_CLOCK"]
        else:
            os.environ["QINGCE_CLOCK"] = before
