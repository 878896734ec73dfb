"""Pages that did not change are not sent again: asked for with the validators of their last good answer (RFC 9110, 13).

A 304 is read from the stored bytes and is as good a look as a full answer. Only GET: for other methods a site may take
the condition as a reason to refuse (412). A source that keeps no bytes has nothing to read again and asks in full.
"""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from crawlers.errors import CaptureError
from crawlers.opencapture import Capture, open_capture
from crawlers.originals import Original, Validators
from crawlers.spiders.base import spider_of


class ConditionalMiddleware:
    """Near the wire, just above the archive: adds the condition, and turns a 304 into the answer it confirms."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ConditionalMiddleware:
        """Called by Scrapy."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Add ``If-None-Match`` and ``If-Modified-Since`` where a good answer of this address can be read."""
        for name in ("If-None-Match", "If-Modified-Since"):
            request.headers.pop(name, None)
        for name in ("validators", "stored"):
            request.meta.pop(name, None)
        run = spider_of(self.crawler).run
        known = run.captures.originals.validators(request.url) if _may_ask(request) else None
        if known is None or run.captures.keep != "bytes":
            return
        try:
            stored = open_capture(run.folder.parent / known.original.run, known.original.file, known.original.offset)
        except CaptureError:
            run.captures.originals.forget(known.digest)
            return
        request.meta.update(validators=known, stored=stored)
        if known.etag:
            request.headers["If-None-Match"] = known.etag
        if known.modified:
            request.headers["If-Modified-Since"] = known.modified

    def process_response(self, request: Request, response: Response) -> Response:
        """The stored answer for a 304, any other as it is."""
        stored: Capture | None = request.meta.pop("stored", None)
        if response.status != 304 or stored is None:
            request.meta.pop("validators", None)
            return response
        headers = Headers()
        for name, value in stored.headers:
            headers.appendlist(name, value)
        kind = responsetypes.from_args(headers=headers, url=request.url, body=stored.body)
        return kind(request.url, status=stored.status, headers=headers, body=stored.body or b"", request=request)


class RememberMiddleware:
    """Above the verdict: only an answer that is content is remembered with its validators."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RememberMiddleware:
        """Called by Scrapy."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Remember where a good answer lies and by what it can be asked for anew."""
        etag, modified = (_text(response, name) for name in ("ETag", "Last-Modified"))
        if not _may_ask(request) or response.status != 200 or not (etag or modified):
            return response
        captures, ref = spider_of(self.crawler).run.captures, request.meta["capture"]
        # What was read from stored bytes is remembered already; a replayed answer lies in another run.
        if captures.keep == "bytes" and "validators" not in request.meta and ref["run"] == captures.run:
            # Of bytes stored before the first copy: a revisit never refers to a revisit.
            here = Original(ref["run"], ref["file"], ref["offset"], request.url, request.meta["captured_at"])
            place = captures.originals.get(ref["digest"]) or here
            captures.originals.remember(request.url, Validators(etag, modified, ref["digest"], place))
        return response


def _may_ask(request: Request) -> bool:
    return request.method == "GET" and not request.meta.get("dont_obey_robotstxt")


def _text(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
