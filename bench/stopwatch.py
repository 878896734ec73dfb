"""A Scrapy extension that times a crawl the same way for the project's spiders and for plain ones."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from scrapy import signals
from scrapy.crawler import Crawler

EXTENSION = {"EXTENSIONS": {"bench.stopwatch.Stopwatch": 0}}
FILE = "BENCH_STOPWATCH_FILE"
"""Scrapy setting: the file that the time is written into."""


@dataclass(frozen=True)
class Time:
    """Seconds that passed, and those of them that this process had a processor."""

    seconds: float
    cpu: float

    @classmethod
    def read(cls, file: Path) -> Time:
        """As the watch left it."""
        return cls(**json.loads(file.read_text(encoding="ascii")))


class Stopwatch:
    """From the first request of any crawl of the process that reaches the downloader until the last has stopped."""

    started: Time | None = None

    def __init__(self, crawler: Crawler) -> None:
        self._file = Path(str(crawler.settings[FILE]))
        crawler.signals.connect(self.asked, signals.request_reached_downloader)
        crawler.signals.connect(self.stopped, signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Stopwatch:
        """Called by Scrapy."""
        return cls(crawler)

    def asked(self) -> None:
        """A request is sent; the first starts the watch."""
        if Stopwatch.started is None:
            Stopwatch.started = _now()

    def stopped(self) -> None:
        """One crawl is done and on the disk: write the time until here, the last one counts."""
        if (began := Stopwatch.started) is not None:
            now = _now()
            told = Time(now.seconds - began.seconds, now.cpu - began.cpu)
            self._file.write_text(json.dumps(asdict(told)), encoding="ascii")


def _now() -> Time:
    return Time(time.perf_counter(), time.process_time())
