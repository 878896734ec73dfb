"""The header of a grid: found by the headers it must hold, several header rows joined into one name a column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from crawlers.readers.document import Grid, ReadIssue
from crawlers.readers.folding import header_key, is_note

JOIN = "/"
"""Between the parts of a header of several rows: ``废水/化学需氧量``."""
SEARCHED = 50
"""Rows of a grid searched for its header: real sheets carry a title, a unit line and a few notes above it."""
TALLEST = 4
"""Header rows believed to belong together."""
_NUMBER = re.compile(r"[-+]?[\d,]+(?:\.\d+)?%?|\d{4}[-/.年]\d{1,2}.*")


@dataclass(frozen=True)
class HeaderSpec:
    """What a header must hold: every one of ``required`` (alternatives by ``|``); ``rows`` fixes its height."""

    required: tuple[str, ...] = ()
    rows: int | None = None


@dataclass(frozen=True)
class Header:
    """Rows ``row``..``end`` (half open) of a grid as one name a column, "" where a column has none."""

    row: int
    end: int
    names: tuple[str, ...]
    issues: tuple[ReadIssue, ...] = field(default=())

    @property
    def width(self) -> int:
        """Columns that have a name."""
        return sum(1 for name in self.names if name)

    def column(self, wanted: str) -> int | None:
        """The first column whose whole name or last part is ``wanted`` (the first alternative that any column has)."""
        keys = [header_key(name) for name in self.names]
        last = [header_key(name.rsplit(JOIN, 1)[-1]) for name in self.names]
        for alternative in map(header_key, wanted.split("|")):
            for texts in (keys, last):
                if alternative in texts:
                    return texts.index(alternative)
        return None

    def holds(self, required: tuple[str, ...]) -> bool:
        """Whether every required header has a column."""
        return all(self.column(item) is not None for item in required)


def find(grid: Grid, spec: HeaderSpec) -> Header | None:
    """The first header of ``grid`` that meets ``spec``; without required headers the first candidate; else None."""
    rows = range(min(SEARCHED, len(grid.rows)))
    if not spec.required:
        return next(_likely(grid, spec), None)
    found = (header_at(grid, row, spec) for row in rows if _may_start(grid, row))
    return next((header for header in found if header.holds(spec.required)), None)


def candidates(grid: Grid) -> list[Header]:
    """Every row of ``grid`` that may be its header, first row first: for a table of which nothing is known."""
    return list(_likely(grid, HeaderSpec()))


def header_at(grid: Grid, row: int, spec: HeaderSpec | None = None) -> Header:
    """The header that starts at index ``row``; a repeated name gets its number: ``名称 (2)``, with an info issue."""
    height = (spec.rows if spec else None) or _height(grid, row)
    end = min(row + height, len(grid.rows))
    names, issues = _unique(_joined_names(grid.rows[row:end]), grid.place_of(row))
    return Header(row, end, tuple(names), tuple(issues))


def named(names: tuple[str, ...], required: tuple[str, ...] = ()) -> Header | None:
    """The header of a table that has no header row, its columns named by whoever knows the site."""
    header = Header(0, 0, names)
    return header if header.holds(required) else None


def _likely(grid: Grid, spec: HeaderSpec) -> Iterator[Header]:
    for row in range(min(SEARCHED, len(grid.rows))):
        cells = [cell for cell in grid.rows[row] if cell]
        texts = {cell for cell in cells if not _NUMBER.fullmatch(cell)}
        needed = 1 if grid.width == 1 else 2
        if _may_start(grid, row) and len(texts) >= needed and len(texts) * 2 > len(set(cells)):
            yield header_at(grid, row, spec)


def _may_start(grid: Grid, row: int) -> bool:
    """A title that spans the table, an empty row and a note are no header."""
    cells = [cell for cell in grid.rows[row] if cell]
    if not cells or row in grid.merged or (len(cells) > 1 and len(set(cells)) == 1):
        return False
    return not is_note(cells[0])


def _height(grid: Grid, row: int) -> int:
    height = 1
    while height < TALLEST and row + height < len(grid.rows):
        if not _continues(grid.rows[row + height - 1], grid.rows[row + height]):
            break
        height += 1
    return height


def _continues(upper: list[str], lower: list[str]) -> bool:
    """Whether ``lower`` splits columns that ``upper`` heads together, and repeats or leaves empty all the others."""
    groups = _groups(upper, lower)
    grouped = {column for group in groups for column in group}
    if not any(len({lower[column] for column in group if column < len(lower)} - {""}) > 1 for group in groups):
        return False
    for column, cell in enumerate(lower):
        above = upper[column] if column < len(upper) else ""
        if column in grouped and (not cell or _NUMBER.fullmatch(cell)):
            return False
        if column not in grouped and cell not in ("", above):
            return False
    return True


def _groups(upper: list[str], lower: list[str]) -> list[list[int]]:
    """Runs of two or more columns under one upper cell; an empty upper cell over text belongs to its left neighbour."""
    groups: list[list[int]] = []
    previous = ""
    for column, cell in enumerate(upper):
        inherits = not cell and column < len(lower) and bool(lower[column])
        if groups and previous and (cell == previous or inherits):
            groups[-1].append(column)
        else:
            groups.append([column])
            previous = cell
    return [group for group in groups if len(group) > 1]


def _joined_names(rows: list[list[str]]) -> list[str]:
    width = max((len(row) for row in rows), default=0)
    parts: list[list[str]] = [[] for _ in range(width)]
    for depth, row in enumerate(rows):
        left = ""
        for column in range(width):
            cell = row[column] if column < len(row) else ""
            below = any(column < len(other) and other[column] for other in rows[depth + 1 :])
            left = cell or (left if below else "")
            if left and left not in parts[column][-1:]:
                parts[column].append(left)
    return [JOIN.join(part) for part in parts]


def _unique(names: list[str], place: str) -> tuple[list[str], list[ReadIssue]]:
    seen: dict[str, int] = {}
    unique: list[str] = []
    issues: list[ReadIssue] = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        repeated = bool(name) and seen[name] > 1
        unique.append(f"{name} ({seen[name]})" if repeated else name)
        if repeated:
            message = f"header {name} stands {seen[name]} times at {place}; kept as {unique[-1]}"
            issues.append(ReadIssue("info", "header-repeated", message, place, name))
    return unique, issues
