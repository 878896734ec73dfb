"""Ruled tables of one PDF page: merged cells filled by their rulings, headings and notes taken from the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from crawlers.readers.document import Grid
from crawlers.readers.folding import fold, is_note, stated_count, unwrap

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points."""
_EDGE = 1.0
_NUMBERED = re.compile(r"\d{1,2}\s*[、.．]")
_WIDE = 0.8
"""White between two characters, as a share of their size, that parts a line into pieces."""
_SPACE = 0.2
"""White that stands for a space between two words."""
_NEAR = 40.0
"""A heading further above its table than this (points, about three lines) belongs to something else."""


class Piece(NamedTuple):
    """A part of a line between two wide gaps."""

    x0: float
    x1: float
    text: str


@dataclass(frozen=True)
class Line:
    """A line of text outside the tables, and its pieces: text set in columns has several."""

    text: str
    box: Box
    pieces: tuple[Piece, ...]

    @property
    def gaps(self) -> int:
        """Wide gaps inside the line."""
        return len(self.pieces) - 1


def lines_outside(page: Any, boxes: Sequence[Box]) -> list[Line]:
    """The page's lines of text that lie in none of ``boxes``, from top to bottom."""

    def outside(thing: dict[str, Any]) -> bool:
        if thing["object_type"] != "char":
            return True
        x, y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
        return not any(box[0] <= x < box[2] and box[1] <= y < box[3] for box in boxes)

    found = page.filter(outside).extract_text_lines(return_chars=True)
    return [
        Line(text, (line["x0"], line["top"], line["x1"], line["bottom"]), tuple(_pieces(line["chars"])))
        for line in found
        if (text := fold(line["text"]))
    ]


def _pieces(chars: list[dict[str, Any]]) -> Iterator[Piece]:
    """The line's characters parted where more white stands between two than between two words."""
    inked = [char for char in chars if char["text"].strip()]
    start = 0
    for index, (left, right) in enumerate(pairwise(inked), 1):
        if right["x0"] - left["x1"] > _WIDE * max(left["size"], 1):
            yield _piece(inked[start:index])
            start = index
    if inked:
        yield _piece(inked[start:])


def _piece(chars: list[dict[str, Any]]) -> Piece:
    parts = [chars[0]["text"]]
    for left, right in pairwise(chars):
        spaced = right["x0"] - left["x1"] > _SPACE * max(left["size"], 1)
        parts.append(" " + right["text"] if spaced else right["text"])
    return Piece(chars[0]["x0"], chars[-1]["x1"], "".join(parts))


def table_rows(table: Any) -> list[list[str]]:
    """The table as a rectangle of texts: a place covered by a ruled merged cell has that cell's text, others are ""."""
    cells: dict[Box, str] = {}
    for row, texts in zip(table.rows, table.extract(), strict=True):
        for box, text in zip(row.cells, texts, strict=True):
            if box is not None:
                cells[box] = unwrap(text or "")
    tops = _starts(box[1] for box in cells)
    lefts = _starts(box[0] for box in cells)
    rows = [[""] * len(lefts) for _ in tops]
    for (x0, top, x1, bottom), text in cells.items():
        for r in (r for r, y in enumerate(tops) if top - _EDGE <= y < bottom - _EDGE):
            for c in (c for c, x in enumerate(lefts) if x0 - _EDGE <= x < x1 - _EDGE):
                rows[r][c] = text
    return rows


def _starts(values: Any) -> list[float]:
    """Sorted edges, those within a point of each other taken as one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _EDGE:
            edges.append(value)
    return edges


def merged_rows(rows: list[list[str]]) -> frozenset[int]:
    """Indexes of rows whose every place carries one and the same text: one cell from edge to edge."""
    return frozenset(i for i, row in enumerate(rows) if len(row) > 1 and row[0] and len(set(row)) == 1)


def dress(grid: Grid, box: Box, lines: list[Line], before: float, after: float) -> None:
    """Give ``grid`` its title (lines right above, below ``before``) and notes (lines right below, above ``after``)."""
    above = [line for line in lines if before <= line.box[3] <= box[1] + _EDGE and box[1] - line.box[3] < _NEAR]
    grid.title = next((line.text for line in reversed(above) if _is_title(line)), None)
    grid.notes = _notes([line.text for line in lines if box[3] - _EDGE <= line.box[1] < after])
    grid.stated_count = next((n for t in [grid.title, *grid.notes] if (n := stated_count(t)) is not None), None)


def _is_title(line: Line) -> bool:
    return not is_note(line.text) and not line.gaps and not line.text.startswith(("单位：", "单位:"))


def _notes(below: list[str]) -> list[str]:
    """Lines of note directly under a table, with lines that go on from them (numbered, or wrapped without a stop)."""
    notes: list[str] = []
    for text in below:
        wrapped = bool(notes) and not notes[-1].endswith(("。", "；", ";", "."))
        if not is_note(text) and not (notes and (wrapped or _NUMBERED.match(text))):
            break
        notes.append(text)
    return notes


def row_above(box: Box, lines: list[Line], columns: int) -> Line | None:
    """A line of text in columns directly above the first ruling: the first row of a table whose top line is missing."""
    for line in reversed(lines):
        height = max(line.box[3] - line.box[1], 1.0)
        if 0 <= box[1] - line.box[3] + _EDGE < 1.5 * height and line.gaps and line.gaps >= columns // 2:
            return line
    return None
