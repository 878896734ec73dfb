"""One page of an enterprise's own site: its sections with their kinds, pairs, tables, files and stated days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any, TypedDict
from urllib.parse import urldefrag, urlsplit

from crawlers.days import day
from crawlers.pages.base import PageRow, SourcePage
from crawlers.pages.fields import cached, field
from crawlers.readers import ReadIssue
from crawlers.readers.document import Grid
from crawlers.readers.element import Element
from crawlers.readers.encodings import unquoted
from crawlers.readers.folding import fold
from crawlers.readers.freeform import grouped
from crawlers.readers.html import TOO_DEEP, Pairs, grids, page_title, pairs
from crawlers.readers.sections import Section, sections
from crawlers.tables import Table, records

_PAIR = re.compile(
    r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*)?"
    r"(?P<key>[^\s：:；;，,。“”]{2,16}(?:[（(][^）)]{1,15}[）)])?)\s*[：:]\s*\S"
)
_LEADS_ON = re.compile("如下|以下|下列")
LEAST = 60
"""Letters of free text from which a section says something by itself."""


class Link(TypedDict):
    """A link: its words and where it leads."""

    title: str
    url: str


class Part(TypedDict):
    """One section: every kind that its heading's words tell (one, or it cannot be said), what is read of it."""

    heading: str | None
    kinds: list[str]
    place: str
    text: str
    published: str | None
    rows: list[PageRow]
    files: list[Link]


class OwnPage(SourcePage):
    """``params``: kinds, body, ignore, follow, without, published, attachments (see ``walks.OwnSiteWalk``)."""

    @field
    def problem(self) -> str | None:
        """Why nothing can be read of this page, or not all of it; None where all of it can."""
        if self.read and any(issue.code == "page-too-deep" for issue in self.read.source.issues):
            return TOO_DEEP
        if self.parts or any(section.links or section.lines for section in self._sections):
            return None
        return "no visible text: the page is built by scripts or is a picture"

    @cached
    def title(self) -> str | None:
        """The page's heading, else its title."""
        return page_title(self.tree)

    @cached_property
    def _sections(self) -> list[Section]:
        return sections(self.tree, lambda line: bool(self._kinds(line)) or self._ignored(line), self.params["body"])

    def _kinds(self, words: str | None) -> list[str]:
        found = [spec["kind"] for spec in self.params["kinds"] if words and re.search(spec["words"], words)]
        return list(dict.fromkeys(found))

    def _ignored(self, words: str | None) -> bool:
        return bool(words and self.params["ignore"] and re.search(self.params["ignore"], words))

    @cached
    def parts(self) -> list[Part]:
        """The sections that say something and are not to be ignored, in page order."""
        found = []
        for number, section in enumerate(self._sections):
            words = section.heading or self.title
            if self._ignored(words):
                continue
            part = self._part(section, words, f"section {number}" if section.heading else "page")
            if self._says(section, part):
                found.append(part)
        return found

    def _part(self, section: Section, words: str | None, place: str) -> Part:
        rows = [*self._pairs(section, place), *self._tables(section, place)]
        return Part(
            heading=words, kinds=self._kinds(words), place=place, text=section.text,
            published=self._day(section.text) or self._only_day, rows=rows, files=self._files(section),
        )  # fmt: skip

    @staticmethod
    def _says(section: Section, part: Part) -> bool:
        told = bool(part["kinds"]) and bool(section.lines or section.tables or part["files"])
        return told or bool(section.tables) or len(part["text"]) >= LEAST

    def _pairs(self, section: Section, place: str) -> Iterator[PageRow]:
        for number, table in enumerate(section.tables, 1):
            for found in self._read(table)[0]:
                yield _row(found.fields, f"{place}, table {number}", None)
        lines = [line for line in section.lines if _is_pair(line)]
        for group in grouped(lines):
            yield _row(group.fields, f"{place}, lines", None)

    def _tables(self, section: Section, place: str) -> Iterator[PageRow]:
        for number, table in enumerate(section.tables, 1):
            for grid, read in self._read(table)[1]:
                for record in read.records:
                    where = record.place.removeprefix(grid.place)
                    yield _row(record.fields, f"{place}, table {number}{where}", record.title, record.rows)

    def _read(self, table: Element) -> tuple[list[Pairs], list[tuple[Grid, Table]]]:
        """What a table holds, read once: pairs, or else grids with their records."""
        known = self._known.get(table)
        if known is None:
            told = pairs(table)
            known = self._known[table] = told, [] if told else [(grid, records(grid)) for grid in grids(table)]
        return known

    @cached_property
    def _known(self) -> dict[Element, tuple[list[Pairs], list[tuple[Grid, Table]]]]:
        return {}

    @field
    def issues(self) -> list[dict[str, Any]]:
        """Rows of tables that could not be read."""
        found: list[dict[str, Any]] = []
        for section in self._sections:
            for table in section.tables if not self._ignored(section.heading) else []:
                found += [issue.row() for _, read in self._read(table)[1] for issue in read.issues]
            found += [_broken(text, href) for text, href in section.links if self._url(href) is None]
        return found

    def _url(self, href: str) -> str | None:
        """A link's absolute address without its fragment; None where it is no address."""
        url = self.address(href)
        return None if url is None else urldefrag(url).url

    def _files(self, section: Section) -> list[Link]:
        found: dict[str, Link] = {}
        for text, href in section.links:
            expression, url = self.params["attachments"], self._url(href)
            if url is not None and (re.search(expression, href) or re.search(expression, text)):
                name = text or PurePosixPath(unquoted(urlsplit(url).path)).name
                found.setdefault(url, Link(title=name, url=url))
        return list(found.values())

    # -- stated days ----------------------------------------------------------------------------------------------

    def _day(self, text: str) -> str | None:
        """The day that a text states; None where it states none, or several: which one counts would be a guess."""
        days = {day(match[1]) for match in re.finditer(self.params["published"], text)} - {None}
        return days.pop() if len(days) == 1 else None

    @cached_property
    def _only_day(self) -> str | None:
        return self._day("\n".join(section.text for section in self._sections))

    @field
    def published(self) -> str | None:
        """The one day that the whole page states."""
        return self._only_day

    # -- links ----------------------------------------------------------------------------------------------------

    @cached
    def links(self) -> list[Link]:
        """Links to pages whose words or address match, each once; files are those of their sections."""
        found: dict[str, Link] = {}
        for text, href in (link for section in self._sections for link in section.links):
            if href.startswith(("#", "javascript:", "mailto:", "tel:")) or re.search(self.params["attachments"], href):
                continue
            without, url = self.params["without"], self._url(href)
            wanted = re.search(self.params["follow"], f"{text} {href}") and not (without and re.search(without, text))
            if wanted and url is not None:
                found.setdefault(url, Link(title=text, url=url))
        return list(found.values())


def _broken(text: str, href: str) -> dict[str, Any]:
    words = f"the link {text[:60]!r} leads to no address; look at the page by hand"
    return ReadIssue("warning", "link-broken", words, None, href[:500]).row()


def _is_pair(line: str) -> bool:
    """``联系电话：…``: a short key at the line's start with a value behind it; 公示如下：… leads on and is none."""
    found = _PAIR.match(line)
    return found is not None and not _LEADS_ON.search(found["key"])


def _row(fields: dict[str, str], place: str, title: str | None, rows: int = 1) -> PageRow:
    named = {fold(name): value for name, value in fields.items()}
    return PageRow(fields=named, place=place, id=None, title=title, rows=rows, links=[])
