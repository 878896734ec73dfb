"""Row ``memory``: resident memory over a long crawl; flat means that the end needs no more than the first quarter."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import psutil
from scrapy import signals
from scrapy.crawler import Crawler

from bench import endless
from bench.errors import BenchError
from bench.options import Options
from bench.province import ROOT
from bench.row import Row

FILE = "BENCH_MEMORY_FILE"
"""Scrapy setting: the file that the samples are written into."""
EVERY = "BENCH_MEMORY_EVERY"
SAMPLES = 100
"""Samples over the crawl."""
GOAL = 0.85
"""What is remembered of each enterprise (eight bytes of its identity) may grow, nothing else."""
MEGABYTE = 1024 * 1024
START_SECONDS = 30.0
REQUEST_SECONDS = 0.05
"""Given up after so long a request, on average."""


class Samples:
    """A Scrapy extension: resident memory after every so many answers, as ``[answers, bytes, seconds]``."""

    def __init__(self, crawler: Crawler) -> None:
        self._file, self._every = Path(str(crawler.settings[FILE])), crawler.settings.getint(EVERY)
        self._process, self._answers, self._began = psutil.Process(), 0, time.monotonic()
        self._taken: list[tuple[int, int, float]] = []
        crawler.signals.connect(self.received, signals.response_received)
        crawler.signals.connect(self.stopped, signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Samples:
        """Called by Scrapy."""
        return cls(crawler)

    def received(self) -> None:
        """An answer has come."""
        self._answers += 1
        if self._answers % self._every == 0:
            self._taken.append((self._answers, self._process.memory_info().rss, time.monotonic() - self._began))

    def stopped(self) -> None:
        """All is done."""
        self._file.write_text(json.dumps(self._taken), encoding="ascii")


def measure(folder: Path, options: Options) -> Row:
    """One crawl of ``options.requests`` requests; raises BenchError where it fails."""
    enterprises = max(endless.ROWS, (options.requests - 1) * endless.ROWS // (2 * endless.ROWS + 1))
    total = endless.requests(enterprises)
    samples = _crawled(folder, enterprises, max(1, total // SAMPLES))
    quarter, rest = samples[: len(samples) // 4], samples[len(samples) // 4 :]
    plateau = median(size for _, size, _ in quarter[len(quarter) // 2 :])
    peak = max(size for _, size, _ in rest)
    pages = samples[-1][0] / samples[-1][2]
    return Row(
        "memory", "MB", peak / MEGABYTE, plateau / MEGABYTE, "first quarter", GOAL,
        f"{total:,} requests, {pages:.0f} pages/s",
    )  # fmt: skip


def _crawled(folder: Path, enterprises: int, every: int) -> list[tuple[int, int, float]]:
    sources, told = folder / "endless", folder / "memory.json"
    sources.mkdir()
    with _serving(folder, enterprises) as url:
        (sources / f"{endless.NAME}.yaml").write_text(endless.definition(url), encoding="utf-8")
        given = [str(told), str(sources), str(folder / "endless-var"), str(every)]
        command = [sys.executable, "-m", "bench.fetching", "memory", *given]
        limit = 60 + REQUEST_SECONDS * endless.requests(enterprises)
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=limit, check=False)
    if done.returncode or not told.exists():
        raise BenchError(f"bench.fetching memory: {(done.stderr.strip().splitlines() or ['died'])[-1]}")
    return [(answers, size, seconds) for answers, size, seconds in json.loads(told.read_text(encoding="ascii"))]


@contextmanager
def _serving(folder: Path, enterprises: int) -> Iterator[str]:
    port = folder / "endless.port"
    process = subprocess.Popen([sys.executable, "-m", "bench.endless", str(enterprises), str(port)], cwd=ROOT)
    try:
        deadline = time.monotonic() + START_SECONDS
        while not (port.exists() and port.read_text(encoding="ascii")):
            if process.poll() is not None or time.monotonic() > deadline:
                raise BenchError("bench.endless did not serve")
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port.read_text(encoding='ascii')}"
    finally:
        process.terminate()
        process.wait()
