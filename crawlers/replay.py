"""Pages from a run's own captures instead of the network: what ``extract`` reads again with today's page objects."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from crawlers.badanswers import NotCaptured
from crawlers.opencapture import Capture, read_captures

Key = tuple[str, str, bytes]


class Captures:
    """The answers of one run by request; asked again, the next answer of that request comes, in the end the last."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._answers: dict[Key, deque[Capture]] = {}
        for capture in read_captures(folder):
            key = (capture.method, capture.url, capture.request_body)
            self._answers.setdefault(key, deque()).append(capture)

    def answer(self, method: str, url: str, body: bytes) -> Capture:
        """The capture of a request; raises NotCaptured where the run holds none, or not its bytes."""
        answers = self._answers.get((method, url, body))
        if not answers:
            raise NotCaptured(f"not captured in run {self.folder.name}")
        capture = answers.popleft() if len(answers) > 1 else answers[0]
        if capture.body is None:
            raise NotCaptured(f"its bytes were not kept in run {self.folder.name}")
        return capture


class ReplayHandler(BaseDownloadHandler):
    """A download handler without network; ``REPLAY_CAPTURES`` in Scrapy's settings is the run's ``Captures``."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.captures: Captures = crawler.settings["REPLAY_CAPTURES"]

    async def download_request(self, request: Request) -> Response:
        """The captured answer, dated and located as it was captured."""
        capture = self.captures.answer(request.method, request.url, request.body)
        request.meta.update(capture=capture.ref, captured_at=capture.at)
        headers = Headers()
        for name, value in capture.headers:
            headers.appendlist(name, value)
        kind = responsetypes.from_args(headers=headers, url=request.url, body=capture.body)
        return kind(request.url, status=capture.status, headers=headers, body=capture.body or b"", request=request)


def settings(captures: Captures) -> dict[str, Any]:
    """Scrapy's settings for a replay: no network, no waiting."""
    handler = "crawlers.replay.ReplayHandler"
    return {
        "DOWNLOAD_HANDLERS": {"http": handler, "https": handler},
        "REPLAY_CAPTURES": captures,
        "DOWNLOAD_DELAY": 0,
        "AUTOTHROTTLE_ENABLED": False,
        "CONCURRENT_REQUESTS": 16,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    }
