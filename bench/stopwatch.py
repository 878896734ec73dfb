"""A Scrapy extension that times a crawl the same way for the project's spiders and for a plain one."""

from __future__ import annotations

import time
from pathlib import Path

from scrapy import signals
from scrapy.crawler import Crawler

EXTENSION = {"EXTENSIONS": {"bench.stopwatch.Stopwatch": 0}}
FILE = "BENCH_STOPWATCH_FILE"
"""Scrapy setting: the file that the seconds are written into."""


class Stopwatch:
    """From the first request that reaches the downloader until the engine has stopped and all is on the disk."""

    def __init__(self, crawler: Crawler) -> None:
        self._file = Path(str(crawler.settings[FILE]))
        self._started: float | None = None
        crawler.signals.connect(self.asked, signals.request_reached_downloader)
        crawler.signals.connect(self.stopped, signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Stopwatch:
        """Called by Scrapy."""
        return cls(crawler)

    def asked(self) -> None:
        """A request is sent; the first starts the watch."""
        if self._started is None:
            self._started = time.perf_counter()

    def stopped(self) -> None:
        """All is done: write the seconds."""
        if self._started is not None:
            self._file.write_text(repr(time.perf_counter() - self._started), encoding="ascii")
