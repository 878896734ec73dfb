"""A further list of a platform beside its main one: lines as records, page after page, counted against its total.

A register that cannot be read says nothing of the main list: it is an error issue, and neither ends the run nor becomes
a walk, for from its completeness no absence follows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from scrapy import Request

from crawlers.items import Harvest, issue
from crawlers.pages.listing import ListPage
from crawlers.spiders.rows import record_of
from crawlers.subjects import key, subject
from crawlers.visits import Look

if TYPE_CHECKING:
    from crawlers.spiders.base import SourceSpider, Yield

_ASKED = ("table", "header", "required", "id", "pages", "total")


class Register:
    """One register of ``walk.registers``; ``hidden`` are the values that live in the session."""

    def __init__(self, spider: SourceSpider, spec: Mapping[str, Any], hidden: Mapping[str, str]) -> None:
        self.spider, self.spec, self.hidden = spider, spec, hidden
        self.rows = 0

    def first(self, callback: Callable[..., Any]) -> Request:
        """The first page; each that comes asks for the next."""
        self.callback = callback
        return self._ask(self.spec["first_page"])

    def _ask(self, number: int) -> Request:
        spec = self.spec
        form = {**spec["form"], **self.hidden, spec["page_param"]: str(number)}
        return self.spider.ask(
            spec["url"], self.callback, self._bad, {name: spec[name] for name in _ASKED}, method=spec["method"],
            form=form, session=tuple(self.hidden), register=self, number=number,
        )  # fmt: skip

    def take(self, harvest: Harvest, page: ListPage, number: int) -> Yield:
        """The records of one page, and what follows it."""
        if page.problem:
            self.spider.distrust(harvest.page)
            yield from self._bad(Look("unreadable", harvest.page, page.problem))
            return
        for row in page.rows:
            if not re.search(self.spec["nothing"], "".join(row["fields"].values())):
                self.rows += row["rows"]
                harvest.records.append(self._record(harvest, row))
        last = min(page.pages or 1, self.spec["max_pages"]) + self.spec["first_page"] - 1
        if number < last:
            yield self._ask(number + 1)
        else:
            self._ended(harvest, page)
        yield harvest

    def _record(self, harvest: Harvest, row: Any) -> Any:
        whom = subject({**row["fields"], "id": row["id"] or ""}, self.spec["subject"])
        own = key(row["fields"], self.spec["key"])
        return record_of(
            self.spider.source, self.spec["kind"], harvest.page, row, whom, title=self.spec["name"],
            published=self.spec["published"], own_key=f"{self.spec['name']}|{own}" if own else None,
        )  # fmt: skip

    def _ended(self, harvest: Harvest, page: ListPage) -> None:
        """The last page is read: its lines against the total it states."""
        if (page.pages or 1) > self.spec["max_pages"]:
            words = f"{self.spec['name']} has {page.pages} pages, {self.spec['max_pages']} may be asked"
            harvest.issues.append(issue(harvest.page, "error", "list-too-long", words))
        elif page.total is not None and page.total != self.rows:
            words = f"{self.spec['name']} states {page.total} lines, {self.rows} were read"
            harvest.issues.append(issue(harvest.page, "error", "register-incomplete", words))

    def _bad(self, look: Look) -> Yield:
        words = f"{self.spec['name']}: {look.reason}; {self.rows} lines were read before, look again on the next run"
        yield Harvest(look.page, issues=[issue(look.page, "error", "register-incomplete", words)])
