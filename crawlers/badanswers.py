"""Why a request has no content to show; raised by the middlewares, turned into looks by the spiders' errback."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawlers.kinds import Outcome


class OutOfBounds(IgnoreRequest):
    """An address that the source may not be asked for; raised by ``middlewares.bounds``."""


class NotCaptured(IgnoreRequest):
    """A page that the run being read again does not hold; raised by ``crawlers.replay``."""


class BadAnswer(IgnoreRequest):
    """An answer that is no content; ``outcome`` and ``reason`` go into the visit. Raised by ``middlewares.verdict``."""

    def __init__(self, outcome: Outcome, reason: str, response: Response) -> None:
        super().__init__(reason)
        self.outcome, self.reason, self.response = outcome, reason, response
