"""From a sheet's raw rows to a grid: merged cells filled, title rows above and notes below taken off, places kept."""

from __future__ import annotations

from collections.abc import Iterable

from crawlers.grids.spans import fill
from crawlers.readers.document import Document, Grid, ReadIssue
from crawlers.readers.folding import is_note, joined, stated_count

Range = tuple[tuple[int, int], tuple[int, int]]


def sheet_grid(
    rows: list[list[str]], place: str, *, first: int = 1, merged: Iterable[Range] = (), hidden: bool = False
) -> Grid:
    """A grid of a sheet whose first given row has the number ``first``.

    ``merged`` ranges are ((row, column), (row, column)) indexes into ``rows``, both ends included. Empty rows and
    columns at the edges go; a first row of one text over several columns is title, last rows of notes are notes.
    """
    ranges = list(merged)
    fill(rows, ranges)
    width = _used_width(rows)
    body = [row if len(row) == width else row[:width] + [""] * (width - len(row)) for row in rows]
    start, end = _edges(body)
    titles, start = _titles(body, start, end)
    notes, end = _notes(body, start, end)
    grid = Grid(body[start:end], place, title=" ".join(titles) or None, notes=notes, hidden=hidden)
    grid.places = [f"{place}, row {first + index}" for index in range(start, end)]
    wide = {top for (top, left), (_, right) in ranges if left == 0 and right >= width - 1 > 0}
    grid.merged = frozenset(row - start for row in wide if start <= row < end)
    grid.stated_count = next((n for line in [*titles, *notes] if (n := stated_count(line)) is not None), None)
    return grid


def hidden_parts(document: Document, place: str, rows: int, columns: int) -> None:
    """Report rows and columns that a person does not see in the sheet; they were read."""
    if rows or columns:
        message = f"{place} has {rows} hidden rows and {columns} hidden columns; they were read"
        document.issues.append(ReadIssue("warning", "hidden-cells", message, place))


def _used_width(rows: list[list[str]]) -> int:
    width = 0
    for row in rows:
        # From the right, so that a row costs no more than its empty end.
        last = len(row)
        while last > width and not row[last - 1]:
            last -= 1
        width = max(width, last)
    return width


def _edges(rows: list[list[str]]) -> tuple[int, int]:
    used = [index for index, row in enumerate(rows) if any(row)]
    return (used[0], used[-1] + 1) if used else (0, 0)


def _alone(row: list[str]) -> bool:
    """One text over several columns."""
    return len(row) > 1 and len({cell for cell in row if cell}) == 1


def _titles(rows: list[list[str]], start: int, end: int) -> tuple[list[str], int]:
    """Leading rows of one text each, where a row of several texts follows; a lone text that nothing follows stays."""
    index = start
    while index < end and (_alone(rows[index]) or not any(rows[index])):
        index += 1
    if index in (end, start):
        return [], start
    return [joined(row) for row in rows[start:index] if any(row)], index


def _notes(rows: list[list[str]], start: int, end: int) -> tuple[list[str], int]:
    index = end
    while index > start + 1 and (not any(rows[index - 1]) or is_note(joined(rows[index - 1]))):
        index -= 1
    return [joined(row) for row in rows[index:end] if any(row)], index
