"""A list of data in pages: by the stated total or pages, else page after page until the site shows nothing more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from scrapy import Request

from crawlers.items import Harvest, issue
from crawlers.pages.jsonrows import JsonRowsPage
from crawlers.spiders.asking import arguments
from crawlers.spiders.listwalk import AHEAD, ListWalk, list_priority
from crawlers.visits import Look

if TYPE_CHECKING:
    from crawlers.spiders.base import SourceSpider, Yield

ASKED = (
    "rows", "total", "pages", "total_text", "pages_text", "required", "answer", "unfold", "nested",
)  # fmt: skip


class JsonPaging(ListWalk):
    """The walk over one list; ``form`` are the values of this query, ``session`` names those that a session gave."""

    def __init__(
        self, spider: SourceSpider, spec: Mapping[str, Any], form: Mapping[str, Any] | None = None,
        region: str | None = None, session: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        super().__init__(spider, region, 0)
        self.session = session
        self.spec = {**spec, "form": {**spec["form"], **(form or {})}}
        self.pages: int | None = None
        """Pages in all, once the first says so; None while they must be found out."""
        self._before: list[dict[str, str]] = []
        self._read: set[int] = set()

    def _ask(self, index: int, on_bad: Callable[[Look], Yield]) -> Request:
        asked = arguments(self.spec, {}, index)
        params = {"paged": bool(self.spec["page_param"]), **{name: self.spec[name] for name in ASKED}}
        return self.spider.ask(
            asked.pop("url"), self.callback, on_bad, params,
            empty=self.spec["empty"], session=self.session, priority=list_priority(self.spider), paging=self,
            index=index, **asked,
        )  # fmt: skip

    # -- one page -------------------------------------------------------------------------------------------------

    def take(self, harvest: Harvest, page: JsonRowsPage, index: int, nothing: bool) -> Yield:
        """Tally one page and ask what follows; ``good`` says whether its rows count. ``nothing``: an empty body."""
        self.good = False
        problem = self._problem(page, index, nothing)
        if problem is not None:
            look = Look("blocked" if problem.startswith("blocked:") else "unreadable", harvest.page, problem)
            if index == 0:
                raise self.spider.stop_at_list(look)
            yield from self._bad(look)
            if look.outcome == "blocked":
                raise self.spider.stop(look)
            return
        self.walk.pages_ok += 1
        self._read.add(index)
        if self._is_end(page, index, nothing):
            self.walk.reached_end = True
            return
        self.good = True
        self.walk.rows += page.seen
        yield from self._first(harvest, page) if index == 0 else self._following(harvest, page, index)
        self._close(index)

    def _problem(self, page: JsonRowsPage, index: int, nothing: bool) -> str | None:
        if nothing:
            # Only where the YAML says that an empty body is no rows does one come here.
            return None if index == 0 or self.pages is None else "an empty page of the list before its end"
        if page.refused:
            return f"blocked: {page.refused}"
        if page.problem is None and index and not page.seen and self.pages is not None:
            return "a page of the list without rows before its end"
        return page.problem

    def _is_end(self, page: JsonRowsPage, index: int, nothing: bool) -> bool:
        """Whether this page lies beyond the last one, or is all of a list of nothing."""
        if nothing:
            self.walk.stated = 0 if index == 0 else self.walk.stated
            return True
        if self.pages is not None or not self.spec["page_param"] or page.total is not None or page.pages is not None:
            return False
        return not page.seen or (self.spec["beyond"] == "repeats" and index > 0 and self._rows(page) == self._before)

    def _first(self, harvest: Harvest, page: JsonRowsPage) -> Yield:
        self.walk.stated = page.total
        self.pages = self._number_of_pages(page)
        if self.pages is None:
            yield from self._following(harvest, page, 0)
            return
        most = self.spec["max_pages"]
        if self.pages > most:
            self._too_long(harvest, f"the list has {self.pages} pages, {most} may be asked")
        self._end = min(self.pages, most)
        for _ in range(AHEAD):
            yield from self._next()

    def _number_of_pages(self, page: JsonRowsPage) -> int | None:
        if not self.spec["page_param"]:
            return 1
        if page.pages is not None:
            return max(page.pages, 1)
        if page.total is not None:
            return max(-(-page.total // (self.spec["page_size"] or page.seen or 1)), 1) if page.seen else 1
        return None

    def _following(self, harvest: Harvest, page: JsonRowsPage, index: int) -> Yield:
        """Beside known pages: nothing. Else the next one, unless the site goes round in a circle."""
        if self.pages is not None:
            yield from self._next()
            if page.total != self.walk.stated:
                changed = "the stated total changed during the walk"
                self.walk.bad.append(Look("unreadable", harvest.page, changed))
            return
        if index and self._rows(page) == self._before:
            words = f"page {index + 1} repeats the one before: its end cannot be told; say beyond: repeats if it always"
            self._too_long(harvest, f"{words} does so there")
            self.good = False
            self.walk.rows -= page.seen
        elif index + 1 >= self.spec["max_pages"]:
            self._too_long(harvest, f"{index + 1} pages were read and there are more")
        else:
            self._before = self._rows(page)
            yield self._ask(index + 1, self._bad)

    def _too_long(self, harvest: Harvest, words: str) -> None:
        self.walk.bad.append(Look("unreadable", harvest.page, words))
        words = f"{words}; the walk is not complete, narrow the query or correct the source's paging"
        harvest.issues.append(issue(harvest.page, "error", "list-too-long", words))

    def _close(self, index: int) -> None:
        if self.pages is not None and len(self._read) >= self.pages:
            self.walk.reached_end = True

    @staticmethod
    def _rows(page: JsonRowsPage) -> list[dict[str, str]]:
        return [row["fields"] for row in page.rows]
