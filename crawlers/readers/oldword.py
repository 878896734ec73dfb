"""Word 97–2003 files (``.doc``): text, and tables with their merged cells, without any program beside Python."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from itertools import pairwise

from xlrd.compdoc import CompDoc, CompDocError

from crawlers.readers.document import Document, Grid, Limits, ReadIssue, Text, unreadable
from crawlers.readers.folding import fold, is_note, stated_count
from crawlers.readers.sheets import Range, sheet_grid
from crawlers.readers.wordbinary import WORD_97, Binary, Paragraph, WordError

_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200
_INSTRUCTION = re.compile("\x13[^\x13\x14\x15]*(?:\x14|(?=\x15))")
_MARKS = str.maketrans(
    {"\x0b": " ", "\x1e": "-", "\x1f": "", "\x01": "", "\x08": "", "\x02": "", "\x05": "", "\x15": ""}
)
_TWIPS = 30
"""Column edges nearer than this (1.5 points) are one."""
Row = tuple[list[str], list[int], list[int]]
"""Texts of a row's cells, edges of its columns, vertical merges."""


def read_doc(data: bytes, limits: Limits) -> Document:
    """A ``.doc`` file as a document: a grid a table, the lines between as text.

    Nested tables stay text of the cell they stand in. Files of Word 6 and 95, and locked ones, are ``unreadable``.
    """
    try:
        streams = _streams(data)
        paragraphs = list(Binary(*streams).paragraphs())
    except _RefusedError as refused:
        return unreadable("doc", str(refused))
    except (CompDocError, WordError, struct.error, IndexError, AssertionError, MemoryError, RecursionError) as error:
        return unreadable("doc", f"damaged ({error}); save it as .docx, or download it again")
    document = Document("doc")
    lines = _walk(document, paragraphs, limits)
    if lines:
        document.texts.append(Text("\n".join(lines), "body"))
    if not document.grids and not document.texts:
        return unreadable("doc", "no text layer; its pages are pictures, it needs character recognition (OCR)")
    return document


class _RefusedError(Exception):
    """The file is whole but not one that can be read."""


def _streams(data: bytes) -> tuple[bytes, bytes, bytes]:
    container = CompDoc(data, logfile=io.StringIO())
    main = _stream(container, "WordDocument")
    if len(main) < 0x200:
        raise WordError("the file is cut off")
    _, version = struct.unpack_from("<HH", main, 0)
    (flags,) = struct.unpack_from("<H", main, 0x0A)
    if version < WORD_97:
        raise _RefusedError("a file of Word 6 or 95; save it as .docx")
    if flags & _ENCRYPTED:
        raise _RefusedError("password-protected; ask for it without the password")
    table = _stream(container, "1Table" if flags & _TABLE_1 else "0Table")
    return main, table, _stream(container, "Data")


def _stream(container: CompDoc, name: str) -> bytes:
    found = container.get_named_stream(name)
    return bytes(found) if found else b""


def _walk(document: Document, paragraphs: list[Paragraph], limits: Limits) -> list[str]:
    lines: list[str] = []
    table: list[Row] = []
    cells: list[str] = []
    parts: list[str] = []
    title: str | None = None
    for paragraph in paragraphs:
        text, kind = _plain(paragraph.text), paragraph.properties
        if kind.row_end and kind.depth <= 1:
            table.append((cells, kind.edges, kind.merges))
            cells, parts = [], []
        elif kind.in_table:
            parts.append(text)
            if paragraph.mark == "\x07":
                cells.append(fold(" ".join(parts)))
                parts = []
        else:
            if table:
                _add(document, table, title, limits)
                table, title = [], None
            if text:
                lines.append(text)
                title = _line(document, text, title)
    if table:
        _add(document, table, title, limits)
    return lines


def _line(document: Document, text: str, title: str | None) -> str | None:
    """A line of text is the next table's heading, or a note of the last table."""
    if title is None and document.grids and is_note(text):
        grid = document.grids[-1]
        grid.notes.append(text)
        grid.stated_count = grid.stated_count if grid.stated_count is not None else stated_count(text)
        return None
    return text


def _plain(text: str) -> str:
    """Text without field instructions, pictures and marks."""
    while (shorter := _INSTRUCTION.sub("", text)) != text:
        text = shorter
    return fold(text.translate(_MARKS))


def _add(document: Document, table: list[Row], title: str | None, limits: Limits) -> None:
    place = f"table {len(document.grids) + 1}"
    left = max(limits.rows - sum(len(grid.rows) for grid in document.grids), 0)
    if len(table) > left:
        message = f"{place} has {len(table)} rows; read up to the limit of {limits.rows} in all"
        document.issues.append(ReadIssue("error", "too-many-rows", message, place))
    rows, merged = _laid(table[:left])
    grid: Grid = sheet_grid(rows, place, merged=merged)
    if not grid.rows:
        return
    if title is not None and grid.title is None:
        grid.title, grid.stated_count = title, stated_count(title)
    document.grids.append(grid)


def _laid(table: list[Row]) -> tuple[list[list[str]], list[Range]]:
    """Rows on common columns, which are all edges of all rows; ranges of cells over several columns or rows."""
    columns = _columns(table)
    rows: list[list[str]] = []
    merged: list[Range] = []
    begun: dict[tuple[int, int], int] = {}
    for number, (texts, edges, merges) in enumerate(table):
        row = [""] * max(len(columns) - 1, len(texts))
        going: dict[tuple[int, int], int] = {}
        for index, (left, right) in enumerate(_spans(texts, edges, columns)):
            merge = merges[index] if index < len(merges) else 0
            if merge == 1 and (left, right) in begun:
                going[left, right] = begun[left, right]
                continue
            row[left] = texts[index]
            going[left, right] = number
        merged += [
            ((top, left), (number - 1, right))
            for (left, right), top in begun.items()
            if going.get((left, right)) != top
        ]
        begun = going
        rows.append(row)
    merged += [((top, left), (len(table) - 1, right)) for (left, right), top in begun.items()]
    return rows, [(one, other) for one, other in merged if one != other]


def _columns(table: list[Row]) -> list[int]:
    columns: list[int] = []
    for edge in sorted({edge for texts, edges, _ in table if len(edges) == len(texts) + 1 for edge in edges}):
        if not columns or edge - columns[-1] > _TWIPS:
            columns.append(edge)
    return columns


def _spans(texts: list[str], edges: list[int], columns: list[int]) -> Iterator[tuple[int, int]]:
    """(first, last) column of each cell; cells of a row without edges stand one by one."""
    if len(edges) != len(texts) + 1:
        yield from ((index, index) for index in range(len(texts)))
        return
    starts = [max((i for i, column in enumerate(columns) if column <= edge), default=0) for edge in edges]
    for left, right in pairwise(starts):
        yield left, max(left, right - 1)
