"""Notices of a bureau: the list with its paging, one notice with its tables and attachments, one attachment."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any, TypedDict
from urllib.parse import unquote, urlsplit

from lxml import html as lxml_html

from crawlers.days import day
from crawlers.pages.base import PageRow, SourcePage, first_number
from crawlers.pages.fields import cached, field, select
from crawlers.readers import Document, Grid, read
from crawlers.readers.folding import fold, stated_count
from crawlers.readers.html import grids, page_text, page_title
from crawlers.tables import Table, records


class NoticeLink(TypedDict):
    """One line of a list of notices."""

    title: str
    url: str
    date: str | None


class NoticeListPage(SourcePage):
    """``params``: items, date, pages (see ``walks.NoticeListSchema``)."""

    @field
    def problem(self) -> str | None:
        """Why this is not the list that the source describes; None where it is."""
        if not self.items:
            return f"layout changed: {self.params['items']} finds no notice"
        return None

    @cached
    def items(self) -> list[NoticeLink]:
        """Every notice of the page; a cut title is taken whole from its ``title`` attribute."""
        found = []
        for node in select(self.params["items"], self.tree):
            link = node if node.tag == "a" else next(node.iter("a"), None)
            if link is not None and (href := link.get("href")) and not href.startswith(("#", "javascript:")):
                found.append(self._item(node, link, href))
        return found

    def _item(self, node: lxml_html.HtmlElement, link: lxml_html.HtmlElement, href: str) -> NoticeLink:
        title = fold(link.get("title") or link.text_content())
        around = fold((node.getparent() if node is link and node.getparent() is not None else node).text_content())
        dated = re.search(self.params["date"], around)
        return NoticeLink(title=title, url=self.absolute(href), date=day(dated.group()) if dated else None)

    @cached
    def pages(self) -> int | None:
        """Pages as the paging script states them; None where none does (a list of one page)."""
        return first_number(self.params["pages"], self.markup)


class _Tables:
    """The records of a document's grids under the headers asked for."""

    def __init__(self, found: list[Grid], required: list[str]) -> None:
        self.found = found
        self.read: list[Table] = [records(grid, required=required) for grid in found]

    @property
    def rows(self) -> list[PageRow]:
        return [
            PageRow(fields=r.fields, place=r.place, id=None, title=r.title, rows=r.rows, links=[])
            for table in self.read if table.header is not None
            for r in table.records
        ]  # fmt: skip

    @property
    def known(self) -> bool:
        """Whether any grid holds the required headers, with or without rows (a list of no one is a list)."""
        return any(table.header is not None for table in self.read)

    @property
    def stated(self) -> int | None:
        counts = [t.stated_count for t in self.read if t.header is not None]
        known = [count for count in counts if count is not None]
        return sum(known) if known and len(known) == len(counts) else None

    @property
    def issues(self) -> list[dict[str, Any]]:
        return [issue.row() for table in self.read if table.header is not None for issue in table.issues]


class NoticePage(SourcePage):
    """``params``: body, published, required, attachments (see ``walks.NoticeKindSchema``)."""

    @cached_property
    def _body(self) -> lxml_html.HtmlElement | None:
        return next(iter(select(self.params["body"], self.tree)), None)

    @cached_property
    def _tables(self) -> _Tables:
        return _Tables(grids(self._body) if self._body is not None else [], self.params["required"])

    @field
    def problem(self) -> str | None:
        """Why this is no notice; None where it is one."""
        return None if self._body is not None else f"layout changed: {self.params['body']} finds no text"

    @cached
    def title(self) -> str | None:
        """``meta name="ArticleTitle"``, else the heading."""
        named = self.tree.xpath('string(//meta[@name="ArticleTitle"]/@content)')
        return fold(str(named)) or page_title(self.tree)

    @field
    def published(self) -> str | None:
        """The day the page states, by the source's expression or ``meta name="PubDate"``."""
        named = self.tree.xpath('string(//meta[@name="PubDate" or @name="publishdate"]/@content)')
        found = re.search(self.params["published"], page_text(self.tree)) if self.params.get("published") else None
        return day(str(named)) or (day(found.group()) if found else None)

    @cached
    def rows(self) -> list[PageRow]:
        """Records of every table that holds the required headers."""
        return self._tables.rows

    @field
    def stated(self) -> int | None:
        """The sum of the counts in the tables' headings, where every table states one; else the count in the text."""
        return self._tables.stated if self.rows else None

    @field
    def total_in_text(self) -> int | None:
        """The count that the notice's text states (``共251家``), for its attachments."""
        return first_number(r"共(?:计)?\s*(\d+)\s*[家个户]", self.text) or stated_count(self.text)

    @cached
    def text(self) -> str:
        """The notice's text."""
        return page_text(self._body) if self._body is not None else ""

    @cached
    def attachments(self) -> list[NoticeLink]:
        """Files that the notice links to; the name is the link's text, else the address's last part."""
        found: dict[str, NoticeLink] = {}
        for link in self._body.iter("a") if self._body is not None else ():
            href, name = link.get("href") or "", fold(link.get("title") or link.text_content())
            if re.search(self.params["attachments"], href) or re.search(self.params["attachments"], name):
                url = self.absolute(href)
                found[url] = NoticeLink(
                    title=name or PurePosixPath(unquote(urlsplit(url).path)).name, url=url, date=None
                )
        return list(found.values())

    @field
    def issues(self) -> list[dict[str, Any]]:
        """What of the tables could not be read."""
        return self._tables.issues


class AttachmentPage(SourcePage):
    """A file of a notice through the readers. ``params``: required, filename."""

    @cached_property
    def _document(self) -> Document:
        return read(self.response.body, filename=self.params.get("filename") or "", content_type=self.content_type)

    @cached_property
    def _tables(self) -> _Tables:
        return _Tables(self._document.grids, self.params["required"])

    @field
    def problem(self) -> str | None:
        """Why nothing can be drawn from the file; None where rows were read or it holds no table."""
        if not self._document.readable:
            return next(issue.message for issue in self._document.issues if issue.code == "unreadable")
        if self._document.grids and not self._tables.known:
            return f"layout changed: no table with {', '.join(self.params['required'])}"
        return None if self._document.grids else "no table in the file"

    @cached
    def rows(self) -> list[PageRow]:
        """Records of every table that holds the required headers."""
        return self._tables.rows

    @field
    def stated(self) -> int | None:
        """The count that headings or notes of the tables state."""
        return self._tables.stated

    @field
    def text(self) -> str:
        """Free text of the file."""
        return self._document.text

    @field
    def issues(self) -> list[dict[str, Any]]:
        """What could not be read, of the file and of its tables."""
        return [*(issue.row() for issue in self._document.issues), *self._tables.issues]
