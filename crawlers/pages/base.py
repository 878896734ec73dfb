"""What all page objects share: the parsed tree of their answer and the facts of the source."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypedDict

from lxml import html as lxml_html
from web_poet import HttpResponse, ItemPage, PageParams

from crawlers.readers import html

if TYPE_CHECKING:
    Params = dict[str, Any]
else:
    # The class itself, not a parametrised one, is what dependencies are matched by.
    Params = PageParams


class PageRow(TypedDict):
    """One row: the site's own headers and texts, where it stands, its id for what follows, its links."""

    fields: dict[str, str]
    place: str
    id: str | None
    title: str | None
    rows: int
    links: list[str]


class SourcePage(ItemPage[dict[str, Any]]):
    """A page of a source; ``params`` is the part of ``walk:`` that describes it."""

    def __init__(self, response: HttpResponse, params: Params) -> None:
        self.response, self.params = response, params

    @cached_property
    def content_type(self) -> str:
        """The header, for readers that must choose by it."""
        return self.response.headers.get("Content-Type") or ""

    @cached_property
    def read(self) -> html.Parsed | None:
        """The answer as a tree with how it was decoded; None where it holds no element at all."""
        return html.decoded(self.response.body, self.content_type)

    @cached_property
    def tree(self) -> lxml_html.HtmlElement:
        """The answer as an lxml tree (gbk and gb2312 read as gb18030)."""
        return self.read.tree if self.read else html.parse(b"")

    @cached_property
    def markup(self) -> str:
        """The answer as text, scripts included."""
        return self.read.source.text if self.read else ""

    def address(self, link: str) -> str | None:
        """A link of this page as an absolute address; None where it is none (``http://[::1``)."""
        try:
            return str(self.response.urljoin(link))
        except ValueError:
            return None


def first_number(expression: str | None, text: str) -> int | None:
    """The number in the first group that matched, None where nothing did."""
    found = first_group(expression, text)
    return int(found) if found and found.isdecimal() else None


def first_group(expression: str | None, text: str) -> str | None:
    """The first group of a match that holds something."""
    match = re.search(expression, text) if expression else None
    return next((group for group in match.groups() if group), None) if match else None
