"""A list in pages: asked one by one, tallied into a walk, complete only if every page was good and the counts agree."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

from scrapy import Request

from crawlers.items import Harvest, issue
from crawlers.pages.base import PageRow
from crawlers.pages.listing import ListPage
from crawlers.spiders.listwalk import AHEAD, ListWalk, list_priority
from crawlers.subjects import Subject
from crawlers.visits import Look

if TYPE_CHECKING:
    from crawlers.spiders.base import SourceSpider, Yield

_ASKED = ("table", "header", "required", "id", "pages", "total")


class Paging(ListWalk):
    """The walk over one list; ``form`` are the values of this query (a slice, hidden fields), ``session`` names those
    of them that only live in a session (see ``SourceSpider.ask``)."""

    def __init__(
        self, spider: SourceSpider, spec: Mapping[str, Any], form: Mapping[str, str] | None = None,
        region: str | None = None, session: Collection[str] = (),
    ) -> None:  # fmt: skip
        super().__init__(spider, region, spec["first_page"])
        self.spec, self.session = spec, session
        self.form = {**spec["form"], **(form or {})}
        self.good = True
        self._last = self.first_page

    def _ask(self, number: int, on_bad: Callable[[Look], Yield]) -> Request:
        spec = self.spec
        return self.spider.ask(
            spec["url"], self.callback, on_bad, {name: spec[name] for name in _ASKED}, method=spec["method"],
            form={**self.form, spec["page_param"]: str(number)}, session=self.session,
            priority=list_priority(self.spider), paging=self, number=number,
        )  # fmt: skip

    def take(self, harvest: Harvest, page: ListPage, number: int) -> Yield:
        """Tally one page; ``good`` says whether its rows count. The first page asks all the others."""
        first = number == self.first_page
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
        start, most = self.first_page, self.spec["max_pages"]
        self._last = start + pages - 1
        if pages > most:
            words = f"the list has {pages} pages, {most} may be asked; narrow the query with slices"
            harvest.issues.append(issue(harvest.page, "error", "list-too-long", words))
        self._end = start + min(pages, most)
        for _ in range(AHEAD):
            yield from self._next()

    def new(self, whom: Subject, row: PageRow) -> bool:
        """Whether this enterprise was not met before in this walk."""
        identity = whom["external_id"] or f"{whom['name']}|{whom['region']}"
        before = len(self.walk.keys)
        self.walk.keys.add(identity)
        return len(self.walk.keys) > before
