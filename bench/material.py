"""What the rows measure with: runs of the province's sites, in a data folder of their own."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bench.crawl import SOURCE
from bench.errors import BenchError
from bench.province import DAY
from crawlers import source
from crawlers.results import RunResult
from crawlers.run import crawl

PLANTED = frozenset({"province-platform-d", "province-platform-e", "province-platform-f"})
"""Sites that are down, blocked or changed on purpose: waiting for them measures nothing."""


@contextmanager
def environment(sources: Path) -> Iterator[None]:
    """The clock and source folder of the province for this process and its children; the caller's after the block."""
    wanted = {"QINGCE_CLOCK": DAY, "QINGCE_SOURCES": str(sources)}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        _restore(before)


def _restore(before: Mapping[str, str | None]) -> None:
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def gather(sources: Path, var: Path) -> dict[str, RunResult]:
    """Crawls every good site into ``var`` and writes the sources' definitions there; returns each finished run.

    A site whose run stopped is said and left out: a row about half a run would mean nothing. Raises BenchError where
    that is the platform, which everything else is measured by.
    """
    names = sorted(path.stem for path in sources.glob("*.yaml") if path.stem not in PLANTED)
    results = {result.source: result for result in crawl(names, var)}
    bad = [result for result in results.values() if result.status != "finished"]
    for result in bad:
        print(f"bench: left out: {result.words}", file=sys.stderr, flush=True)
    if any(result.source == SOURCE for result in bad):
        raise BenchError(f"crawl of the province: {results[SOURCE].words}")
    for name in names:
        source.export(source.effective(name), var / "sources", f"{name}.json")
    return {name: result for name, result in results.items() if result.status == "finished"}
