"""``Crawl-delay`` and ``Request-rate`` of robots.txt as the least delay between requests to that host."""

from __future__ import annotations

from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.robotstxt import RobotParser


class CrawlDelay:
    """An extension; loaded after AutoThrottle, so that its word on a host's delay is the last."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.agent = str(crawler.settings["USER_AGENT"])
        self.least: dict[str, float] = {}
        crawler.signals.connect(self.parsed, signals.robots_parsed)
        crawler.signals.connect(self.downloaded, signals.response_downloaded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CrawlDelay:
        """Called by Scrapy."""
        return cls(crawler)

    def parsed(self, robotparser: RobotParser, request: Request) -> None:
        """A host's robots.txt is read."""
        delay = stated(robotparser, self.agent)
        downloader = self._downloader()
        if delay and downloader is not None:
            key = downloader.get_slot_key(request)
            own = max(delay, self.crawler.settings.getfloat("DOWNLOAD_DELAY"))
            self.least[key] = own
            # Slots that stand idle are thrown away and made anew from this.
            downloader.per_slot_settings[key] = {"delay": own, "jitter": 0.0, "concurrency": 1}
            self._hold(key)

    def downloaded(self, response: Response, request: Request) -> None:
        """An answer has come, and AutoThrottle may have shortened the delay."""
        key = request.meta.get("download_slot")
        if key in self.least:
            self._hold(key)

    def _hold(self, key: str) -> None:
        downloader = self._downloader()
        slot = downloader.slots.get(key) if downloader is not None else None
        if slot is not None:
            slot.delay, slot.jitter, slot.concurrency = max(slot.delay, self.least[key]), 0.0, 1

    def _downloader(self) -> Any:
        return self.crawler.engine.downloader if self.crawler.engine is not None else None


def stated(parser: RobotParser, agent: str) -> float:
    """Seconds that a robots.txt asks to leave between requests; 0 where it says nothing."""
    rules: Any = getattr(parser, "rp", None)
    if rules is None:
        return 0.0
    rate = rules.request_rate(agent)
    by_rate = rate.seconds / rate.requests if rate and rate.requests else 0.0
    return max(float(rules.crawl_delay(agent) or 0.0), by_rate)
