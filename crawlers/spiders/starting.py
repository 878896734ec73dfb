"""How a walk begins: at the page that opens a session or hands out hidden fields, else at its lists."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

from scrapy.http import Response

from crawlers.pages.forms import HiddenFieldsPage
from crawlers.spiders.base import SourceSpider, Yield
from crawlers.visits import Look


class StartSpider(SourceSpider):
    """A family says in ``lists`` what is asked once the hidden fields are known."""

    async def start(self) -> AsyncIterator[Any]:
        """The page that opens a session, where there is one; else the lists at once."""
        start = self.source.walk["start"]
        if start:
            yield self.ask(start["url"], self.parse_start, self._bad_start, {"hidden": start["hidden"]}, renew=True)
            return
        for request in self.lists({}):
            yield request

    def _bad_start(self, look: Look) -> Yield:
        raise self.stop_at_list(look)
        yield

    def parse_start(self, response: Response, page: HiddenFieldsPage) -> Yield:
        """Callback of the first page: cookies are kept by Scrapy, hidden fields go into the list's form."""
        seen = self.seen(response)
        if page.problem:
            raise self.stop_at_list(Look("unreadable", seen, page.problem))
        yield from self.lists(page.values)

    def lists(self, hidden: Mapping[str, str]) -> Yield:
        """The first page of every list, with the hidden fields."""
        raise NotImplementedError
