"""DOCX files: tables as grids with the heading above each, paragraphs as text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

import docx
from docx.opc.exceptions import OpcError
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from lxml import etree

from crawlers.readers.document import Document, Grid, Limits, ReadIssue, Text, unreadable
from crawlers.readers.folding import fold, is_note, stated_count
from crawlers.readers.sheets import sheet_grid


def read_docx(data: bytes, limits: Limits) -> Document:
    """A DOCX file as a document; its container must have passed ``zips.refusal``."""
    try:
        word = docx.Document(io.BytesIO(data))
    except (OpcError, zipfile.BadZipFile, KeyError, ValueError, etree.XMLSyntaxError) as error:
        return unreadable("docx", f"the file is truncated or damaged ({error}); download it again")
    document = Document("docx")
    lines = _walk(document, word.iter_inner_content(), limits)
    if lines:
        document.texts.append(Text("\n".join(lines), "body"))
    if not document.grids and not document.texts:
        return unreadable("docx", "no text layer; its pages are pictures, it needs character recognition (OCR)")
    return document


def _walk(document: Document, content: Iterable[Paragraph | Table], limits: Limits) -> list[str]:
    lines: list[str] = []
    last: Grid | None = None
    title: str | None = None
    for part in content:
        if isinstance(part, Table):
            last = _add(document, part, title, limits)
            title = None
        elif text := fold(part.text):
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


def _add(document: Document, table: Table, title: str | None, limits: Limits) -> Grid | None:
    place = f"table {len(document.grids) + 1}"
    left = limits.rows - sum(len(grid.rows) for grid in document.grids)
    if len(table.rows) > left:
        message = f"{place} has more rows than the limit of {limits.rows}; the rest was not read"
        document.issues.append(ReadIssue("error", "too-many-rows", message, place))
    cells = [list(row.cells) for row in list(table.rows)[: max(left, 0)]]
    grid = sheet_grid([[fold(cell.text) for cell in row] for row in cells], place)
    if not grid.rows:
        return None
    if title is not None and grid.title is None:
        grid.title = title
        grid.stated_count = stated_count(title)
    document.grids.append(grid)
    _nested(document, cells, limits)
    return grid


def _nested(document: Document, cells: list[list[_Cell]], limits: Limits) -> None:
    """Tables inside cells become grids of their own; a merged cell stands in several places but is read once."""
    seen: set[int] = set()
    for cell in (cell for row in cells for cell in row):
        if id(cell._tc) not in seen:
            seen.add(id(cell._tc))
            for inner in cell.tables:
                _add(document, inner, None, limits)
