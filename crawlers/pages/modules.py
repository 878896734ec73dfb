"""Modules of an enterprise: rows as data, or as an HTML table with links."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from crawlers.pages.base import PageRow, SourcePage, first_number
from crawlers.pages.fields import cached, field
from crawlers.pages.jsonrows import JsonRowsPage
from crawlers.readers import Grid, ReadIssue
from crawlers.readers.folding import fold
from crawlers.readers.html import grids, page_text
from crawlers.tables import Table, records

__all__ = ["JsonRowsPage", "TableRowsPage"]


class TableRowsPage(SourcePage):
    """``params``: required (headers of the table), nothing (what the page says where there is nothing).

    Further: total_text and pages_text, expressions over the page's text.
    """

    @cached_property
    def _table(self) -> tuple[Grid, Table] | None:
        for grid in grids(self.tree):
            table = records(grid, required=self.params["required"])
            if table.header is not None:
                return grid, table
        return None

    @field
    def problem(self) -> str | None:
        """The table is not there and the page does not say that there is nothing."""
        if self._table is not None or re.search(self.params["nothing"], page_text(self.tree)):
            return None
        return f"layout changed: no table with {', '.join(self.params['required'])}"

    @cached
    def rows(self) -> list[PageRow]:
        """The table's rows; a cell that is only a link to a file holds its address beside the text."""
        if self._table is None:
            return []
        grid, table = self._table
        links: dict[int, list[str]] = {}
        for link in grid.links:
            if _leads(link.href) and (url := self.address(link.href)) is not None:
                links.setdefault(link.row, []).append(url)
        return [
            PageRow(fields=r.fields, place=r.place, id=None, title=r.title, rows=r.rows, links=links.get(r.index, []))
            for r in table.records
            if not self._is_nothing(r.fields)
        ]

    def _is_nothing(self, fields: dict[str, str]) -> bool:
        """Whether a row is one sentence over all columns (暂无数据); a word 无附件 in one cell is no such row."""
        said = {text for text in fields.values() if text}
        return len(said) == 1 and re.search(self.params["nothing"], said.pop()) is not None

    @field
    def issues(self) -> list[dict[str, Any]]:
        """What of the table could not be read, and files that are linked to no address."""
        if self._table is None:
            return []
        grid, table = self._table
        broken = [link for link in grid.links if _leads(link.href) and self.address(link.href) is None]
        words = "the link leads to no address; its row stays on record, look at the page by hand"
        found = [
            ReadIssue("warning", "link-broken", words, grid.place_of(link.row), link.href[:500]) for link in broken
        ]
        return [issue.row() for issue in (*table.issues, *found)]

    @field
    def seen(self) -> int:
        """Rows of the table."""
        return sum(row["rows"] for row in self.rows)

    @field
    def total(self) -> int | None:
        """Rows in all, where the page states them."""
        return first_number(self.params.get("total_text"), fold(page_text(self.tree)))

    @field
    def pages(self) -> int | None:
        """Pages in all, as the pager states them (``1/12页``)."""
        return first_number(self.params.get("pages_text"), fold(page_text(self.tree)))


def _leads(href: str) -> bool:
    return bool(href) and not href.startswith(("#", "javascript:"))
