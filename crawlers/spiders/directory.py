"""Family ``directory``: a list of enterprises in pages, one page of pairs each, then its modules."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

from scrapy.http import Response

from crawlers.items import Harvest, issue
from crawlers.pages.base import PageRow
from crawlers.pages.listing import ListPage
from crawlers.pages.pairs import PairsPage
from crawlers.spiders.base import Yield
from crawlers.spiders.modules import ModulesSpider, pages_of
from crawlers.spiders.paging import Paging
from crawlers.spiders.rows import record_of
from crawlers.subjects import Subject, filled, subject
from crawlers.visits import Look, Subjects, page_visit


class DirectorySpider(ModulesSpider):
    """See ``walks.DirectoryWalk``."""

    name = "directory"

    async def start(self) -> AsyncIterator[Any]:
        """The first page of the list."""
        paging = Paging(self, self.source.walk["list"])
        yield paging.first(self.parse_list)

    def parse_list(self, response: Response, page: ListPage, paging: Paging, number: int) -> Yield:
        """Callback of a page of the list: a record and the page of each enterprise on it."""
        harvest = Harvest(self.seen(response))
        yield from paging.take(harvest, page, number)
        for row in page.rows if paging.good else []:
            yield from self._enterprise(harvest, paging, row)
        yield harvest

    def _enterprise(self, harvest: Harvest, paging: Paging, row: PageRow) -> Yield:
        spec, info = self.source.walk["list"], self.source.walk["info"]
        whom = subject({**row["fields"], "id": row["id"] or ""}, spec["subject"])
        whom["external_id"] = whom["external_id"] or row["id"]
        harvest.records.append(record_of(self.source, spec["kind"], harvest.page, row, whom, published=None))
        if info is None or info["kind"] != spec["kind"]:
            found = Look("found", harvest.page)
            harvest.visits.append(page_visit(self.source.name, spec["kind"], whom, found))
        if not paging.new(whom, row):
            words = f"{whom['name']} stands twice in the list under {row['id']}; its page is asked once"
            harvest.issues.append(issue(harvest.page, "info", "listed-twice", words, row["place"]))
            return
        values = {**row["fields"], "id": row["id"] or ""}
        pages = pages_of(self.source.walk["feeds"])
        if info is not None:
            pages[info["kind"]] = pages.get(info["kind"], 0) + 1
            looks = self.looks(whom, pages)
            yield self._ask_info(looks, whom, values)
        else:
            yield from self.ask_feeds(self.looks(whom, pages), whom, values, harvest.page)

    def looks(self, whom: Subject, pages: dict[str, int]) -> Subjects:
        """The looks at one subject, remembered for the end of the run."""
        looks = Subjects(self.source.name, whom, pages)
        self.subjects.append(looks)
        return looks

    def _ask_info(self, looks: Subjects, whom: Subject, values: Mapping[str, str]) -> Any:
        info = self.source.walk["info"]
        return self.ask(
            filled(info["url"], values), self.parse_info, lambda look: self._bad_info(looks, whom, values, look),
            {"required": info["required"]}, looks=looks, whom=whom, values=values, priority=1,
        )  # fmt: skip

    def parse_info(
        self, response: Response, page: PairsPage, looks: Subjects, whom: Subject, values: Mapping[str, str]
    ) -> Yield:
        """Callback of an enterprise's page: its record, then its modules."""
        info, seen = self.source.walk["info"], self.seen(response)
        if look := self.doubt("info", seen, page.problem):
            yield from self._bad_info(looks, whom, values, look)
            return
        harvest = Harvest(seen)
        told = subject(page.fields, info["subject"], whom)
        row = PageRow(fields=page.fields, place=page.place, id=None, title=None, rows=1, links=[])
        harvest.records.append(record_of(self.source, info["kind"], seen, row, told, published=info["published"]))
        looks.subject = told
        harvest.visits += looks.add(info["kind"], Look("found", seen))
        yield harvest
        yield from self.ask_feeds(looks, told, {**values, **page.fields}, seen)

    def _bad_info(self, looks: Subjects, whom: Subject, values: Mapping[str, str], look: Look) -> Yield:
        """The enterprise's own page is bad: modules that need nothing of it are still asked."""
        info = self.source.walk["info"]
        words = f"page of {whom['name']}: {look.reason}; look again on the next run"
        harvest = Harvest(look.page, issues=[issue(look.page, "warning", "page-bad", words)])
        harvest.visits += looks.add(info["kind"], look)
        yield harvest
        yield from self.ask_feeds(looks, whom, values, look.page)
