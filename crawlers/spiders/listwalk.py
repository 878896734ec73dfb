"""What every list in pages has in common: its walk, the pages asked beside each other, what a bad page means."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from scrapy import Request

from crawlers.items import Harvest, issue
from crawlers.visits import Look, Walk

if TYPE_CHECKING:
    from crawlers.spiders.base import SourceSpider, Yield

LIST_FIRST = 10_000
"""Priority of list pages: the walk is done early, so that it says the same of all enterprises."""
LIST_LAST = -10_000
MOST_WAITING = 2_000
"""Requests that may wait in memory before the list itself waits."""
AHEAD = 50
"""Pages of a list asked beside each other; each that comes asks for the next."""


def list_priority(spider: SourceSpider) -> int:
    """Early, so that the walk says the same of all; but not while a great many pages of subjects wait already."""
    return LIST_FIRST if spider.waiting < MOST_WAITING else LIST_LAST


class ListWalk:
    """Pages ``first_page`` … of one list; ``_asked`` is the last one asked, ``_end`` the first that is not to be."""

    callback: Callable[..., Any]

    def __init__(self, spider: SourceSpider, region: str | None, first_page: int) -> None:
        self.spider, self.first_page = spider, first_page
        self.walk = Walk(region=region)
        self._asked, self._end = first_page, first_page + 1
        spider.walks.append(self.walk)

    def first(self, callback: Callable[..., Any]) -> Request:
        """The first page; without it the run says nothing."""
        self.callback = callback
        return self._ask(self.first_page, self._first_bad)

    def _ask(self, number: int, on_bad: Callable[[Look], Yield]) -> Request:
        """The request of one page."""
        raise NotImplementedError

    def _first_bad(self, look: Look) -> Yield:
        self.walk.failed(look)
        raise self.spider.stop_at_list(look)
        yield

    def _bad(self, look: Look) -> Yield:
        self.walk.failed(look)
        self.spider.distrust(look.page)
        yield from self._next()
        words = f"a page of the list: {look.reason}; the walk is not complete"
        yield Harvest(look.page, issues=[issue(look.page, "error", "list-page-bad", words)])

    def _next(self) -> Yield:
        """The next page not yet asked, if there is one: a list of thousands of pages does not wait in memory."""
        if self._asked + 1 < self._end:
            self._asked += 1
            yield self._ask(self._asked, self._bad)
