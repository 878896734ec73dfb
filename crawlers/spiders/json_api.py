"""Family ``json_api``: a list that is data, in pages; what stands behind its rows; modules of each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from scrapy.http import Response

from crawlers.items import Harvest, issue
from crawlers.pages.base import PageRow
from crawlers.pages.jsonrows import JsonRowsPage
from crawlers.pages.pairs import PairsPage
from crawlers.spiders.asking import Values, arguments, identity, wanted
from crawlers.spiders.base import Yield
from crawlers.spiders.jsonpaging import JsonPaging
from crawlers.spiders.modules import ModulesSpider, pages_of
from crawlers.spiders.rows import PAGE_KEY, issues_of, record_of
from crawlers.spiders.starting import StartSpider
from crawlers.subjects import Subject, choose, key, subject
from crawlers.visits import Look, Subjects, page_visit

_PLAIN = {"total": None, "single": True}


class JsonApiSpider(StartSpider, ModulesSpider):
    """See ``walks.JsonApiWalk``."""

    name = "json_api"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._met: set[str] = set()
        self._behind: set[str] = set()

    def lists(self, hidden: Mapping[str, str]) -> Yield:
        spec = self.source.walk["list"]
        for part in self.source.walk["slices"] or [{"region": None, "form": {}}]:
            form = {**part["form"], **hidden}
            yield JsonPaging(self, spec, form, part["region"], tuple(hidden)).first(self.parse_list)

    def parse_list(self, response: Response, page: JsonRowsPage, paging: JsonPaging, index: int) -> Yield:
        """Callback of a page of the list: records, and what stands behind each row."""
        harvest = Harvest(self.seen(response))
        yield from paging.take(harvest, page, index, not response.body.strip())
        if paging.good:
            harvest.issues += issues_of(harvest.page, page.issues)
            yield from self._page(harvest, page, paging)
        yield harvest

    def _page(self, harvest: Harvest, page: JsonRowsPage, paging: JsonPaging) -> Yield:
        spec = self.source.walk["list"]
        for number, row in enumerate(page.rows):
            whom = subject(row["fields"], spec["subject"])
            kind = self._kind(harvest, row, paging)
            if kind is None:
                continue
            paging.walk.keys.add(key(row["fields"], self.source.key.get(kind)) or _identity(whom) or row["place"])
            harvest.records.append(
                record_of(self.source, kind, harvest.page, row, whom, title=spec["title"], published=spec["published"])
            )
            self._inner(harvest, spec, page, number, whom)
            self._met_in_list(harvest, kind, whom)
            yield from self._after(harvest, row, whom)

    def _kind(self, harvest: Harvest, row: PageRow, paging: JsonPaging) -> str | None:
        spec = self.source.walk["list"]
        if spec["kind"]:
            return str(spec["kind"])
        column = spec["kind_by"]["column"]
        kind: str | None = spec["kind_by"]["map"].get(row["fields"].get(column, ""))
        if kind is None:
            words = f"the list: {column} {row['fields'].get(column, '')!r} is in no map"
            paging.walk.bad.append(Look("unreadable", harvest.page, words))
            words = f"{words}; add it to kind_by.map of {self.source.name}"
            text = json.dumps(row["fields"], ensure_ascii=False)
            harvest.issues.append(issue(harvest.page, "error", "kind-unknown", words, row["place"], text))
        return kind

    def _met_in_list(self, harvest: Harvest, kind: str, whom: Subject) -> None:
        """A found look at each subject, once a kind; where its own page is of that kind, that page says it."""
        detail, met = self.source.walk["detail"], f"{kind}|{_identity(whom)}"
        if whom["name"] is None or met in self._met or (detail and detail["kind"] == kind):
            return
        self._met.add(met)
        harvest.visits.append(page_visit(self.source.name, kind, whom, Look("found", harvest.page)))

    def _inner(
        self, harvest: Harvest, spec: Mapping[str, Any], page: JsonRowsPage, number: int, whom: Subject
    ) -> set[str]:
        """Records of the lists inside row ``number``; the kinds of which there were any."""
        found: set[str] = set()
        for inner in page.inner:
            if inner["of"] == number:
                nested = spec["nested"][inner["spec"]]
                title = nested["title"] or spec["title"]
                harvest.records.append(
                    record_of(self.source, nested["kind"], harvest.page, inner["row"], whom, title=title)
                )
                found.add(nested["kind"])
        return found

    # -- behind a row ---------------------------------------------------------------------------------------------

    def _after(self, harvest: Harvest, row: PageRow, whom: Subject) -> Yield:
        detail, feeds, chosen = self.source.walk["detail"], self.source.walk["feeds"], self.source.walk["list"]["id"]
        values = {**row["fields"], "id": choose(row["fields"], chosen) or ""} if chosen else row["fields"]
        specs = [spec for spec in (detail, *feeds) if spec]
        if not specs:
            return
        if (asked := identity(specs, values)) in self._behind:
            words = f"{whom['name']} stands twice in the list; what is behind its row is asked once"
            harvest.issues.append(issue(harvest.page, "info", "listed-twice", words, row["place"]))
            return
        self._behind.add(asked)
        pages = pages_of(feeds)
        for spec in [detail, *detail["nested"]] if detail else []:
            pages[spec["kind"]] = pages.get(spec["kind"], 0) + 1
        looks = Subjects(self.source.name, whom, pages)
        self.subjects.append(looks)
        if detail is None:
            yield from self.ask_feeds(looks, whom, values, harvest.page)
        elif missing := [column for column in wanted(detail) if not values.get(column)]:
            reason = f"its page cannot be asked: {', '.join(missing)} is not known"
            yield from self._bad_detail(looks, whom, values, Look("unreadable", harvest.page, reason))
        else:
            yield self._ask_detail_of(looks, whom, values)

    def _ask_detail_of(self, looks: Subjects, whom: Subject, values: Values) -> Any:
        detail = self.source.walk["detail"]
        asked = arguments(detail, values)
        params = {name: detail[name] for name in ("rows", "answer", "required", "nested")}
        return self.ask(
            asked.pop("url"), self.parse_object if detail["via"] == "json" else self.parse_pairs,
            lambda look: self._bad_detail(looks, whom, values, look), {**params, **_PLAIN}, priority=1,
            looks=looks, whom=whom, values=values, **asked,
        )  # fmt: skip

    def parse_object(
        self, response: Response, page: JsonRowsPage, looks: Subjects, whom: Subject, values: Values
    ) -> Yield:
        """Callback of what stands behind a row, as data: its record and those of its lists."""
        seen, detail = self.seen(response), self.source.walk["detail"]
        if page.refused:
            refusal = Look("blocked", seen, f"blocked: {page.refused}")
            yield from self._bad_detail(looks, whom, values, refusal)
            raise self.stop(refusal)
        if look := self.doubt("detail", seen, page.problem):
            yield from self._bad_detail(looks, whom, values, look)
            return
        harvest, own = Harvest(seen), page.rows[0]
        told = self._record(harvest, own, whom, values)
        found = self._inner(harvest, detail, page, 0, told)
        for nested in detail["nested"]:
            outcome: Any = "found" if nested["kind"] in found else "absent"
            harvest.visits += looks.add(nested["kind"], Look(outcome, seen))
        yield from self._done_detail(harvest, looks, told, {**values, **own["fields"]})

    def parse_pairs(self, response: Response, page: PairsPage, looks: Subjects, whom: Subject, values: Values) -> Yield:
        """Callback of what stands behind a row, as a page of th/td pairs."""
        seen = self.seen(response)
        if look := self.doubt("detail", seen, page.problem):
            yield from self._bad_detail(looks, whom, values, look)
            return
        harvest = Harvest(seen)
        own = PageRow(fields=page.fields, place=page.place, id=None, title=None, rows=1, links=[])
        told = self._record(harvest, own, whom, values)
        yield from self._done_detail(harvest, looks, told, {**values, **own["fields"]})

    def _record(self, harvest: Harvest, own: PageRow, whom: Subject, values: Values) -> Subject:
        """The record of a row's page; whom it names, else whom the row named."""
        detail, spec = self.source.walk["detail"], self.source.walk["list"]
        told = subject(own["fields"], detail["subject"], whom)
        listed = key(values, self.source.key.get(detail["kind"])) if spec["kind"] == detail["kind"] else None
        harvest.records.append(
            record_of(
                self.source, detail["kind"], harvest.page, own, told, title=detail["title"],
                published=detail["published"], own_key=f"{listed}|{PAGE_KEY}" if listed else None,
            )
        )  # fmt: skip
        return told

    def _done_detail(self, harvest: Harvest, looks: Subjects, told: Subject, values: Values) -> Yield:
        looks.subject = told
        harvest.visits += looks.add(self.source.walk["detail"]["kind"], Look("found", harvest.page))
        yield harvest
        yield from self.ask_feeds(looks, told, values, harvest.page)

    def _bad_detail(self, looks: Subjects, whom: Subject, values: Values, look: Look) -> Yield:
        """The page behind a row is bad: modules that need nothing of it are still asked."""
        detail = self.source.walk["detail"]
        words = f"page of {whom['name']}: {look.reason}; look again on the next run"
        harvest = Harvest(look.page, issues=[issue(look.page, "warning", "page-bad", words)])
        for spec in (detail, *detail["nested"]):
            harvest.visits += looks.add(spec["kind"], look)
        yield harvest
        yield from self.ask_feeds(looks, whom, values, look.page)


def _identity(whom: Subject) -> str | None:
    """By what a list tells its subjects apart."""
    return whom["external_id"] or (f"{whom['name']}|{whom['region']}" if whom["name"] else None)
