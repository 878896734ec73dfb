"""A spider middleware that keeps every page object of a crawl, to choose from what is saved."""

from __future__ import annotations

from scrapy import Spider
from scrapy.http import Response

from crawlers.pages.base import SourcePage

SEEN: dict[str, list[SourcePage]] = {}
"""Source → its page objects in the order of their answers."""


class PageRecorder:
    """Scrapy-poet has put the page objects among the callback's arguments by the time that this is called."""

    def __init__(self, spider: Spider) -> None:
        self.pages = SEEN.setdefault(spider.source.name, [])  # type: ignore[attr-defined]

    @classmethod
    def from_crawler(cls, crawler: object) -> PageRecorder:
        """Called by Scrapy."""
        return cls(crawler.spider)  # type: ignore[attr-defined]

    def process_spider_input(self, response: Response) -> None:
        """Called by Scrapy before each callback."""
        assert response.request is not None
        self.pages += [value for value in response.request.cb_kwargs.values() if isinstance(value, SourcePage)]
