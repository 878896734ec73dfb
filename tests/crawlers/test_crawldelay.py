"""``Crawl-delay`` and ``Request-rate`` of robots.txt hold, whatever AutoThrottle makes of a quick site."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
from scrapy import Request
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.robotstxt import ProtegoRobotParser
from scrapy.settings import Settings
from scrapy.signalmanager import SignalManager

from crawlers.crawldelay import CrawlDelay, stated

AGENT = "Qingce/0.1.0"
PAGE = Request("http://site.example/a", meta={"download_slot": "site.example"})


def _parser(text: str) -> ProtegoRobotParser:
    return ProtegoRobotParser(text.encode(), None)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("User-agent: *\nCrawl-delay: 10\nDisallow: /x", 10.0),
        ("User-agent: *\nRequest-rate: 1/5", 5.0),
        ("User-agent: *\nCrawl-delay: 2\nRequest-rate: 1/5", 5.0),
        ("User-agent: other\nCrawl-delay: 10\nUser-agent: *\nDisallow:", 0.0),
        ("User-agent: qingce\nCrawl-delay: 7\nUser-agent: *\nCrawl-delay: 1", 7.0),
        ("", 0.0),
        ("User-agent: *\nCrawl-delay: soon", 0.0),
    ],
)
def test_what_robots_txt_asks_for(text: str, seconds: float) -> None:
    assert stated(_parser(text), AGENT) == seconds


def _held(own: float, text: str) -> tuple[CrawlDelay, Any]:
    downloader = SimpleNamespace(
        slots={"site.example": Slot(8, own, 0.5)}, per_slot_settings={}, get_slot_key=lambda request: "site.example"
    )
    settings = Settings({"USER_AGENT": AGENT, "DOWNLOAD_DELAY": own})
    crawler = SimpleNamespace(settings=settings, signals=SignalManager(), engine=SimpleNamespace(downloader=downloader))
    held = CrawlDelay(cast(Crawler, crawler))
    held.parsed(_parser(text), PAGE)
    return held, downloader


def test_the_host_is_asked_one_page_at_a_time_and_no_sooner() -> None:
    held, downloader = _held(0.5, "User-agent: *\nCrawl-delay: 10")
    slot = downloader.slots["site.example"]
    assert (slot.delay, slot.jitter, slot.concurrency) == (10.0, 0.0, 1)
    slot.delay = 0.7
    held.downloaded(Response("http://site.example/a"), PAGE)
    assert slot.delay == 10.0
    assert downloader.per_slot_settings["site.example"]["delay"] == 10.0


def test_a_source_that_is_slower_by_itself_stays_so() -> None:
    _, downloader = _held(30.0, "User-agent: *\nCrawl-delay: 10")
    assert downloader.slots["site.example"].delay == 30.0


def test_without_a_word_nothing_changes() -> None:
    _, downloader = _held(0.5, "User-agent: *\nDisallow: /x")
    assert (downloader.slots["site.example"].delay, downloader.per_slot_settings) == (0.5, {})
