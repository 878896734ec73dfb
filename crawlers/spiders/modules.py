"""The modules of one enterprise (feeds of ``walk:``), asked page by page; each kind gets one look of all its feeds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from scrapy.http import Response

from crawlers.items import Harvest, Seen, issue
from crawlers.pages.base import PageRow
from crawlers.pages.modules import JsonRowsPage, TableRowsPage
from crawlers.pages.pairs import PairsPage
from crawlers.spiders.asking import arguments, spans, wanted, window_values
from crawlers.spiders.base import SourceSpider, Yield
from crawlers.spiders.rows import PAGE_KEY, issues_of, record_of
from crawlers.subjects import Subject, filled, key
from crawlers.visits import Look, Subjects

Feed = Mapping[str, Any]
_ASKED = ("rows", "total", "pages", "total_text", "pages_text", "required", "nothing", "answer", "unfold")
_STATED = ("total", "pages", "total_text", "pages_text")


@dataclass
class Reading:
    """One feed of one subject being read: rows so far, kinds met, what was doubtful."""

    feed: Feed
    subject: Subject
    looks: Subjects
    values: Mapping[str, str]
    index: int = 0
    """The page, from 0."""
    rows: int = 0
    found: set[str] = field(default_factory=set)
    doubt: str | None = None


def kinds_of(feed: Feed) -> list[str]:
    """Every kind that a feed can yield."""
    return [feed["kind"]] if feed["kind"] else list(dict.fromkeys(feed["kind_by"]["map"].values()))


def pages_of(feeds: list[Feed]) -> dict[str, int]:
    """Kind → feeds that tell of it, one for each window of time."""
    pages: dict[str, int] = {}
    for feed in feeds:
        for kind in kinds_of(feed):
            pages[kind] = pages.get(kind, 0) + spans(feed["windows"])
    return pages


def goes_on(feed: Feed, reading: Reading, seen: int, total: int | None, pages: int | None) -> bool:
    """Whether the site has more than the pages read so far, the last of which held ``seen`` rows.

    By the stated total, else by the stated pages; data that state neither end with a page without rows.
    """
    if total is not None:
        return reading.rows < total
    if pages is not None:
        return reading.index + 1 < pages
    stated = any(feed[name] for name in _STATED)
    return feed["via"] == "json" and bool(feed["page_param"]) and not stated and seen > 0


class ModulesSpider(SourceSpider):
    """Reads feeds; families that have enterprises' pages build on it."""

    def ask_feeds(self, looks: Subjects, subject: Subject, values: Mapping[str, str], page: Seen) -> Yield:
        """Ask every feed whose form can be filled; one that cannot gives a bad look."""
        for feed in self.source.walk["feeds"]:
            for window in window_values(feed["windows"], self.last_day):
                known = {**values, **window}
                reading = Reading(feed, subject, looks, known)
                if missing := [column for column in wanted(feed) if not known.get(column)]:
                    reason = f"{feed['name']} cannot be asked: {', '.join(missing)} is not known"
                    yield from self._bad(reading, Look("unreadable", page, reason))
                else:
                    yield self._request(reading)

    def _request(self, reading: Reading) -> Any:
        feed = reading.feed
        asked = arguments(feed, reading.values, reading.index)
        return self.ask(
            asked.pop("url"), self.parse_json if feed["via"] == "json" else self.parse_table,
            lambda look: self._bad(reading, look),
            {"paged": bool(feed["page_param"]), **{name: feed[name] for name in _ASKED}}, empty=feed["empty"],
            reading=reading, **asked,
        )  # fmt: skip

    def parse_json(self, response: Response, page: JsonRowsPage, reading: Reading) -> Yield:
        """Callback of a feed that answers data; an empty body is nothing to show where the source says so."""
        seen = self.seen(response)
        if not response.body.strip():
            yield from self._done(reading, Harvest(seen))
        elif page.refused:
            refusal = Look("blocked", seen, f"blocked: {page.refused}")
            yield from self._bad(reading, refusal)
            raise self.stop(refusal)
        elif look := self.doubt(reading.feed["name"], seen, page.problem):
            yield from self._bad(reading, look)
        else:
            yield from self._rows(reading, seen, page)

    def parse_table(self, response: Response, page: TableRowsPage, reading: Reading) -> Yield:
        """Callback of a feed that answers an HTML table."""
        seen = self.seen(response)
        if look := self.doubt(reading.feed["name"], seen, page.problem):
            yield from self._bad(reading, look)
            return
        if reading.feed["files"] == "fetch":
            yield from self._fetch(page.rows)
        yield from self._rows(reading, seen, page)

    def _rows(self, reading: Reading, seen: Seen, page: JsonRowsPage | TableRowsPage) -> Yield:
        feed, harvest = reading.feed, Harvest(seen, issues=issues_of(seen, page.issues))
        for row in page.rows:
            yield from self._row(reading, harvest, row)
        reading.rows += page.seen
        more = goes_on(feed, reading, page.seen, page.total, page.pages)
        if more and page.seen and feed["page_param"] and reading.index + 1 < feed["max_pages"]:
            yield harvest
            reading.index += 1
            yield self._request(reading)
            return
        if more:
            stated = f"{page.total} rows" if page.total is not None else f"{page.pages or 'further'} pages"
            reading.doubt = f"{feed['name']} states {stated}, {reading.rows} rows were read in {reading.index + 1}"
            harvest.issues.append(issue(seen, "error", "rows-missing", f"{reading.doubt}; the rest is not on record"))
        yield from self._done(reading, harvest)

    def _row(self, reading: Reading, harvest: Harvest, row: PageRow) -> Iterator[Any]:
        feed, seen = reading.feed, harvest.page
        kind = feed["kind"] or feed["kind_by"]["map"].get(row["fields"].get(feed["kind_by"]["column"], ""))
        if kind is None:
            value = row["fields"].get(feed["kind_by"]["column"], "")
            reading.doubt = f"{feed['name']}: {feed['kind_by']['column']} {value!r} is in no map"
            words = f"{reading.doubt}; add it to kind_by.map of {self.source.name}"
            text = json.dumps(row["fields"], ensure_ascii=False)
            harvest.issues.append(issue(seen, "error", "kind-unknown", words, row["place"], text))
            return
        reading.found.add(kind)
        title = feed["title"] or feed["name"]
        harvest.records.append(
            record_of(self.source, kind, seen, row, reading.subject, title=title, published=feed["published"])
        )
        if feed["detail"]:
            yield self._ask_detail(reading, kind, row)

    def _done(self, reading: Reading, harvest: Harvest) -> Yield:
        """The feed's last page: a look for each of its kinds."""
        for kind in kinds_of(reading.feed):
            outcome: Any = "found" if kind in reading.found else "unreadable" if reading.doubt else "absent"
            harvest.visits += reading.looks.add(kind, Look(outcome, harvest.page, reading.doubt))
        yield harvest

    def _bad(self, reading: Reading, look: Look) -> Yield:
        harvest = Harvest(look.page)
        for kind in kinds_of(reading.feed):
            harvest.visits += reading.looks.add(kind, look)
        words = f"{reading.feed['name']}: {look.reason}; look again on the next run"
        harvest.issues.append(issue(look.page, "warning", "page-bad", words))
        yield harvest

    # -- a row's own page -----------------------------------------------------------------------------------------

    def _ask_detail(self, reading: Reading, kind: str, row: PageRow) -> Any:
        detail = reading.feed["detail"]
        reading.looks.expect(kind, 1)
        values = {**reading.values, **row["fields"]}
        return self.ask(
            filled(detail["url"], values), self.parse_row_page, lambda look: self._bad_row_page(reading, kind, look),
            {"required": detail["required"]}, reading=reading, kind=kind, row=row,
        )  # fmt: skip

    def parse_row_page(self, response: Response, page: PairsPage, reading: Reading, kind: str, row: PageRow) -> Yield:
        """Callback of the page behind a row: its pairs as one more record of the row's kind."""
        seen = self.seen(response)
        if look := self.doubt(f"{reading.feed['name']} page", seen, page.problem):
            yield from self._bad_row_page(reading, kind, look)
            return
        harvest = Harvest(seen)
        own = key(row["fields"], self.source.key.get(kind))
        fields = {**page.fields}
        rows = PageRow(fields=fields, place=page.place, id=None, title=None, rows=1, links=[])
        harvest.records.append(
            record_of(
                self.source, kind, seen, rows, reading.subject, title=reading.feed["title"] or reading.feed["name"],
                published=reading.feed["detail"]["published"] or reading.feed["published"],
                own_key=f"{own}|{PAGE_KEY}" if own else None,
            )
        )  # fmt: skip
        harvest.visits += reading.looks.add(kind, Look("found", seen))
        yield harvest

    def _bad_row_page(self, reading: Reading, kind: str, look: Look) -> Yield:
        words = f"page of a row of {reading.feed['name']}: {look.reason}; look again on the next run"
        yield Harvest(
            look.page,
            visits=reading.looks.add(kind, look),
            issues=[issue(look.page, "warning", "page-bad", words)],
        )

    # -- files as evidence ----------------------------------------------------------------------------------------

    def _fetch(self, rows: list[PageRow]) -> Yield:
        for link in dict.fromkeys(link for row in rows for link in row["links"]):
            yield self.ask(link, self.keep_file, self._bad_file)

    def keep_file(self, response: Response) -> None:
        """Callback of a linked file: its capture is all that is wanted."""
        self.seen(response)

    def _bad_file(self, look: Look) -> Yield:
        words = f"linked file: {look.reason}; its row stays on record"
        yield Harvest(look.page, issues=[issue(look.page, "warning", "file-missing", words)])
