"""No request leaves the source's declared hosts: links, redirects and attachments included."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler

from crawlers import hosts
from crawlers.badanswers import OutOfBounds
from crawlers.errors import RefusedError
from crawlers.spiders.base import spider_of


class BoundsMiddleware:
    """Refuses requests before they are sent; each redirect passes here anew."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BoundsMiddleware:
        """Called by Scrapy."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise OutOfBounds where the address is refused."""
        source = spider_of(self.crawler).source
        try:
            hosts.check(request.url, source.hosts, source.loopback)
        except RefusedError as error:
            raise OutOfBounds(str(error)) from error
