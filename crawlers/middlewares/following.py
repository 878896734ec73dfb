"""What a page leads to: deeper pages and urgent subjects first, and a request that may not be asked is told as a look.

Stands for Scrapy's depth and address-length middlewares, which drop such a request in silence. Depth first keeps the
queue short: an enterprise is read to its end before the next is begun.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawlers.frontier import STEP
from crawlers.items import Seen
from crawlers.visits import Look

LONGEST = 2083
"""Longest address asked (characters): what browsers of old took, and more than any real page needs."""


class FollowingMiddleware:
    """A spider middleware; ``meta["depth"]`` and ``meta["urgency"]`` go from a page to what it leads to."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.deepest = crawler.settings.getint("DEPTH_LIMIT")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> FollowingMiddleware:
        """Called by Scrapy."""
        return cls(crawler)

    def process_spider_output(self, response: Response, result: Iterable[Any]) -> Iterator[Any]:
        """Called by Scrapy with what a callback yields."""
        for found in result:
            yield from self._followed(response, found)

    async def process_spider_output_async(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """Called by Scrapy with what an asynchronous callback yields."""
        async for found in result:
            for each in self._followed(response, found):
                yield each

    def _followed(self, response: Response, found: Any) -> Iterator[Any]:
        if not isinstance(found, Request):
            yield found
            return
        meta = found.meta
        meta["depth"] = response.meta.get("depth", 0) + 1
        urgency = meta.setdefault("urgency", response.meta.get("urgency", 0))
        if refusal := self._refusal(found):
            yield from meta["on_bad"](Look("failed", Seen(found.url, response.meta["captured_at"], None), refusal))
            return
        found.priority += meta["depth"] + urgency * STEP
        yield found

    def _refusal(self, request: Request) -> str | None:
        if self.deepest and request.meta["depth"] > self.deepest:
            return f"refused: {self.deepest} pages deep already; a list that never ends, or max_pages is too high"
        if len(request.url) > LONGEST:
            return f"refused: an address of {len(request.url)} characters"
        return None
