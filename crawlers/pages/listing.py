"""A list in pages: its table found by selector, rows with their ids, the pages and total it states."""

from __future__ import annotations

import re
from functools import cached_property

from crawlers.pages.base import PageRow, SourcePage, first_group, first_number
from crawlers.pages.fields import cached, field, select
from crawlers.readers import Grid
from crawlers.readers.folding import fold
from crawlers.readers.html import grids
from crawlers.tables import Table, records

_SCRIPT_TAGS = re.compile(r"<(?!/?script)[^>]*>")


class ListPage(SourcePage):
    """``params``: table (CSS), header, required, id, pages, total (see ``walks.PagedSchema``)."""

    @cached_property
    def _grids(self) -> list[Grid]:
        wanted = set(select(self.params["table"], self.tree))
        tables = list(self.tree.iter("table"))
        places = {f"table {number}" for number, table in enumerate(tables, 1) if table in wanted}
        return [grid for grid in grids(self.tree) if grid.place in places]

    @cached_property
    def _tables(self) -> list[tuple[Grid, Table]]:
        return [(grid, self._read(grid)) for grid in self._grids]

    def _read(self, grid: Grid) -> Table:
        header = self.params.get("header") or []
        required = self.params.get("required") or header
        return records(grid, names=header, required=required)

    @field
    def problem(self) -> str | None:
        """Why this is not the list that the source describes; None where it is."""
        if not self._grids:
            return f"layout changed: {self.params['table']} finds no table"
        if all(table.header is None for _, table in self._tables):
            wanted = ", ".join(self.params.get("required") or [])
            return f"layout changed: the list's table lacks the columns {wanted}"
        if self.params.get("id") and any(row["id"] is None for row in self.rows):
            return "layout changed: rows without the id that leads to their page"
        if self.pages is None:
            return "layout changed: the number of pages is not stated where it was"
        return None

    @cached
    def rows(self) -> list[PageRow]:
        """The rows of every table found, in page order."""
        return [row for grid, table in self._tables for row in self._rows(grid, table)]

    def _rows(self, grid: Grid, table: Table) -> list[PageRow]:
        links: dict[int, list[str]] = {}
        for link in grid.links:
            links.setdefault(link.row, []).extend(filter(None, (link.href, link.onclick)))
        return [
            PageRow(
                fields=record.fields, place=record.place, title=None, rows=record.rows,
                id=self._id(grid, record.index, links.get(record.index, [])),
                links=[url for link in links.get(record.index, []) if "(" not in link and (url := self.address(link))],
            )
            for record in table.records
        ]  # fmt: skip

    def _id(self, grid: Grid, index: int, links: list[str]) -> str | None:
        attributes = grid.row_attributes[index] if index < len(grid.row_attributes) else {}
        handlers = [attributes[name] for name in ("onclick", "data-id") if name in attributes]
        for text in [*handlers, *links]:
            if found := first_group(self.params.get("id"), text):
                return found
        return None

    @cached
    def pages(self) -> int | None:
        """Pages as the page or its script states them."""
        return first_number(self.params["pages"], self._text)

    @cached
    def total(self) -> int | None:
        """Items in all, where the page states it."""
        return first_number(self.params.get("total"), self._text)

    @cached_property
    def _text(self) -> str:
        """Text and scripts, without tags between words (``共<b>12</b>页``)."""
        return fold(_SCRIPT_TAGS.sub("", self.markup).replace("&nbsp;", " "))
