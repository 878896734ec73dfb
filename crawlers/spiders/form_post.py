"""Family ``form_post``: a page's hidden key, a form posted page by page, then each row's detail, tabs and reports."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from scrapy.http import Response

from crawlers.items import Harvest, issue
from crawlers.pages.base import PageRow
from crawlers.pages.encrypted import WORDS
from crawlers.pages.listing import ListPage
from crawlers.pages.modules import JsonRowsPage
from crawlers.pages.permits import FACTS, PermitPage
from crawlers.spiders.base import Yield
from crawlers.spiders.modules import pages_of
from crawlers.spiders.paging import Paging
from crawlers.spiders.registers import Register
from crawlers.spiders.rows import PAGE_KEY, record_of
from crawlers.spiders.starting import StartSpider
from crawlers.spiders.tabs import TabsSpider
from crawlers.subjects import Subject, filled, subject
from crawlers.visits import Look, Subjects, page_visit

WHOLE: Mapping[str, Any] = {"region": None, "period": None, "form": {}}
"""The only slice of a query that is not narrowed."""


class FormPostSpider(StartSpider, TabsSpider):
    """See ``walks.FormWalk``."""

    name = "form_post"

    def lists(self, hidden: Mapping[str, str]) -> Yield:
        """The first page of every slice with the form's hidden fields."""
        for part in self.source.walk["slices"] or [WHOLE]:
            form = {**part["form"], **hidden}
            paging = Paging(self, self.source.walk["list"], form, part["region"], session=tuple(hidden))
            paging.walk.period = part["period"]
            yield paging.first(self.parse_list)
        for spec in self.source.walk["registers"]:
            yield Register(self, spec, hidden).first(self.parse_register)

    def parse_register(self, response: Response, page: ListPage, register: Register, number: int) -> Yield:
        """Callback of a page of a register: a record a line, then the next page."""
        yield from register.take(Harvest(self.seen(response)), page, number)

    def parse_list(self, response: Response, page: ListPage, paging: Paging, number: int) -> Yield:
        """Callback of a page of the list: a record, the detail and the reports of each row."""
        harvest = Harvest(self.seen(response))
        yield from paging.take(harvest, page, number)
        for row in page.rows if paging.good else []:
            yield from self._permit(harvest, paging, row)
        yield harvest

    def _permit(self, harvest: Harvest, paging: Paging, row: PageRow) -> Yield:
        spec, detail = self.source.walk["list"], self.source.walk["detail"]
        values = {**row["fields"], "id": row["id"] or ""}
        whom = subject(values, spec["subject"])
        whom["external_id"] = whom["external_id"] or row["id"]
        harvest.records.append(record_of(self.source, spec["kind"], harvest.page, row, whom))
        if not paging.new(whom, row):
            words = f"{whom['external_id']} stands twice in the list; its pages are asked once"
            harvest.issues.append(issue(harvest.page, "info", "listed-twice", words, row["place"]))
            return
        pages = pages_of(self.source.walk["feeds"])
        pages[spec["kind"]] = pages.get(spec["kind"], 0) + 1
        if detail:
            pages[detail["kind"]] = pages.get(detail["kind"], 0) + 1
        for tab in self.source.walk["tabs"]:
            pages[tab["kind"]] = pages.get(tab["kind"], 0) + 1
        looks = Subjects(self.source.name, whom, pages)
        self.subjects.append(looks)
        harvest.visits += looks.add(spec["kind"], Look("found", harvest.page))
        if detail:
            yield self.ask(
                filled(detail["url"], values), self.parse_detail, lambda look: self._bad_detail(looks, look),
                {name: detail[name] for name in ("versions", "text", "required")}, looks=looks, whom=whom,
            )  # fmt: skip
        yield from self.ask_tabs(looks, whom, values)
        yield from self._ask_reports(whom, values)
        yield from self.ask_feeds(looks, whom, values, harvest.page)

    # -- details --------------------------------------------------------------------------------------------------

    def parse_detail(self, response: Response, page: PermitPage, looks: Subjects, whom: Subject) -> Yield:
        """Callback of a permit's page: a record a version, one of its facts."""
        detail, seen = self.source.walk["detail"], self.seen(response)
        if look := self.doubt("detail", seen, page.problem):
            yield from self._bad_detail(looks, look)
            return
        harvest = Harvest(seen, visits=looks.add(detail["kind"], Look("found", seen)))
        if page.cipher:
            words = f"a part of the page of {whom['name']}: {WORDS}"
            harvest.issues.append(issue(seen, "warning", "encrypted", words, None, page.cipher))
        for row in page.rows:
            own = f"{whom['external_id']}|{PAGE_KEY}" if row["title"] == FACTS else None
            harvest.records.append(record_of(self.source, detail["kind"], seen, row, whom, own_key=own))
        yield harvest

    def _bad_detail(self, looks: Subjects, look: Look) -> Yield:
        words = f"page of {looks.subject['name']}: {look.reason}; look again on the next run"
        visits = looks.add(self.source.walk["detail"]["kind"], look)
        yield Harvest(look.page, visits=visits, issues=[issue(look.page, "warning", "page-bad", words)])

    # -- yearly reports -------------------------------------------------------------------------------------------

    def _ask_reports(self, whom: Subject, values: Mapping[str, str]) -> Yield:
        spec = self.source.walk["reports"]
        for year in range(spec["from_year"], self.clock.today().year + 1) if spec else ():
            form = {name: filled(text, {**values, "year": str(year)}) for name, text in spec["form"].items()}
            yield self.ask(
                filled(spec["url"], {**values, "year": str(year)}), self.parse_reports,
                partial(self._bad_reports, whom, str(year)),
                {"required": spec["required"], "rows": "rows", "total": "total"}, method=spec["method"], form=form,
                empty=spec["empty"], whom=whom, year=str(year),
            )  # fmt: skip

    def parse_reports(self, response: Response, page: JsonRowsPage, whom: Subject, year: str) -> Yield:
        """Callback of one year's list of reports."""
        spec, seen = self.source.walk["reports"], self.seen(response)
        empty = not response.body.strip()
        if not empty and (look := self.doubt("reports", seen, page.problem)):
            yield from self._bad_reports(whom, year, look)
            return
        rows = [] if empty else page.rows
        records = [
            record_of(self.source, spec["kind"], seen, row, whom, title=spec["title"], published=spec["published"])
            for row in rows
        ]
        look = Look("found" if rows else "absent", seen)
        yield Harvest(seen, records=records, visits=[page_visit(self.source.name, spec["kind"], whom, look, year)])

    def _bad_reports(self, whom: Subject, year: str, look: Look) -> Yield:
        kind = self.source.walk["reports"]["kind"]
        words = f"reports of {whom['name']} for {year}: {look.reason}; look again on the next run"
        visits = [page_visit(self.source.name, kind, whom, look, year)]
        yield Harvest(look.page, visits=visits, issues=[issue(look.page, "warning", "page-bad", words)])
