"""Family ``own_site``: an enterprise's own web site, its pages found by words, their kinds told by their headings."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

from scrapy.http import Response

from crawlers.items import Harvest, Seen, issue
from crawlers.pages.attachments import AttachmentPage
from crawlers.pages.base import PageRow
from crawlers.pages.own_site import Link, OwnPage, Part
from crawlers.spiders.base import SourceSpider, Yield
from crawlers.spiders.rows import issues_of, record_of
from crawlers.subjects import Subject
from crawlers.visits import Look, Walk, page_visit

FILES = "附件"
"""The column that names a section's files."""
_ASKED = ("kinds", "body", "ignore", "follow", "without", "published", "attachments")


class OwnSiteSpider(SourceSpider):
    """See ``walks.OwnSiteWalk``."""

    name = "own_site"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.walk = Walk()
        self.walks.append(self.walk)
        company = self.source.walk["subject"]
        self.company = Subject(
            name=company["name"], uscc=company["uscc"], external_id=company["external_id"], region=company["region"]
        )
        self._asked: set[str] = set()
        self._open = 0

    async def start(self) -> AsyncIterator[Any]:
        """The start pages; without the first of them the run says nothing."""
        for url in self.source.walk["start"]:
            yield self._ask(self.source.url(url), 0, self._first_bad)

    def _ask(self, url: str, depth: int, on_bad: Any) -> Any:
        self._asked.add(url)
        self._open += 1
        params = {name: self.source.walk[name] for name in _ASKED}
        return self.ask(url, self.parse_page, on_bad, params, priority=-depth, depth=depth)

    def _first_bad(self, look: Look) -> Yield:
        self.walk.failed(look)
        raise self.stop_at_list(look)
        yield

    def _bad(self, look: Look) -> Yield:
        self.walk.failed(look)
        self._closed()
        words = f"a page of the site: {look.reason}; the walk is not complete"
        yield Harvest(look.page, issues=[issue(look.page, "error", "page-bad", words)])

    def _closed(self) -> None:
        """One page or file less to wait for; after the last the walk has reached its end."""
        self._open -= 1
        self.walk.reached_end = self._open == 0

    # -- pages ----------------------------------------------------------------------------------------------------

    def parse_page(self, response: Response, page: OwnPage, depth: int) -> Yield:
        """Callback of a page: its sections as records, its links as further pages."""
        seen = self.seen(response)
        if look := self.doubt("page", seen, page.problem):
            yield from self._bad(look)
            return
        self.walk.pages_ok += 1
        harvest = Harvest(seen, issues=issues_of(seen, page.issues))
        for part in page.parts:
            yield from self._section(harvest, part, page.title, depth)
        kinds = dict.fromkeys(row["kind"] for row in harvest.records)
        harvest.visits += [page_visit(self.source.name, kind, self.company, Look("found", seen)) for kind in kinds]
        yield from self._follow(harvest, page.links, depth)
        self._closed()
        yield harvest

    def _section(self, harvest: Harvest, part: Part, title: str | None, depth: int) -> Yield:
        if len(part["kinds"]) != 1:
            if part["kinds"] or depth:
                self._untold(harvest, part)
            return
        self.walk.rows += 1
        self.walk.keys.add(f"{harvest.page.url}#{part['heading']}")
        first, *others = self._rows(part)
        # Address and heading tell one disclosure of a site from another; rows of tables are told by their columns.
        own = f"{urlsplit(harvest.page.url).path}#{part['heading']}"
        harvest.records.append(self._record(part, first, harvest.page, own, part["text"] or None))
        harvest.records += [self._record(part, row, harvest.page) for row in others]
        for link in part["files"] if self.source.walk["files"] != "link" else []:
            if link["url"] not in self._asked and self._here(harvest, link):
                yield self._ask_file(part, link)

    def _rows(self, part: Part) -> list[PageRow]:
        """The section's first pairs (or nothing but its text) with its files' names, then its other rows."""
        first, *others = part["rows"] or [
            PageRow(fields={}, place=part["place"], id=None, title=None, rows=1, links=[]),
        ]  # fmt: skip
        if part["files"]:
            names = "；".join(link["title"] for link in part["files"])
            first = {**first, "fields": {**first["fields"], FILES: names}}
        return [first, *others]

    def _record(
        self, part: Part, row: PageRow, page: Seen, own_key: str | None = None, text: str | None = None
    ) -> dict[str, Any]:
        (kind,) = part["kinds"]
        title = " ".join(dict.fromkeys(words for words in (part["heading"], row["title"]) if words))
        made = record_of(
            self.source, kind, page, row, self.company, title=title or None, text=text, own_key=own_key
        )  # fmt: skip
        made["published_at"] = made["published_at"] or part["published"]
        return made

    def _untold(self, harvest: Harvest, part: Part) -> None:
        """Words of no kind, or of several: nothing is stored, and nothing is called absent any more."""
        told = f"words of {', '.join(part['kinds'])}" if part["kinds"] else "no words of any kind"
        words = f"section {part['heading']!r} has {told}"
        self.walk.bad.append(Look("unreadable", harvest.page, words))
        code = "kind-ambiguous" if part["kinds"] else "kind-unknown"
        words = f"{words}; make the words of kinds tell it, or add it to ignore of {self.source.name}"
        harvest.issues.append(issue(harvest.page, "warning", code, words, part["place"], part["text"]))

    # -- links ----------------------------------------------------------------------------------------------------

    def _follow(self, harvest: Harvest, links: list[Link], depth: int) -> Yield:
        for link in links:
            if link["url"] in self._asked or not self._here(harvest, link):
                continue
            if depth >= self.source.walk["depth"] or len(self._asked) >= self.source.walk["max_pages"]:
                self._too_far(harvest, link)
                return
            yield self._ask(link["url"], depth + 1, self._bad)

    def _here(self, harvest: Harvest, link: Link) -> bool:
        """Whether a link stays on the source's hosts; one that leads away is said, not followed."""
        parts = urlsplit(link["url"])
        if parts.netloc in self.source.hosts or parts.hostname in self.source.hosts:
            return True
        self._asked.add(link["url"])
        words = f"{link['title'] or 'a link'} leads to {parts.netloc}, which is no host of this source; not followed"
        harvest.issues.append(issue(harvest.page, "info", "link-elsewhere", words, None, link["url"]))
        return False

    def _too_far(self, harvest: Harvest, link: Link) -> None:
        words = f"further pages were not asked ({link['title']} …): depth or max_pages is reached"
        self.walk.bad.append(Look("unreadable", harvest.page, words))
        words = f"{words}; raise it or narrow follow"
        harvest.issues.append(issue(harvest.page, "warning", "site-too-large", words, None, link["url"]))

    # -- files ----------------------------------------------------------------------------------------------------

    def _ask_file(self, part: Part, link: Link) -> Any:
        self._asked.add(link["url"])
        self._open += 1
        params = {"required": [], "filename": link["title"]}
        return self.ask(
            link["url"], self.parse_file, lambda look: self._bad_file(link, look), params, part=part, link=link
        )

    def parse_file(self, response: Response, page: AttachmentPage, part: Part, link: Link) -> Yield:
        """Callback of a file: kept as evidence, its tables read where the source says so."""
        seen = self.seen(response)
        if self.source.walk["files"] == "read":
            if page.problem:
                yield from self._bad_file(link, Look("unreadable", seen, page.problem))
                return
            harvest = Harvest(seen, issues=issues_of(seen, page.issues))
            harvest.records += [self._record(part, row, seen) for row in page.rows]
            yield harvest
        self._closed()

    def _bad_file(self, link: Link, look: Look) -> Yield:
        words = f"file {link['title']}: {look.reason}; its name stays on record, read it by hand"
        self._closed()
        yield Harvest(look.page, issues=[issue(look.page, "warning", "attachment-bad", words)])
