"""What a run brought, counted for its floors and its history: rows a kind, filled cells a column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

COLUMNS = 300
"""Most columns counted of a kind beside the watched ones: headers that are dates or names have no end."""
Cells = list[int]
"""Of a column the rows that have it, and those that fill it."""


class Counts:
    """``rows[kind]``; ``cells[kind][column]``, the ``watched`` columns of a kind among them where any row has one."""

    def __init__(self, watched: Mapping[str, Iterable[str]]) -> None:
        self.watched = {kind: frozenset(columns) for kind, columns in watched.items()}
        self.rows: Counter[str] = Counter()
        self.cells: dict[str, dict[str, Cells]] = {}

    def add(self, record: Mapping[str, Any]) -> None:
        """Count one record with the rows merged into it."""
        kind, rows = record["kind"], record["rows"]
        self.rows[kind] += rows
        cells = self.cells.setdefault(kind, {})
        for column, value in record["fields"].items():
            counted = cells.get(column)
            if counted is None:
                if len(cells) >= COLUMNS and column not in self.watched.get(kind, ()):
                    continue
                counted = cells[column] = [0, 0]
            counted[0] += rows
            if value:
                counted[1] += rows

    def of(self, kind: str, column: str) -> tuple[int, int]:
        """Rows of a kind that have the column, and that fill it."""
        carried, filled = self.cells.get(kind, {}).get(column, (0, 0))
        return carried, filled

    def told(self) -> dict[str, Any]:
        """As run.json keeps it for later runs: ``{rows: {kind: n}, fill: {kind: {column: filled}}}``."""
        fill = {kind: {column: cell[1] for column, cell in cells.items()} for kind, cells in self.cells.items()}
        return {"rows": dict(self.rows), "fill": fill}
