"""DOCX files: tables as grids with the heading above each, paragraphs as text."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable

import docx
from docx.opc.exceptions import OpcError
from lxml import etree

from crawlers.readers.document import Document, Grid, Limits, ReadIssue, Text, unreadable
from crawlers.readers.element import Element
from crawlers.readers.folding import is_note, stated_count
from crawlers.readers.sheets import sheet_grid
from crawlers.readers.wordtables import W, blocks, paragraph_text, table_rows

_BROKEN = (
    OpcError, zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, AttributeError, NotImplementedError,
    etree.XMLSyntaxError,
)  # fmt: skip
_WIDEST = 63
"""Columns that Word itself allows in a table."""
_DEEPEST = 20
"""Tables nested deeper are left out."""


def read_docx(data: bytes, limits: Limits) -> Document:
    """A DOCX file as a document; its container must have passed ``zips.refusal``."""
    try:
        body = docx.Document(io.BytesIO(data)).element.body
    except _BROKEN as error:
        return unreadable("docx", f"the file is truncated or damaged ({error}); download it again")
    document = Document("docx")
    lines = _walk(document, blocks(body), limits)
    if lines:
        document.texts.append(Text("\n".join(lines), "body"))
    if not document.grids and not document.texts:
        return unreadable("docx", "no text layer; its pages are pictures, it needs character recognition (OCR)")
    return document


def _walk(document: Document, content: Iterable[Element], limits: Limits) -> list[str]:
    lines: list[str] = []
    last: Grid | None = None
    title: str | None = None
    for part in content:
        if part.tag == f"{W}tbl":
            last = _add(document, part, title, limits, 0)
            title = None
        elif text := paragraph_text(part):
            lines.append(text)
            if last is not None and is_note(text):
                _note(last, text)
            else:
                title, last = text, None
    return lines


def _note(grid: Grid, text: str) -> None:
    grid.notes.append(text)
    if grid.stated_count is None:
        grid.stated_count = stated_count(text)


def _add(document: Document, table: Element, title: str | None, limits: Limits, depth: int) -> Grid | None:
    """The table as a grid, those nested in its cells after it as grids of their own."""
    place = f"table {len(document.grids) + 1}"
    rows, merged, cells = table_rows(table, min(limits.span, _WIDEST))
    left = max(limits.rows - sum(len(grid.rows) for grid in document.grids), 0)
    if len(rows) > left:
        message = f"{place} has more rows than the limit of {limits.rows}; the rest was not read"
        document.issues.append(ReadIssue("error", "too-many-rows", message, place))
    grid = sheet_grid(rows[:left], place, merged=merged)
    if not grid.rows:
        return None
    if title is not None and grid.title is None:
        grid.title = title
        grid.stated_count = stated_count(title)
    document.grids.append(grid)
    if depth < _DEEPEST:
        for inner in (part for cell in cells for part in blocks(cell) if part.tag == f"{W}tbl"):
            _add(document, inner, None, limits, depth + 1)
    return grid
