"""Family ``notices``: a bureau's notices with tables, in the page or attached, whose headings state how many rows."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urljoin

from scrapy.http import Response

from crawlers.items import Harvest, Seen, issue
from crawlers.pages.base import PageRow, first_group
from crawlers.pages.notices import AttachmentPage, NoticeLink, NoticeListPage, NoticePage
from crawlers.spiders.base import SourceSpider, Yield
from crawlers.spiders.noticereading import NoticeReading
from crawlers.spiders.rows import issues_of, record_of
from crawlers.subjects import subject
from crawlers.visits import Look, Walk


class NoticesSpider(SourceSpider):
    """See ``walks.NoticesWalk``."""

    name = "notices"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.walk = Walk(stated=0)
        self.walks.append(self.walk)
        self._asked: set[str] = set()
        self._open = 0

    async def start(self) -> AsyncIterator[Any]:
        """The first page of every list."""
        for url in self.source.walk["list"]["urls"]:
            yield self._ask_list(url, 0, self._first_bad)

    # -- lists ----------------------------------------------------------------------------------------------------

    def _ask_list(self, url: str, number: int, on_bad: Any) -> Any:
        spec = self.source.walk["list"]
        self._open += 1
        following = urljoin(self.source.url(url), spec["next"].replace("{n}", str(number + spec["step"])))
        params = {name: spec[name] for name in ("items", "date", "pages")}
        address = following if number else url
        return self.ask(address, self.parse_list, on_bad, params, priority=10, first=url, number=number)

    def _first_bad(self, look: Look) -> Yield:
        self.walk.failed(look)
        raise self.stop_at_list(look)
        yield

    def _bad(self, look: Look) -> Yield:
        self.walk.failed(look)
        self._closed()
        words = f"a page of the list: {look.reason}; the walk is not complete"
        yield Harvest(look.page, issues=[issue(look.page, "error", "list-page-bad", words)])

    def parse_list(self, response: Response, page: NoticeListPage, first: str, number: int) -> Yield:
        """Callback of a page of notices: those whose title is wanted are asked, each once."""
        seen = self.seen(response)
        if page.problem:
            look = Look("unreadable", seen, page.problem)
            if number == 0:
                raise self.stop_at_list(look)
            yield from self._bad(look)
            return
        self.walk.pages_ok += 1
        if number == 0:
            yield from self._other_pages(seen, page, first)
        for item in page.items:
            if self._wanted(item["title"]) and item["url"] not in self._asked:
                self._asked.add(item["url"])
                yield self._ask_notice(item)
        self._closed()

    def _other_pages(self, seen: Seen, page: NoticeListPage, url: str) -> Yield:
        pages, most = page.pages or 1, self.source.walk["list"]["max_pages"]
        if pages > most:
            words = f"the list has {pages} pages, {most} may be asked; raise max_pages or narrow the list"
            self.walk.bad.append(Look("unreadable", seen, words))
            yield Harvest(seen, issues=[issue(seen, "error", "list-too-long", words)])
        for number in range(1, min(pages, most)):
            yield self._ask_list(url, number, self._bad)

    def _wanted(self, title: str) -> bool:
        spec = self.source.walk["list"]
        unwanted = spec["without"] and re.search(spec["without"], title)
        return re.search(spec["include"], title) is not None and not unwanted

    def _closed(self) -> None:
        """One page, notice or attachment less to wait for; after the last the walk has reached its end."""
        self._open -= 1
        self.walk.reached_end = self._open == 0

    # -- notices --------------------------------------------------------------------------------------------------

    def _ask_notice(self, item: NoticeLink) -> Any:
        spec = self.source.walk["notice"]
        self._open += 1
        params = {name: spec[name] for name in ("body", "published", "required", "attachments")}
        return self.ask(item["url"], self.parse_notice, lambda look: self._bad_notice(item, look), params, item=item)

    def _bad_notice(self, item: NoticeLink, look: Look) -> Yield:
        self.walk.failed(look)
        self._closed()
        words = f"notice {item['title']}: {look.reason}; the walk is not complete"
        yield Harvest(look.page, issues=[issue(look.page, "error", "notice-bad", words)])

    def parse_notice(self, response: Response, page: NoticePage, item: NoticeLink) -> Yield:
        """Callback of a notice: its tables, or its attachments where it has none."""
        seen, spec = self.seen(response), self.source.walk["notice"]
        if look := self.doubt("notice", seen, page.problem):
            yield from self._bad_notice(item, look)
            return
        reading = NoticeReading(page.title or item["title"], page.published or item["date"], seen)
        if spec["text"] is not None:
            yield self._text(reading, page)
            return
        reading.stated = page.stated if page.rows else None
        reading.in_text = page.total_in_text
        harvest = self._rows(reading, seen, page.rows, page.issues)
        if page.attachments and not page.rows:
            yield harvest
            reading.waiting = len(page.attachments)
            for link in page.attachments:
                yield self._ask_attachment(reading, link)
        else:
            yield self._finished(reading, harvest)

    def _text(self, reading: NoticeReading, page: NoticePage) -> Harvest:
        """A notice that is free text: one record, its facts by the source's expressions."""
        spec = self.source.walk["notice"]
        found = {name: first_group(expression, page.text) for name, expression in spec["text"].items()}
        fields = {name: value.strip() for name, value in found.items() if value}
        row = PageRow(fields=fields, place="notice", id=None, title=None, rows=1, links=[])
        harvest = Harvest(reading.page)
        harvest.records.append(self._record(reading, row, reading.page, page.text))
        self.walk.pages_ok += 1
        self.walk.rows += 1
        self.walk.stated = None
        self.walk.keys.add(reading.page.url)
        self._closed()
        return harvest

    def _rows(self, reading: NoticeReading, seen: Seen, rows: list[PageRow], found: list[dict[str, Any]]) -> Harvest:
        reading.rows += sum(row["rows"] for row in rows)
        records = [self._record(reading, row, seen) for row in rows]
        self.walk.keys.update(f"{r['title']}|{r['subject']['name']}|{r['subject']['region']}" for r in records)
        return Harvest(seen, records=records, issues=issues_of(seen, found))

    def _record(self, reading: NoticeReading, row: PageRow, seen: Seen, text: str | None = None) -> Any:
        spec = self.source.walk["notice"]
        whom = subject(row["fields"], spec["subject"])
        title = " ".join(dict.fromkeys(part for part in (reading.title, row["title"]) if part))
        record = record_of(self.source, spec["kind"], seen, row, whom, title=title, text=text)
        record["published_at"] = record["published_at"] or reading.published
        return record

    # -- attachments ----------------------------------------------------------------------------------------------

    def _ask_attachment(self, reading: NoticeReading, link: NoticeLink) -> Any:
        params = {"required": self.source.walk["notice"]["required"], "filename": link["title"]}
        return self.ask(
            link["url"], self.parse_attachment, lambda look: self._bad_attachment(reading, link, look), params,
            reading=reading, link=link,
        )  # fmt: skip

    def parse_attachment(
        self, response: Response, page: AttachmentPage, reading: NoticeReading, link: NoticeLink
    ) -> Yield:
        """Callback of a file: its rows, or why it has none."""
        seen = self.seen(response)
        if page.problem:
            yield from self._bad_attachment(reading, link, Look("unreadable", seen, page.problem))
            return
        if page.stated is not None:
            reading.stated = (reading.stated or 0) + page.stated
        harvest = self._rows(reading, seen, page.rows, page.issues)
        yield from self._attachment_done(reading, harvest)

    def _bad_attachment(self, reading: NoticeReading, link: NoticeLink, look: Look) -> Yield:
        reading.bad.append(look)
        words = f"attachment {link['title']}: {look.reason}; read it by hand and import it if it belongs to the list"
        harvest = Harvest(look.page, issues=[issue(look.page, "warning", "attachment-bad", words)])
        yield from self._attachment_done(reading, harvest)

    def _attachment_done(self, reading: NoticeReading, harvest: Harvest) -> Yield:
        reading.waiting -= 1
        yield harvest if reading.waiting else self._finished(reading, harvest)

    def _finished(self, reading: NoticeReading, harvest: Harvest) -> Harvest:
        """All of a notice is read: its rows against what it states."""
        self.walk.rows += reading.rows
        if self.walk.stated is not None:
            self.walk.stated = None if reading.total is None else self.walk.stated + reading.total
        if (shortfall := reading.shortfall) is None:
            self.walk.pages_ok += 1
        else:
            outcome = reading.bad[0].outcome if reading.bad else "unreadable"
            self.walk.failed(Look(outcome, reading.page, shortfall))
            words = f"notice {reading.title}: {shortfall}; the walk is not complete"
            harvest.issues.append(issue(reading.page, "error", "notice-incomplete", words))
        self._closed()
        return harvest
