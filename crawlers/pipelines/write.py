"""Hands each page's rows to the run folder; many rows at once are made durable without waiting for the interval."""

from __future__ import annotations

from scrapy.crawler import Crawler

from crawlers.items import Harvest
from crawlers.kinds import BAD
from crawlers.spiders.base import spider_of
from crawlers.spiders.closing import narrowed

ROWS_A_COMMIT = 20_000
"""Rows held in memory at most; a crash loses these and no more."""


class WritePipeline:
    """The last pipeline."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.rows = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> WritePipeline:
        """Called by Scrapy."""
        return cls(crawler)

    def process_item(self, item: Harvest) -> Harvest:
        """Called by Scrapy for each page."""
        spider = spider_of(self.crawler)
        run = spider.run
        for visit in item.visits:
            narrowed(spider, visit)
            if visit["outcome"] in BAD:
                run.completed.withdraw(visit["capture"])
        for lines, rows in ((run.records, item.records), (run.visits, item.visits), (run.issues, item.issues)):
            for row in rows:
                lines.add(row)
            self.rows += len(rows)
        if self.rows > ROWS_A_COMMIT:
            run.commit()
            self.rows = 0
        return item
