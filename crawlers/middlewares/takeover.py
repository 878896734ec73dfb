"""Pages that the run before had read when it was cut short: taken over from its captures, not asked again."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from crawlers.errors import CaptureError
from crawlers.opencapture import Capture, open_capture
from crawlers.spiders.base import spider_of

UNMODIFIED = 304
"""Confirmed stored bytes without the headers to read them by; asking again is as cheap."""
SESSION = frozenset({"set-cookie", "set-cookie2"})
"""The session of that day is over; its cookies must not reach the site again."""


class TakeOverMiddleware:
    """Above conditional requests and the archive: what it answers is neither sent nor stored a second time."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> TakeOverMiddleware:
        """Called by Scrapy."""
        return cls(crawler)

    def process_request(self, request: Request) -> Response | None:
        """The captured answer; None where the page is to be asked (also where its capture cannot be read any more)."""
        run = spider_of(self.crawler).run
        asked = request.meta.get("asks")
        found = run.earlier.get(asked) if run.earlier is not None and asked and _first_try(request) else None
        if found is None or run.earlier is None:
            return None
        url, at, ref = found
        try:
            capture = open_capture(run.folder.parent / ref["run"], ref["file"], ref["offset"])
        except CaptureError:
            return None
        if capture.body is None or capture.status == UNMODIFIED:
            return None
        run.earlier.taken += 1
        request.meta.update(capture=ref, captured_at=at)
        return _response(url, capture, request)


def _first_try(request: Request) -> bool:
    return not request.meta.get("redirect_times") and not request.meta.get("retry_times")


def _response(url: str, capture: Capture, request: Request) -> Response:
    headers = Headers()
    for name, value in capture.headers:
        if name.lower() not in SESSION:
            headers.appendlist(name, value)
    body = capture.body or b""
    kind = responsetypes.from_args(headers=headers, url=url, body=body)
    return kind(url, status=capture.status, headers=headers, body=body, request=request)
