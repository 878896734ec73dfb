"""Counts what the run's floors are measured by."""

from __future__ import annotations

from scrapy.crawler import Crawler

from crawlers.items import Harvest
from crawlers.spiders.base import spider_of


class CountPipeline:
    """Adds each record to the spider's counts."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CountPipeline:
        """Called by Scrapy."""
        return cls(crawler)

    def process_item(self, item: Harvest) -> Harvest:
        """Called by Scrapy for each page."""
        counts = spider_of(self.crawler).counts
        for record in item.records:
            counts.add(record)
        return item
