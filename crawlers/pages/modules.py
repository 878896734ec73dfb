"""Modules of an enterprise: rows as JSON, or as an HTML table with links."""

from __future__ import annotations

import json
import re
from functools import cached_property
from typing import Any

from crawlers.pages.base import PageRow, SourcePage
from crawlers.pages.fields import cached, field
from crawlers.readers import Grid
from crawlers.readers.encodings import decode
from crawlers.readers.folding import fold
from crawlers.readers.html import grids, page_text
from crawlers.tables import Table, records


class JsonRowsPage(SourcePage):
    """``params``: rows, total (keys; a bare list needs neither), required (keys each row must hold)."""

    @cached_property
    def _data(self) -> Any:
        try:
            return json.loads(decode(self.response.body, self.content_type).text)
        except ValueError:
            return None

    @field
    def problem(self) -> str | None:
        """Why these are not the rows that the source describes; None where they are."""
        if self._data is None:
            return "layout changed: the answer is no JSON"
        if not self._is_list:
            return f"layout changed: JSON without a list {self.params.get('rows')}"
        if isinstance(self._data, dict) and self.total is None:
            return f"layout changed: JSON without a number {self.params.get('total')}"
        missing = [key for key in self.params.get("required") or [] if any(key not in row for row in self._list)]
        return f"layout changed: rows without {', '.join(missing)}" if missing else None

    @cached_property
    def _list(self) -> Any:
        if isinstance(self._data, dict):
            return self._data.get(self.params.get("rows"))
        return self._data

    @property
    def _is_list(self) -> bool:
        return isinstance(self._list, list) and all(isinstance(row, dict) for row in self._list)

    @cached
    def rows(self) -> list[PageRow]:
        """Rows with their keys as headers; null and ``"null"`` are empty, nested values JSON text."""
        name = self.params.get("rows") if isinstance(self._data, dict) else "rows"
        return [
            PageRow(fields=_texts(row), place=f"{name}[{number}]", id=None, title=None, rows=1, links=[])
            for number, row in enumerate(self._list if self._is_list else [])
        ]

    @cached
    def total(self) -> int | None:
        """Rows in all as stated; of a bare list its length."""
        if isinstance(self._data, list):
            return len(self._data)
        value = self._data.get(self.params.get("total")) if isinstance(self._data, dict) else None
        return int(value) if isinstance(value, int | str) and str(value).isdecimal() else None


def _texts(row: dict[str, Any]) -> dict[str, str]:
    return {key: _text(value) for key, value in row.items()}


def _text(value: Any) -> str:
    if isinstance(value, str):
        return "" if value == "null" else fold(value)
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False)


class TableRowsPage(SourcePage):
    """``params``: required (headers of the table), nothing (what the page says where there is nothing)."""

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
            if link.href and not link.href.startswith(("#", "javascript:")):
                links.setdefault(link.row, []).append(self.absolute(link.href))
        return [
            PageRow(fields=r.fields, place=r.place, id=None, title=r.title, rows=r.rows, links=links.get(r.index, []))
            for r in table.records
            if not re.search(self.params["nothing"], "".join(r.fields.values()))
        ]

    @field
    def total(self) -> int | None:
        """Such tables state no total."""
        return None
