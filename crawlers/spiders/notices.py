"""Family ``notices``: a bureau's notices with tables, in the page or attached, whose headings state how many rows."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response

from crawlers.items import Harvest, Seen, issue
from crawlers.pages.attachments import AttachmentPage
from crawlers.pages.base import PageRow, first_group
from crawlers.pages.noticelists import NoticeLink
from crawlers.pages.notices import NoticePage
from crawlers.spiders.base import Yield
from crawlers.spiders.noticelists import NoticeListSpider
from crawlers.spiders.noticereading import NoticeReading
from crawlers.spiders.rows import issues_of, record_of
from crawlers.subjects import subject
from crawlers.visits import Look

_TOLD = ("body", "published", "required", "attachments", "attached_in", "hidden")


class NoticesSpider(NoticeListSpider):
    """See ``walks.NoticesWalk``."""

    name = "notices"

    # -- notices --------------------------------------------------------------------------------------------------

    def ask_line(self, item: NoticeLink, page: Seen) -> Yield:
        """A notice, or the file that a line of the list links to without one."""
        self.opened_one()
        if re.search(self.source.walk["list"]["files"], urlsplit(item["url"]).path):
            reading = NoticeReading(item["title"], item["date"], page, waiting=1)
            yield self._ask_attachment(reading, item)
        else:
            yield self._ask_notice(item)

    def _ask_notice(self, item: NoticeLink) -> Request:
        spec = self.source.walk["notice"]
        params = {name: spec[name] for name in _TOLD}
        params["filename"] = item["title"]
        return self.ask(item["url"], self.parse_notice, lambda look: self._bad_notice(item, look), params, item=item)

    def _bad_notice(self, item: NoticeLink, look: Look) -> Yield:
        self.walk.failed(look)
        self.distrust(look.page)
        self.closed_one()
        words = f"notice {item['title']}: {look.reason}; the walk is not complete"
        yield Harvest(look.page, issues=[issue(look.page, "error", "notice-bad", words)])

    def parse_notice(self, response: Response, page: NoticePage, file: AttachmentPage, item: NoticeLink) -> Yield:
        """Callback of a notice: its tables, or its attachments where it has none; a file is its own attachment."""
        seen, spec = self.seen(response), self.source.walk["notice"]
        if page.is_file:
            yield from self._file(seen, file, NoticeReading(item["title"], item["date"], seen, waiting=1), item)
            return
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
        if page.attachments and (spec["both"] or not page.rows):
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
        self.closed_one()
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

    def _ask_attachment(self, reading: NoticeReading, link: NoticeLink) -> Request:
        spec = self.source.walk["notice"]
        params = {"required": spec["required"], "filename": link["title"]}
        return self.ask(
            link["url"], self.parse_attachment, lambda look: self._bad_attachment(reading, link, look), params,
            referer=spec["referer"], reading=reading, link=link,
        )  # fmt: skip

    def parse_attachment(
        self, response: Response, page: AttachmentPage, reading: NoticeReading, link: NoticeLink
    ) -> Yield:
        """Callback of a file: its rows, or why it has none."""
        yield from self._file(self.seen(response), page, reading, link)

    def _file(self, seen: Seen, page: AttachmentPage, reading: NoticeReading, link: NoticeLink) -> Yield:
        if page.problem:
            yield from self._bad_attachment(reading, link, Look("unreadable", seen, page.problem))
            return
        if page.stated is not None:
            reading.stated = (reading.stated or 0) + page.stated
        harvest = self._rows(reading, seen, page.rows, page.issues)
        for reason in page.unread:
            reading.bad.append(Look("unreadable", seen, reason))
            words = f"attachment {page.name}: {reason}; read it by hand and import it if it belongs to the list"
            harvest.issues.append(issue(seen, "warning", "attachment-bad", words))
        yield from self._attachment_done(reading, harvest)

    def _bad_attachment(self, reading: NoticeReading, link: NoticeLink, look: Look) -> Yield:
        reading.bad.append(look)
        self.distrust(look.page)
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
        self.closed_one()
        return harvest
