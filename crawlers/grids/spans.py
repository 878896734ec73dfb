"""Rows of cells with spans laid out on a rectangle: every covered place carries the cell's text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Cell(NamedTuple, Generic[T]):
    """A cell as a table's source states it; spans count rows and columns, 0 means to the end (HTML)."""

    value: T
    rowspan: int = 1
    colspan: int = 1


def layout(rows: Iterable[Sequence[Cell[T]]], empty: T, limit: int = 2_000) -> list[list[T]]:
    """Fill spans as HTML does: a rowspan beyond the table ends with it, places nobody covers are ``empty``.

    Every row of the result has the same length. Spans above ``limit`` are cut to it.
    """
    source = list(rows)
    filled: list[dict[int, T]] = [{} for _ in source]
    for index, cells in enumerate(source):
        column = 0
        for cell in cells:
            while column in filled[index]:
                column += 1
            column = _place(filled, index, column, cell, limit)
    width = max((max(row, default=-1) + 1 for row in filled), default=0)
    return [[row.get(column, empty) for column in range(width)] for row in filled]


def _place(filled: list[dict[int, T]], index: int, column: int, cell: Cell[T], limit: int) -> int:
    height = min(cell.rowspan if cell.rowspan > 0 else len(filled), limit, len(filled) - index)
    width = min(max(cell.colspan, 1), limit)
    for row in filled[index : index + height]:
        for offset in range(width):
            row.setdefault(column + offset, cell.value)
    return column + width


def fill(rows: list[list[str]], merged: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Copy the top left text of each merged range ((row, column), (row, column), both ends included) over its range."""
    for (top, left), (bottom, right) in merged:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        value = rows[top][left]
        for row in rows[top : bottom + 1]:
            row[left : right + 1] = [value] * (min(right + 1, len(row)) - left)
