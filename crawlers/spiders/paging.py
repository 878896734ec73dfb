"""A list in pages: asked one by one, tallied into a walk, complete only if every page was good and the counts agree."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

from scrapy import Request

from crawlers.items import Harvest, issue
from crawlers.pages.base import PageRow
from crawlers.pages.listing import ListPage
from crawlers.subjects import Subject
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
_ASKED = ("table", "header", "required", "id", "pages", "total")


def list_priority(spider: SourceSpider) -> int:
    """Early, so that the walk says the same of all; but not while a great many pages of subjects wait already."""
    return LIST_FIRST if spider.waiting < MOST_WAITING else LIST_LAST


class Paging:
    """The walk over one list; ``form`` are the values of this query (a slice, hidden fields), ``session`` names those
    of them that only live in a session (see ``SourceSpider.ask``)."""

    def __init__(
        self, spider: SourceSpider, spec: Mapping[str, Any], form: Mapping[str, str] | None = None,
        region: str | None = None, session: Collection[str] = (),
    ) -> None:  # fmt: skip
        self.spider, self.spec, self.session = spider, spec, session
        self.form = {**spec["form"], **(form or {})}
        self.walk = Walk(region=region)
        self.good = True
        self._last = self._asked = spec["first_page"]
        self._end = spec["first_page"] + 1
        spider.walks.append(self.walk)

    def first(self, callback: Callable[..., Any]) -> Request:
        """The first page; without it the run says nothing."""
        self.callback = callback
        return self._ask(self.spec["first_page"], self._first_bad)

    def _ask(self, number: int, on_bad: Callable[[Look], Yield]) -> Request:
        spec = self.spec
        return self.spider.ask(
            spec["url"], self.callback, on_bad, {name: spec[name] for name in _ASKED}, method=spec["method"],
            form={**self.form, spec["page_param"]: str(number)}, session=self.session,
            priority=list_priority(self.spider), paging=self, number=number,
        )  # fmt: skip

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

    def take(self, harvest: Harvest, page: ListPage, number: int) -> Yield:
        """Tally one page; ``good`` says whether its rows count. The first page asks all the others."""
        first = number == self.spec["first_page"]
        problem = page.problem
        if problem is None and not first and not page.rows:
            problem = "a page of the list without rows before its end"
        self.good = problem is None
        if problem is not None:
            look = Look("unreadable", harvest.page, problem)
            if first:
                raise self.spider.stop_at_list(look)
            yield from self._bad(look)
            return
        yield from self._next()
        self.walk.pages_ok += 1
        self.walk.rows += sum(row["rows"] for row in page.rows)
        if first:
            self.walk.stated = page.total
            yield from self._others(harvest, page.pages or 1)
        elif page.total != self.walk.stated:
            self.walk.bad.append(Look("unreadable", harvest.page, "the stated total changed during the walk"))
        if number == self._last:
            self.walk.reached_end = True

    def _others(self, harvest: Harvest, pages: int) -> Yield:
        start, most = self.spec["first_page"], self.spec["max_pages"]
        self._last = start + pages - 1
        if pages > most:
            words = f"the list has {pages} pages, {most} may be asked; narrow the query with slices"
            harvest.issues.append(issue(harvest.page, "error", "list-too-long", words))
        self._end = start + min(pages, most)
        for _ in range(AHEAD):
            yield from self._next()

    def _next(self) -> Yield:
        """The next page not yet asked, if there is one: a list of thousands of pages does not wait in memory."""
        if self._asked + 1 < self._end:
            self._asked += 1
            yield self._ask(self._asked, self._bad)

    def new(self, whom: Subject, row: PageRow) -> bool:
        """Whether this enterprise was not met before in this walk."""
        identity = whom["external_id"] or f"{whom['name']}|{whom['region']}"
        before = len(self.walk.keys)
        self.walk.keys.add(identity)
        return len(self.walk.keys) > before
