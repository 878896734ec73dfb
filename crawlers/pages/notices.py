"""One notice of a bureau: its title and day, its tables, its text, its attachments."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs, urlsplit

from lxml import html as lxml_html

from crawlers.days import day
from crawlers.filenames import of_address
from crawlers.pages.attachments import Tables
from crawlers.pages.base import PageRow, SourcePage, first_number
from crawlers.pages.fields import cached, field, select
from crawlers.pages.noticelists import NoticeLink, address_of
from crawlers.readers import ReadIssue
from crawlers.readers.folding import fold, stated_count
from crawlers.readers.html import grids, page_text, page_title
from crawlers.readers.signature import kind_of

TEXTUAL = ("html", "text", "json", "csv", "unknown")
"""Kinds of bytes that may be a page; all others are files."""
EMBEDDING = ("iframe", "embed", "object")
"""Elements that show a file."""


class NoticePage(SourcePage):
    """``params``: body, published, required, attachments, attached_in, hidden (see ``walks.NoticeKindSchema``)."""

    @cached_property
    def _body(self) -> lxml_html.HtmlElement | None:
        return next(iter(select(self.params["body"], self.tree)), None)

    @cached_property
    def _tables(self) -> Tables:
        return Tables(grids(self._body) if self._body is not None else [], self.params["required"])

    @cached
    def is_file(self) -> bool:
        """Whether the address gave a file instead of a page: then it is its own attachment."""
        return kind_of(self.response.body, content_type=self.content_type) not in TEXTUAL

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
        """Files that the notice links to or shows; the name is the link's text, else the address's last part."""
        found: dict[str, NoticeLink] = {}
        for address, name in self._files:
            if (url := self.address(address)) is not None:
                found.setdefault(url, NoticeLink(title=name or of_address(url), url=url, date=None))
        return list(found.values())

    @property
    def broken(self) -> list[dict[str, Any]]:
        """Files that are linked to no address, as issues."""
        words = "the link to a file leads to no address; look at the notice by hand and import the file"
        lost = [address for address, _ in self._files if self.address(address) is None]
        return [ReadIssue("warning", "link-broken", words, None, address[:500]).row() for address in lost]

    @cached_property
    def _files(self) -> list[tuple[str, str]]:
        """Address and name of every link to a file."""
        nodes = (node for scope in self._scopes for node in scope.iter("a", *EMBEDDING))
        wanted = self.params["attachments"]
        linked = (self._linked(node) for node in nodes)
        return [(a, name) for a, name in linked if a and any(re.search(wanted, told) for told in (a, name))]

    @property
    def _scopes(self) -> list[lxml_html.HtmlElement]:
        """Where attachments are looked for: the notice's text, or what the source says."""
        if within := self.params.get("attached_in"):
            return select(within, self.tree)
        return [self._body] if self._body is not None else []

    def _linked(self, node: lxml_html.HtmlElement) -> tuple[str, str]:
        """Address and name of a link, or of a file shown in the page itself."""
        if node.tag == "a":
            return address_of(self.params.get("hidden"), node), fold(node.get("title") or node.text_content())
        shown = (node.get("src") or node.get("data") or "").strip()
        # A viewer of PDF files is given the file in its query.
        return next(iter(parse_qs(urlsplit(shown).query).get("file", [])), shown), ""

    @field
    def issues(self) -> list[dict[str, Any]]:
        """What of the tables could not be read, and files that are linked to no address."""
        return self._tables.issues + self.broken
