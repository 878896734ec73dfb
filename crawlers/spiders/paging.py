"""A list in pages: asked one by one, tallied into a walk, complete only if every page was good and the counts agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from scrapy import Request

from crawlers.items import Harvest, issue
from crawlers.pages.base import PageRow
from crawlers.pages.listing import ListPage
from crawlers.subjects import Subject
from crawlers.visits import Look, Walk

if TYPE_CHECKING:
    from crawlers.spiders.base import SourceSpider, Yield

LIST_FIRST = 10
"""Priority of list pages: the walk is done early, so that it says the same of all enterprises."""
_ASKED = ("table", "header", "required", "id", "pages", "total")


class Paging:
    """The walk over one list; ``form`` are the values of this query (a slice, hidden fields)."""

    def __init__(
        self, spider: SourceSpider, spec: Mapping[str, Any], form: Mapping[str, str] | None = None,
        region: str | None = None,
    ) -> None:  # fmt: skip
        self.spider, self.spec = spider, spec
        self.form = {**spec["form"], **(form or {})}
        self.walk = Walk(region=region)
        self.good = True
        self._last = spec["first_page"]
        self._ids: set[str] = set()
        spider.walks.append(self.walk)

    def first(self, callback: Callable[..., Any]) -> Request:
        """The first page; without it the run says nothing."""
        self.callback = callback
        return self._ask(self.spec["first_page"], self._first_bad)

    def _ask(self, number: int, on_bad: Callable[[Look], Yield]) -> Request:
        spec = self.spec
        return self.spider.ask(
            spec["url"], self.callback, on_bad, {name: spec[name] for name in _ASKED}, method=spec["method"],
            form={**self.form, spec["page_param"]: str(number)}, priority=LIST_FIRST, paging=self, number=number,
        )  # fmt: skip

    def _first_bad(self, look: Look) -> Yield:
        self.walk.failed(look)
        raise self.spider.stop_at_list(look)
        yield

    def _bad(self, look: Look) -> Yield:
        self.walk.failed(look)
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
        for number in range(start + 1, start + min(pages, most)):
            yield self._ask(number, self._bad)

    def new(self, whom: Subject, row: PageRow) -> bool:
        """Whether this enterprise was not met before in this walk."""
        identity = whom["external_id"] or f"{whom['name']}|{whom['region']}"
        before = len(self._ids)
        self._ids.add(identity)
        self.walk.keys.add(identity)
        return len(self._ids) > before
