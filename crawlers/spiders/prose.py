"""Family ``prose``: notices of an authority as tables, pairs or sentences; whom they name only where it is certain."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response

from crawlers.items import Harvest, Seen, issue
from crawlers.pages.base import PageRow
from crawlers.pages.noticelists import NoticeLink
from crawlers.pages.prose import SENTENCES, ProseFilePage, ProsePage
from crawlers.prose import firms
from crawlers.spiders.base import Yield
from crawlers.spiders.noticelists import NoticeListSpider
from crawlers.spiders.noticereading import NoticeReading
from crawlers.spiders.rows import issues_of, record_of
from crawlers.subjects import NOBODY, Subject, choose, key, subject
from crawlers.visits import Look


class ProseSpider(NoticeListSpider):
    """See ``walks.ProseWalk``."""

    name = "prose"

    # -- notices --------------------------------------------------------------------------------------------------

    def ask_line(self, item: NoticeLink, page: Seen) -> Yield:
        """A notice, or the file that a line of the list links to without one."""
        self.opened_one()
        if re.search(self.source.walk["list"]["files"], urlsplit(item["url"]).path):
            reading = NoticeReading(item["title"], item["date"], page, waiting=1)
            yield self._ask_file(reading, item)
            return
        spec = self.source.walk["notice"]
        params = {name: spec[name] for name in ("body", "published", "required", "attachments", "hidden", "reads")}
        yield self.ask(item["url"], self.parse_notice, lambda look: self._bad_notice(item, look), params, item=item)

    def _bad_notice(self, item: NoticeLink, look: Look) -> Yield:
        self.walk.failed(look)
        self.closed_one()
        words = f"notice {item['title']}: {look.reason}; the walk is not complete"
        yield Harvest(look.page, issues=[issue(look.page, "error", "notice-bad", words)])

    def parse_notice(self, response: Response, page: ProsePage, file: ProseFilePage, item: NoticeLink) -> Yield:
        """Callback of a notice: its rows, or those of its files where it has none itself."""
        seen, spec = self.seen(response), self.source.walk["notice"]
        if page.is_file:
            yield self._read_file(seen, file, NoticeReading(item["title"], item["date"], seen, waiting=1), item)
            return
        if look := self.doubt("notice", seen, page.problem):
            yield from self._bad_notice(item, look)
            return
        reading = NoticeReading(page.title or item["title"], page.published or item["date"], seen)
        reading.stated = page.stated
        harvest = Harvest(seen, issues=issues_of(seen, page.issues))
        for row in page.rows:
            self._take(reading, harvest, self._with_files(row, page.attachments), page.text)
        if page.attachments and not page.rows:
            yield harvest
            reading.waiting = len(page.attachments)
            for link in page.attachments:
                yield self._ask_file(reading, link)
            return
        yield self._finished(reading, harvest)
        if spec["files"] == "fetch":
            for link in page.attachments:
                yield self.ask(link["url"], self.keep_file, self._bad_file, referer=spec["referer"])

    def _with_files(self, row: PageRow, links: list[NoticeLink]) -> PageRow:
        """The files beside one notice's facts, by name; those beside a table belong to no one row."""
        if row["place"] == SENTENCES and links:
            row["fields"]["附件"] = "；".join(link["title"] for link in links)
        return row

    # -- rows -----------------------------------------------------------------------------------------------------

    def _take(self, reading: NoticeReading, harvest: Harvest, row: PageRow, text: str) -> None:
        """A record for each firm that the row names for certain; one without a subject where it names none."""
        reading.rows += row["rows"]
        spec, seen = self.source.walk["notice"], harvest.page
        whom = self._subjects(harvest, row)
        title = " ".join(dict.fromkeys(part for part in (reading.title, row["title"]) if part))
        sentences = row["place"] == SENTENCES
        own = key(row["fields"], self.source.key.get(spec["kind"]))
        for one in whom:
            record = record_of(
                self.source, spec["kind"], seen, row, one, title=title, text=text if sentences else None,
                own_key=own or (urlsplit(seen.url)._replace(scheme="", netloc="").geturl() if sentences else None),
            )  # fmt: skip
            record["published_at"] = record["published_at"] or reading.published
            harvest.records.append(record)
        self.walk.keys.add(f"{own or seen.url}|{row['place']}")

    def _subjects(self, harvest: Harvest, row: PageRow) -> list[Subject]:
        """Whom a row is about: its own column, else the firms that its prose names for certain, else nobody."""
        spec, fields = self.source.walk["notice"], row["fields"]
        known = subject(fields, spec["subject"])
        if known["name"] and not firms.is_firm(known["name"]):
            self._not_a_firm(harvest, row)
            known = Subject(name=None, uscc=None, external_id=None, region=known["region"])
        if known["name"] or known["uscc"] or known["external_id"]:
            return [known]
        named = list(dict.fromkeys(name for column in spec["named"] for name in firms.named(fields.get(column, ""))))
        if named:
            return [Subject(name=name, uscc=None, external_id=None, region=known["region"]) for name in named]
        words = f"{row['place']}: no enterprise is named for certain; the record stays in the run folder"
        harvest.issues.append(issue(harvest.page, "info", "no-firm-named", words, row["place"]))
        return [Subject(**{**NOBODY, "region": known["region"]})]

    def _not_a_firm(self, harvest: Harvest, row: PageRow) -> None:
        """A natural person's name is no field: the column is left empty, the capture keeps what was printed."""
        choice = self.source.walk["notice"]["subject"].get("name")
        printed = choose(row["fields"], choice) if choice else None
        for header, value in row["fields"].items():
            if value == printed:
                row["fields"][header] = ""
        words = f"{row['place']}: the party is no firm by its name; its column is left empty, the evidence keeps it"
        harvest.issues.append(issue(harvest.page, "info", "party-natural-person", words, row["place"]))

    # -- files ----------------------------------------------------------------------------------------------------

    def _ask_file(self, reading: NoticeReading, link: NoticeLink) -> Request:
        spec = self.source.walk["notice"]
        params = {"required": spec["required"], "filename": link["title"], "reads": spec["reads"],
                  "title": reading.title}  # fmt: skip
        return self.ask(
            link["url"], self.parse_file, lambda look: self._unread_file(reading, link, look), params,
            referer=spec["referer"], reading=reading, link=link,
        )  # fmt: skip

    def parse_file(self, response: Response, page: ProseFilePage, reading: NoticeReading, link: NoticeLink) -> Yield:
        """Callback of a file that may hold what the notice itself does not."""
        yield self._read_file(self.seen(response), page, reading, link)

    def _read_file(self, seen: Seen, page: ProseFilePage, reading: NoticeReading, link: NoticeLink) -> Harvest:
        if page.problem and not page.rows:
            return self._of_bad(reading, link, Look("unreadable", seen, page.problem))
        harvest = Harvest(seen, issues=issues_of(seen, page.issues))
        if page.stated is not None:
            reading.stated = (reading.stated or 0) + page.stated
        for row in page.rows:
            self._take(reading, harvest, row, page.text)
        return self._file_done(reading, harvest)

    def _unread_file(self, reading: NoticeReading, link: NoticeLink, look: Look) -> Yield:
        yield self._of_bad(reading, link, look)

    def _of_bad(self, reading: NoticeReading, link: NoticeLink, look: Look) -> Harvest:
        reading.bad.append(look)
        words = f"file {link['title']}: {look.reason}; read it by hand and import it"
        harvest = Harvest(look.page, issues=[issue(look.page, "warning", "attachment-bad", words)])
        return self._file_done(reading, harvest)

    def _file_done(self, reading: NoticeReading, harvest: Harvest) -> Harvest:
        reading.waiting -= 1
        return harvest if reading.waiting else self._finished(reading, harvest)

    def _finished(self, reading: NoticeReading, harvest: Harvest) -> Harvest:
        """All of a notice is read: its rows against what it states; a notice that gave none leaves the walk open."""
        self.walk.rows += reading.rows
        if self.walk.stated is not None:
            self.walk.stated = None if reading.stated is None else self.walk.stated + reading.stated
        if (shortfall := reading.shortfall) is None:
            self.walk.pages_ok += 1
        else:
            outcome: Any = reading.bad[0].outcome if reading.bad else "unreadable"
            self.walk.failed(Look(outcome, reading.page, shortfall))
            words = f"notice {reading.title}: {shortfall}; the walk is not complete"
            harvest.issues.append(issue(reading.page, "error", "notice-incomplete", words))
        self.closed_one()
        return harvest

    def keep_file(self, response: Response) -> None:
        """Callback of a file beside what was read: its capture is all that is wanted."""
        self.seen(response)

    def _bad_file(self, look: Look) -> Yield:
        words = f"linked file: {look.reason}; the notice stays on record"
        yield Harvest(look.page, issues=[issue(look.page, "warning", "file-missing", words)])
