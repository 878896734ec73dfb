"""From a grid to records: the header is found or given, each row below becomes ``{header: text}`` with its place.

Nothing is dropped in silence: title rows, notes, sums, empty rows and repeated headers are counted or kept, and a row
that looks like data but cannot be read under the header becomes an issue.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from crawlers.grids.headers import Header, HeaderSpec, find, header_at, named
from crawlers.grids.shapes import profile, shifted
from crawlers.readers.document import Grid, ReadIssue
from crawlers.readers.folding import header_key, is_note, is_total, joined, stated_count


@dataclass
class TableRow:
    """One record: ``fields`` by header, ``place`` for evidence, ``rows`` identical rows merged into it.

    ``index`` points into ``Grid.rows`` (to find links and attributes), ``title`` is the section heading it stands
    under, else the grid's title.
    """

    fields: dict[str, str]
    place: str
    index: int
    title: str | None
    rows: int = 1


@dataclass
class Table:
    """A grid read under one header.

    ``seen`` counts data rows before merging; ``stated_count`` is what the headings and notes state. ``header`` is None
    where no header was found (an error issue ``header-missing`` says which were asked for).
    """

    header: Header | None
    records: list[TableRow] = field(default_factory=list)
    issues: list[ReadIssue] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    seen: int = 0
    empty_rows: int = 0
    repeated_headers: int = 0
    stated_count: int | None = None


def records(
    grid: Grid,
    *,
    header_row: int | None = None,
    required: Sequence[str] = (),
    header_rows: int | None = None,
    names: Sequence[str] = (),
) -> Table:
    """Read ``grid`` as records.

    ``header_row`` is the index of the first header row in ``grid.rows``; without it the header is the first row that
    holds every one of ``required`` (each a header, alternatives separated by ``|``: ``企业名称|单位名称``), without
    both the first row of headers. ``header_rows`` fixes how many rows make the header; by default spans decide.
    ``names`` are the columns of a table that has no header row; a first row that repeats them is dropped. A row
    in which all of ``required`` are empty while other cells are not is an issue ``row-unreadable``, not a record; so is
    one that holds names of columns (``row-holds-headers``) or whose cells stand beside their headers (``row-shifted``).
    """
    spec = HeaderSpec(tuple(required), header_rows)
    header = named(tuple(names), spec.required) if names else _header(grid, spec, header_row)
    if header is None:
        return Table(
            None, issues=[_header_missing(grid, required)], notes=list(grid.notes), stated_count=grid.stated_count
        )
    table = Table(header, [], list(header.issues), list(grid.notes), stated_count=grid.stated_count)
    _Body(grid, header, tuple(required), table).read()
    return table


def _header(grid: Grid, spec: HeaderSpec, header_row: int | None) -> Header | None:
    if header_row is not None:
        return header_at(grid, header_row, spec) if header_row < len(grid.rows) else None
    return find(grid, spec)


def _header_missing(grid: Grid, required: Sequence[str]) -> ReadIssue:
    first = " / ".join(joined(row) for row in grid.rows[:3])
    asked = ", ".join(required) or "any row of headers"
    message = (
        f"header not found in {grid.place}: looked for {asked}; name the header row or correct the source's headers"
    )
    return ReadIssue("error", "header-missing", message, grid.place, first[:300])


class _Body:
    """The rows under a header, read one by one into a table."""

    def __init__(self, grid: Grid, header: Header, required: tuple[str, ...], table: Table) -> None:
        self.grid, self.header, self.table = grid, header, table
        self.required = [column for item in required if (column := header.column(item)) is not None]
        rows = grid.rows[header.row : header.end] or [list(header.names)]
        self.labels = {header_key(name) for name in header.names if name} if header.width > 2 else set()
        self.shapes = profile(grid.rows[header.end :])
        self.header_keys = [[header_key(cell) for cell in row] for row in rows]
        self.title = grid.title
        self.merged: dict[tuple[str | None, tuple[tuple[str, str], ...]], TableRow] = {}

    def read(self) -> None:
        for index in range(self.header.row):
            self._above(self.grid.rows[index])
        for index in range(self.header.end, len(self.grid.rows)):
            self._row(index, self.grid.rows[index])

    def _above(self, row: list[str]) -> None:
        line = joined(row)
        if line:
            self.title = line if self.title in (None, self.grid.title) else f"{self.title} {line}"
            self._state(line)

    def _state(self, line: str) -> None:
        count = stated_count(line)
        if count is not None and self.table.stated_count is None:
            self.table.stated_count = count

    def _row(self, index: int, row: list[str]) -> None:
        line = joined(row)
        if not line:
            self.table.empty_rows += 1
        elif [header_key(cell) for cell in row] in self.header_keys:
            self.table.repeated_headers += 1
        elif is_note(line) or is_total(line):
            self.table.notes.append(line)
            self._state(line)
        elif self._is_section(index, row):
            self.title = line
        else:
            self._data(index, row)

    def _is_section(self, index: int, row: list[str]) -> bool:
        if self.header.width < 2:
            return False
        alone = len([cell for cell in row if cell]) == 1
        return index in self.grid.merged or (alone and stated_count(joined(row)) is not None)

    def _data(self, index: int, row: list[str]) -> None:
        place = self.grid.place_of(index)
        if self.required and not any(column < len(row) and row[column] for column in self.required):
            self.table.issues.append(_row_unreadable(place, row))
            return
        if (issue := self._displaced(place, row)) is not None:
            self.table.issues.append(issue)
            return
        self.table.seen += 1
        fields = self._fields(row, place)
        identity = (self.title, tuple(fields.items()))
        if (twin := self.merged.get(identity)) is not None:
            twin.rows += 1
            return
        record = TableRow(fields, place, index, self.title)
        self.merged[identity] = record
        self.table.records.append(record)

    def _displaced(self, place: str, row: list[str]) -> ReadIssue | None:
        """An issue where the row's cells stand under the wrong headers: names of columns, or shifted values."""
        if self.labels and all(header_key(cell) in self.labels for cell in row if cell):
            message = f"row not read at {place}: it holds names of columns instead of values; the export is broken"
            return ReadIssue("error", "row-holds-headers", message, place, " | ".join(row)[:500])
        offset = shifted(row, self.shapes) if self.shapes else None
        if offset is None:
            return None
        side = "right" if offset > 0 else "left"
        message = (
            f"row not read at {place}: its cells stand {abs(offset)} to the {side} of their headers; correct the row"
        )
        return ReadIssue("error", "row-shifted", message, place, " | ".join(row)[:500])

    def _fields(self, row: list[str], place: str) -> dict[str, str]:
        names = self.header.names
        fields = {name: row[column] if column < len(row) else "" for column, name in enumerate(names) if name}
        for column, cell in enumerate(row):
            if cell and (column >= len(names) or not names[column]):
                fields[f"第{column + 1}列"] = cell
                self.table.issues.append(_cell_without_header(place, column, cell))
        return fields


def _row_unreadable(place: str, row: list[str]) -> ReadIssue:
    message = f"row not read at {place}: it has text but none in the required columns; its cells may be shifted"
    return ReadIssue("error", "row-unreadable", message, place, " | ".join(row)[:500])


def _cell_without_header(place: str, column: int, cell: str) -> ReadIssue:
    message = f"cell in column {column + 1} at {place} has no header; kept as 第{column + 1}列"
    return ReadIssue("warning", "cell-without-header", message, place, cell[:500])
