"""Sub-pages of a row's detail (``tabs`` of ``walk:``): tables of their own, each row a record of the subject."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from scrapy.http import Response

from crawlers.items import Harvest, issue
from crawlers.pages.encrypted import WORDS
from crawlers.pages.permits import PermitTabPage
from crawlers.spiders.base import Yield
from crawlers.spiders.modules import ModulesSpider
from crawlers.spiders.rows import issues_of, record_of
from crawlers.subjects import Subject, filled
from crawlers.visits import Look, Subjects

Tab = Mapping[str, Any]


class TabsSpider(ModulesSpider):
    """Reads sub-pages; families whose details have some build on it."""

    def ask_tabs(self, looks: Subjects, whom: Subject, values: Mapping[str, str]) -> Yield:
        """Ask every sub-page of one subject."""
        for tab in self.source.walk["tabs"]:
            params = {"tables": tab["tables"], "nothing": tab["nothing"]}
            yield self.ask(
                filled(tab["url"], values), self.parse_tab, partial(self._bad_tab, tab, looks), params, tab=tab,
                looks=looks, whom=whom,
            )  # fmt: skip

    def parse_tab(self, response: Response, page: PermitTabPage, tab: Tab, looks: Subjects, whom: Subject) -> Yield:
        """Callback of a sub-page: its rows, nothing to show, or why it cannot be read.

        A bad one never stops the run: list and detail stand without it, and an encrypted one is meant to be so.
        """
        seen = self.seen(response)
        if page.problem:
            reason = f"unreadable: {WORDS}" if page.cipher else page.problem
            yield from self._bad_tab(tab, looks, Look("unreadable", seen, reason))
            return
        harvest = Harvest(seen, issues=issues_of(seen, page.issues))
        for row in page.rows:
            own = f"{tab['name']}|{row['id']}"
            title = " ".join(dict.fromkeys(part for part in (tab["name"], row["title"]) if part))
            harvest.records.append(record_of(self.source, tab["kind"], seen, row, whom, title=title, own_key=own))
        harvest.visits += looks.add(tab["kind"], Look("found" if page.rows else "absent", seen))
        yield harvest

    def _bad_tab(self, tab: Tab, looks: Subjects, look: Look) -> Yield:
        code = "encrypted" if WORDS in (look.reason or "") else "page-bad"
        words = f"{tab['name']} of {looks.subject['name']}: {look.reason}"
        visits = looks.add(tab["kind"], look)
        yield Harvest(look.page, visits=visits, issues=[issue(look.page, "warning", code, words)])
