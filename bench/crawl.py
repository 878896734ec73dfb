"""Rows ``crawl …``: each family's sites of the province into run folders, against Scrapy fetching the same pages.

Families come from the registry: one whose sites the province has is measured, whoever wrote it. Of a family with few
pages several copies are crawled side by side, each into a data folder of its own, so that there is something to time.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.errors import BenchError
from bench.exchanges import requests
from bench.options import Options
from bench.province import ROOT
from bench.quantiles import median
from bench.row import Row
from bench.stopwatch import Time
from crawlers.families import FAMILIES
from crawlers.results import RunResult

SOURCE = "province-platform"
"""The province's largest site: whole tables of an enterprise in every answer."""
GOAL, GOAL_WITHOUT = 0.60, 0.70
"""Of Scrapy alone, with archiving and without: reading by lxml alone left 0.71 of it when it was measured."""
ENOUGH = 1_000
"""Pages that one timing should have at least, and …"""
COPIES = 60
"""… the most copies of a family's sites crawled side by side for it."""
TIMEOUT = 900.0
"""Seconds for one process."""


@dataclass(frozen=True)
class Part:
    """What one row crawls: sources, the requests of one crawl of each, and what those crawls brought."""

    name: str
    keep: str
    asked: Mapping[str, list[dict[str, str]]]
    results: list[RunResult]

    @property
    def pages(self) -> int:
        """Of one crawl of all its sources."""
        return sum(len(requests) for requests in self.asked.values())

    @property
    def copies(self) -> int:
        """Crawls side by side that make enough pages."""
        return min(COPIES, -(-ENOUGH // self.pages))

    @property
    def about(self) -> str:
        """What was crawled, in words: amounts of all copies."""
        times, counts = self.copies, [result.counts for result in self.results]
        records, visits, size = (times * sum(c[what] for c in counts) for what in ("records", "visits", "bytes"))
        pages = times * self.pages
        return f"{pages} pages, {records} records, {visits} visits, {size / pages / 1000:.1f} kB a page"


def measure(folder: Path, results: Mapping[str, RunResult], options: Options) -> Iterator[Row]:
    """``results`` are crawls made before: their requests are what plain Scrapy sends.

    The province has made every page once for them, so both sides meet the same cached answers.
    """
    for part in parts(results):
        yield _row(folder, part, options)


def parts(results: Mapping[str, RunResult]) -> Iterator[Part]:
    """A part a family, and the platform once more with nothing kept but what was read."""
    asked = {name: requests(result.folder) for name, result in results.items()}
    by_family: dict[str, list[str]] = {}
    for name, result in results.items():
        family = json.loads((result.folder / "source.json").read_bytes())["family"]
        by_family.setdefault(family, []).append(name)
    for family in sorted(by_family.keys() & FAMILIES.keys()):
        names = by_family[family]
        yield Part(f"crawl {family}", "bytes", {name: asked[name] for name in names}, [results[n] for n in names])
    yield Part("crawl, nothing kept", "none", {SOURCE: asked[SOURCE]}, [results[SOURCE]])


def _row(folder: Path, part: Part, options: Options) -> Row:
    asked = folder / "requests.json"
    asked.write_text(json.dumps(list(part.asked.values())), encoding="utf-8")
    plain, ours = [], []
    for number in range(options.rounds):
        plain.append(_timed(folder, "plain", str(asked), str(part.copies)))
        # Data folders of their own: a second crawl into the same one would store only references.
        var = folder / f"{part.name}-{number}"
        ours.append(_timed(folder, "ours", str(var), str(part.copies), part.keep, *part.asked))
    pages = part.pages * part.copies
    cpu = 1000 * median([time.cpu for time in ours]) / pages
    beside = 1000 * median([time.cpu for time in plain]) / pages
    return Row(
        part.name, "pages/s", pages / median([t.seconds for t in ours]), pages / median([t.seconds for t in plain]),
        "plain Scrapy", GOAL if part.keep == "bytes" else GOAL_WITHOUT,
        f"{part.about}, {cpu:.1f} ms of a processor a page ({beside:.1f} plain)",
    )  # fmt: skip


def _timed(folder: Path, *arguments: str) -> Time:
    """The time that the process itself measured. Raises BenchError with its last words where it failed."""
    told = folder / "time.json"
    told.unlink(missing_ok=True)
    command = [sys.executable, "-m", "bench.fetching", arguments[0], str(told), *arguments[1:]]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=TIMEOUT, check=False)
    if done.returncode or not told.exists():
        words = done.stderr.strip().splitlines()[-1:] or [f"exit code {done.returncode}"]
        raise BenchError(f"bench.fetching {arguments[0]}: {words[0]}")
    return Time.read(told)
