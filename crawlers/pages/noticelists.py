"""A list of notices in any CMS: HTML lines, a JSON answer, 大汉's datastore; its paging and the total it states."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any, TypedDict

from lxml import html as lxml_html

from crawlers.days import day
from crawlers.pages.base import SourcePage, first_number
from crawlers.pages.fields import cached, field, select
from crawlers.readers import html
from crawlers.readers.encodings import decode
from crawlers.readers.folding import fold
from crawlers.subjects import choose, filled

_RECORD = re.compile(r"<record>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</record>", re.DOTALL)
_NOWHERE = re.compile(r"(?:#.*|javascript:.*|about:.*)?\s*", re.IGNORECASE | re.DOTALL)


class NoticeLink(TypedDict):
    """One line of a list of notices, or one attachment of a notice."""

    title: str
    url: str
    date: str | None


class NoticeListPage(SourcePage):
    """``params``: via, items, hidden, rows, title, link, day, date, pages, total, second, may_end (see the walk)."""

    @field
    def problem(self) -> str | None:
        """Why this is not the list that the source describes; None where it is."""
        if self._is_json and not isinstance(self._rows, list):
            return f"layout changed: no JSON with a list {self.params['rows']}"
        if not self._lines:
            if self.params.get("may_end") or self.total == 0:
                return None
            return f"layout changed: {self._sought} finds no notice"
        if self.pages is None and self.total is None and self._links_second:
            return "layout changed: the number of pages is not stated where it was, but a second page is linked"
        return None

    @property
    def _is_json(self) -> bool:
        return bool(self.params.get("via") == "json")

    @property
    def _sought(self) -> str:
        return str(self.params["rows"] if self._is_json else self.params["items"])

    @property
    def _links_second(self) -> bool:
        second = self.params.get("second")
        return bool(second) and any(str(second) in (node.get("href") or "") for node in self.tree.iter("a"))

    @cached_property
    def _lines(self) -> list[NoticeLink]:
        if self._is_json:
            return list(self._of_json(self._rows if isinstance(self._rows, list) else []))
        if self.params.get("via") == "datastore":
            return [line for text in _RECORD.findall(self.markup) for line in self._of_html(_piece(text))]
        return list(self._of_html(self.tree))

    @cached
    def items(self) -> list[NoticeLink]:
        """Every notice of the page; a cut title is taken whole from its ``title`` attribute."""
        return [line for line in self._lines if line["url"]]

    @field
    def lost(self) -> list[str]:
        """Titles of lines whose address stands neither in a link nor where the source says."""
        return [line["title"] for line in self._lines if not line["url"]]

    # -- HTML -----------------------------------------------------------------------------------------------------

    def _of_html(self, tree: lxml_html.HtmlElement) -> Iterator[NoticeLink]:
        for node in select(self.params["items"], tree):
            link = node if node.tag == "a" else next(node.iter("a"), node)
            title = fold(link.get("title") or link.text_content())
            dated = re.search(self.params["date"], fold(_line(node, link)))
            address = address_of(self.params.get("hidden"), node, link)
            if title:
                url = (self.address(address) or "") if address else ""
                yield NoticeLink(title=title, url=url, date=day(dated.group()) if dated else None)

    # -- JSON -----------------------------------------------------------------------------------------------------

    @cached_property
    def _rows(self) -> Any:
        try:
            value = json.loads(decode(self.response.body, self.content_type).text)
        except (ValueError, RecursionError):
            return None
        for key in self.params["rows"].split("."):
            value = value.get(key) if isinstance(value, dict) else None
        return value

    def _of_json(self, rows: list[Any]) -> Iterator[NoticeLink]:
        for row in rows:
            if isinstance(row, str):
                yield from self._of_html(_piece(row))
            elif isinstance(row, dict):
                yield self._of_object({key: _text(value) for key, value in row.items()})

    def _of_object(self, row: dict[str, str]) -> NoticeLink:
        address = filled(self.params["link"], row) if all(row.get(key) for key in _keys(self.params["link"])) else ""
        title = choose(row, self.params["title"]) or ""
        plain = str(_piece(title).text_content()) if "<" in title else title
        return NoticeLink(
            title=fold(plain),
            url=(self.address(address) or "") if address else "",
            date=day(choose(row, self.params["day"])),
        )

    # -- paging ---------------------------------------------------------------------------------------------------

    @cached
    def pages(self) -> int | None:
        """Pages as the paging script states them; None where none does (a list of one page)."""
        return first_number(self.params["pages"], self.markup)

    @cached
    def total(self) -> int | None:
        """Lines in all, where the list states them."""
        return first_number(self.params.get("total"), self.markup)


def _line(node: lxml_html.HtmlElement, link: lxml_html.HtmlElement) -> str:
    """The text of a line; of a bare link that of its parent, where that holds no other, else what follows it."""
    parent = link.getparent()
    if node is not link or parent is None:
        return str(node.text_content())
    if sum(1 for _ in parent.iter("a")) == 1:
        return str(parent.text_content())
    parts = [str(link.text_content()), link.tail or ""]
    for sibling in link.itersiblings():
        if sibling.tag == "a" or next(sibling.iter("a"), None) is not None:
            break
        parts += [str(sibling.text_content()), sibling.tail or ""]
    return " ".join(parts)


def address_of(hidden: dict[str, str] | None, *nodes: lxml_html.HtmlElement) -> str:
    """A link's address: by the source's ``hidden`` out of handlers and attributes, else its ``href``; "" where none."""
    if hidden is not None:
        told = [value for node in nodes for name in ("onclick", "href", "id", "data-id") if (value := node.get(name))]
        told += [lxml_html.tostring(node, encoding="unicode") for node in nodes]
        for text in told:
            if found := re.search(hidden["match"], text):
                groups = {str(number): group or "" for number, group in enumerate(found.groups(), 1)}
                return filled(hidden["url"], {"id": groups["1"], **groups})
    href = next((value for node in nodes if (value := node.get("href"))), "").strip()
    return "" if _NOWHERE.fullmatch(href) else href


def _piece(text: str) -> lxml_html.HtmlElement:
    """A piece of HTML as a tree."""
    return html.parse(f"<div>{text}</div>".encode("utf-8", "replace"), "text/html;charset=utf-8")


def _text(value: Any) -> str:
    """A value of a line as text: null is empty, a number as JSON writes it."""
    return value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False)


def _keys(template: str) -> list[str]:
    return re.findall(r"\{([^{}]+)\}", template)
