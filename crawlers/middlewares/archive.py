"""Every answer into the run's WARC as it came over the wire: below decompression, redirects and retries."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.headers import Headers as ScrapyHeaders
from twisted.web.http import RESPONSES

from crawlers.captures import Exchange, Headers
from crawlers.filenames import decoded
from crawlers.spiders.base import spider_of


class ArchiveMiddleware:
    """Sets ``request.meta["capture"]`` and ``["captured_at"]``, which every page object's rows refer to."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArchiveMiddleware:
        """Called by Scrapy."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Forget the capture of the answer that led here (a redirect copies its meta)."""
        request.meta.pop("capture", None)
        spider_of(self.crawler).run.requests += 1

    def process_response(self, request: Request, response: Response) -> Response:
        """Store the exchange; an answer replayed from a capture has its own already."""
        if "capture" not in request.meta:
            spider = spider_of(self.crawler)
            at = spider.clock.stamp()
            exchange, asked = _exchange(request, response, at), request.meta.get("validators")
            captures = spider.run.captures
            if response.status == 304 and asked is not None:
                request.meta["capture"] = captures.write_unmodified(exchange, asked.digest, asked.original)
            else:
                request.meta["capture"] = captures.write(exchange)
            request.meta["captured_at"] = at
        return response


def _exchange(request: Request, response: Response, at: str) -> Exchange:
    return Exchange(
        method=request.method,
        url=request.url,
        request_headers=_pairs(request.headers),
        request_body=request.body,
        status=response.status,
        reason=RESPONSES.get(response.status, b"").decode("ascii"),
        headers=_pairs(response.headers),
        body=response.body,
        at=at,
        ip=str(response.ip_address) if response.ip_address else None,
    )


def _pairs(headers: ScrapyHeaders) -> Headers:
    """Headers as text; an archive writes what is not ASCII percent-encoded in UTF-8 (RFC 8187)."""
    return [(name.decode("latin-1"), decoded(value)) for name, values in headers.items() for value in values]
