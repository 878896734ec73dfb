"""Tables without rulings on one PDF page: columns are the white gutters that every line of the table keeps free.

A block of lines is believed to be a table only where it passes every test of ``_verified``; anything else stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from crawlers.readers.folding import fold, is_note
from crawlers.readers.pdftables import Box, Line, Piece

Column = tuple[float, float]
"""Left and right edge of the ink in a column, in points."""
_GUTTER = 4.0
"""Least white space between two columns, in points; a space between two words is narrower."""
_FAR = 2.5
"""Lines further apart than so many line heights do not belong to one table."""
_LEAST = 3
"""Rows of a table of its own, header included."""
_FILLED = 0.6
"""Least share of cells with text: in prose set in two columns or in a form it is lower."""
_LONGEST = 24
"""Mean characters of a cell; columns of prose have longer lines."""
_WRAPPED = 0.2
"""Largest share of lines that only go on with the line before: beyond it rows cannot be told apart."""
_NUMBER = re.compile(r"[-+<]?[\d,.]+%?")


@dataclass
class Block:
    """A table found by its gutters: rows of cells, its columns, its box; ``first`` says whether row 0 is a header."""

    rows: list[list[str]]
    columns: list[Column]
    box: Box
    first: bool


def blocks(lines: Sequence[Line], going_on: Sequence[Column] = ()) -> Iterator[Block]:
    """The unruled tables among a page's lines (top to bottom).

    ``going_on`` are the columns of a table that the page before left open: the page's first block may go on with it and
    then needs no header of its own.
    """
    for number, part in enumerate(_parts(lines)):
        block = _block(part, going_on if number == 0 else ())
        if block is not None:
            yield block


def same_columns(one: Sequence[Column], other: Sequence[Column]) -> bool:
    """Whether two tables have the same number of columns and each overlaps its fellow alone."""
    if len(one) != len(other):
        return False
    return all(
        (left[0] < right[1] and right[0] < left[1]) == (i == j)
        for i, left in enumerate(one)
        for j, right in enumerate(other)
        if abs(i - j) <= 1
    )


def _parts(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Runs of lines that begin and end with one of several pieces; a title, a note or wide space ends a run."""
    part: list[Line] = []
    for line in lines:
        if part and (_gap(part[-1], line) > _FAR * _height(line) or is_note(line.text) or not _goes_on(part, line)):
            yield _trimmed(part)
            part = []
        if part or len(line.pieces) > 1:
            part.append(line)
    if part:
        yield _trimmed(part)


def _trimmed(part: list[Line]) -> list[Line]:
    while len(part) > 1 and len(part[-1].pieces) == 1 and len(part[-2].pieces) == 1:
        part.pop()
    return part


def _goes_on(part: list[Line], line: Line) -> bool:
    """A lone piece may be a wrapped cell; two lines of one piece after each other, or a wide one, are prose."""
    if len(line.pieces) > 1:
        return True
    if len(part[-1].pieces) == 1:
        return False
    columns = _columns(part)
    piece = line.pieces[0] if line.pieces else Piece(line.box[0], line.box[2], line.text)
    return sum(1 for left, right in columns if piece.x0 < right and left < piece.x1) <= 1


def _gap(upper: Line, lower: Line) -> float:
    return lower.box[1] - upper.box[3]


def _height(line: Line) -> float:
    return max(line.box[3] - line.box[1], 1.0)


def _columns(lines: Sequence[Line]) -> list[Column]:
    spans = sorted((piece.x0, piece.x1) for line in lines if len(line.pieces) > 1 for piece in line.pieces)
    merged: list[Column] = []
    for left, right in spans:
        if merged and left - merged[-1][1] < _GUTTER:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    return merged


def _block(lines: list[Line], going_on: Sequence[Column]) -> Block | None:
    columns = _columns(lines)
    if len(columns) < 2:
        return None
    cells = [_cells(line, columns) for line in lines]
    rows = _rows(lines, cells)
    follows = bool(going_on) and same_columns(going_on, columns)
    if rows is None or not _verified(rows, lines, follows):
        return None
    box = (columns[0][0], lines[0].box[1], columns[-1][1], max(line.box[3] for line in lines))
    return Block(rows, columns, box, _is_header(rows[0]))


def _cells(line: Line, columns: list[Column]) -> list[str]:
    texts: list[list[str]] = [[] for _ in columns]
    for piece in line.pieces:
        middle = (piece.x0 + piece.x1) / 2
        column = min(range(len(columns)), key=lambda n: abs((columns[n][0] + columns[n][1]) / 2 - middle))
        inside = [n for n, (left, right) in enumerate(columns) if left - 1 <= piece.x0 and piece.x1 <= right + 1]
        texts[inside[0] if inside else column].append(piece.text)
    return [fold(" ".join(parts)) for parts in texts]


def _rows(lines: list[Line], cells: list[list[str]]) -> list[list[str]] | None:
    """Lines as rows: a line nearer to the one before than rows are, with fewer cells, goes on with it."""
    full = [i for i, row in enumerate(cells) if sum(map(bool, row)) * 2 > len(row)]
    if len(full) * (1 + _WRAPPED) < len(cells) * (1 - _WRAPPED):
        return None
    pitches = [lines[b].box[1] - lines[a].box[1] for a, b in pairwise(full) if b == a + 1]
    pitch = median(pitches) if pitches else 0.0
    rows: list[list[str]] = []
    for index, row in enumerate(cells):
        near = index > 0 and lines[index].box[1] - lines[index - 1].box[1] < 0.85 * pitch
        if rows and near and index not in full:
            rows[-1] = [above + below for above, below in zip(rows[-1], row, strict=True)]
        else:
            rows.append(list(row))
    return rows


def _is_header(row: list[str]) -> bool:
    """Every column has a name, no two the same, none a number."""
    return all(row) and len(set(row)) == len(row) and not any(_NUMBER.fullmatch(cell) for cell in row)


def _verified(rows: list[list[str]], lines: list[Line], follows: bool) -> bool:
    """Whether the rows hold every character of the lines, are filled like a table and begin with a header."""
    cells = [cell for row in rows for cell in row]
    filled = [cell for cell in cells if cell]
    kept = sum(len(cell.replace(" ", "")) for cell in filled)
    read = sum(len(piece.text.replace(" ", "")) for line in lines for piece in line.pieces)
    if kept != read or len(filled) < _FILLED * len(cells) or kept > _LONGEST * len(filled):
        return False
    return follows or (len(rows) >= _LEAST and _is_header(rows[0]))
