"""PDF files by pdfplumber: ruled tables over pages, overprinted characters once, text beside; scans are refused."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.psparser import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from crawlers.readers.document import Document, Grid, Limits, ReadIssue, Text, unreadable
from crawlers.readers.pdfchars import once, turn, turned
from crawlers.readers.pdfcolumns import Block, Column, blocks, same_columns
from crawlers.readers.pdftables import Box, Line, dress, lines_outside, merged_rows, row_above, table_rows

_BROKEN = (
    PdfminerException,
    MalformedPDFException,
    PDFException,
    PSException,
    ValueError,
    KeyError,
    TypeError,
    IndexError,
)
_COLUMN_EDGE = 4.0


@dataclass
class _Open:
    """The last table of a page, which the next page may continue."""

    grid: Grid
    edges: list[float]
    page: int
    columns: list[Column] = field(default_factory=list)
    """Of a table without rulings."""


def read_pdf(data: bytes, limits: Limits) -> Document:
    """A PDF as a document: a grid a ruled table, a text a page.

    A table that goes on at the head of the next page (same columns, no heading between) is one grid; its header
    repeated there is dropped. A file without any character is ``unreadable: no text layer``.
    """
    document = Document("pdf")
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            bare = _read_pages(document, pdf, limits)
    except _BROKEN as error:
        locked = any(isinstance(cause, PDFPasswordIncorrect) for cause in (error, *error.args))
        reason = "password-protected; ask for it without one" if locked else f"damaged ({error}); download it again"
        return unreadable("pdf", reason)
    if not document.texts and not document.grids:
        return (
            document
            if not document.readable
            else unreadable("pdf", "no text layer; it needs character recognition (OCR)")
        )
    for page in bare:
        message = f"page {page} has no text layer; it needs character recognition (OCR)"
        document.issues.append(ReadIssue("error", "page-without-text", message, f"page {page}"))
    return document


def _read_pages(document: Document, pdf: Any, limits: Limits) -> list[int]:
    """Read page by page; gives the numbers of pages that hold pictures but no character."""
    bare: list[int] = []
    last: _Open | None = None
    rows = 0
    for number, page in enumerate(pdf.pages, 1):
        if number > limits.pages or rows > limits.rows:
            message = f"read up to page {number - 1}; the rest is beyond the limit; split the file"
            document.issues.append(ReadIssue("error", "too-many-pages", message, f"page {number}"))
            break
        try:
            page = _upright(document, pdf, page)
            found = _Page(number, page, last)
            last = found.read(document)
        except _BROKEN as error:
            message = f"page {number} cannot be read ({type(error).__name__}: {error}); the other pages were"
            document.issues.append(ReadIssue("error", "page-unreadable", message, f"page {number}"))
            last = None
        else:
            rows += found.rows
            if not found.characters and page.images:
                bare.append(number)
        page.close()
    return bare


def _upright(document: Document, pdf: Any, page: Any) -> Any:
    """The page, turned where its text stands sideways or upside down."""
    degrees = turn(page)
    if not degrees:
        return page
    place = f"page {page.page_number}"
    message = f"{place} is set sideways; it was turned by {degrees} degrees to be read"
    document.issues.append(ReadIssue("info", "page-turned", message, place))
    return turned(pdf, page, degrees)


class _Page:
    """One page on its way into the document."""

    def __init__(self, number: int, page: Any, last: _Open | None) -> None:
        self.number, self.page, self.last = number, once(page), last
        self.characters = len(self.page.chars)
        self.rows = 0

    def read(self, document: Document) -> _Open | None:
        """Add the page's grids and text; gives the table that stays open at its end."""
        if not self.characters:
            return None
        tables = sorted(self.page.find_tables(), key=lambda table: (table.bbox[1], table.bbox[0]))
        lines = lines_outside(self.page, [table.bbox for table in tables])
        self._text(document, lines)
        for index, table in enumerate(tables):
            after = tables[index + 1].bbox[1] if index + 1 < len(tables) else float("inf")
            before = tables[index - 1].bbox[3] if index else float("-inf")
            self._table(document, table, index + 1, lines, (before, after))
        if not tables and self._unruled(document, lines):
            return self.last
        body = [line for line in lines if self.last and tables and line.box[1] > tables[-1].bbox[3]]
        return self.last if self.last and self.last.page == self.number and not _ended(body) else None

    def _text(self, document: Document, lines: list[Line]) -> None:
        text = "\n".join(line.text for line in lines)
        if text:
            document.texts.append(Text(text, f"page {self.number}"))
        if any(char["text"].startswith("(cid:") for char in self.page.chars):
            message = f"page {self.number} has characters without a Unicode value, shown as (cid:n); check them by eye"
            document.issues.append(ReadIssue("warning", "unmapped-characters", message, f"page {self.number}"))

    def _table(
        self, document: Document, table: Any, index: int, lines: list[Line], between: tuple[float, float]
    ) -> None:
        rows = table_rows(table)
        if not any(cell for row in rows for cell in row):
            return
        self.rows += len(rows)
        place = f"page {self.number}, table {index}"
        edges = sorted({cell[0] for cell in table.cells})
        above = [line for line in lines if between[0] <= line.box[3] <= table.bbox[1] + 1]
        if index == 1 and self._continues(edges, above):
            self._append(rows, place, edges)
            return
        self._report_lost_row(document, table.bbox, lines, len(rows[0]), place)
        grid = Grid(rows, place, [f"{place}, row {n}" for n in range(1, len(rows) + 1)], merged=merged_rows(rows))
        dress(grid, table.bbox, lines, *between)
        document.grids.append(grid)
        self.last = _Open(grid, edges, self.number)

    def _unruled(self, document: Document, lines: list[Line]) -> bool:
        """Add the page's tables without rulings; gives whether the last of them reaches the page's end."""
        last, ends = self.last, float("-inf")
        open_columns = last.columns if last is not None and last.page == self.number - 1 else []
        for index, block in enumerate(blocks(lines, open_columns), 1):
            place = f"page {self.number}, table {index}"
            self.rows += len(block.rows)
            if index == 1 and open_columns and same_columns(open_columns, block.columns):
                self._append(block.rows, place, [])
            else:
                self._add_block(document, block, lines, ends, place)
            assert self.last is not None
            self.last = _Open(self.last.grid, [], self.number, block.columns)
            ends = block.box[3]
        below = [line for line in lines if line.box[1] > ends]
        return self.last is not last and not _ended(below)

    def _add_block(self, document: Document, block: Block, lines: list[Line], before: float, place: str) -> None:
        grid = Grid(block.rows, place, [f"{place}, row {n}" for n in range(1, len(block.rows) + 1)])
        dress(grid, block.box, lines, before, float("inf"))
        document.grids.append(grid)
        message = f"{place} has no rulings: its columns were told by the gaps between words; check a row by eye"
        document.issues.append(ReadIssue("info", "unruled-table", message, place))
        self.last = _Open(grid, [], self.number, block.columns)

    def _continues(self, edges: list[float], above: list[Line]) -> bool:
        """Whether the page's first table goes on with the last page's: next page, same columns, no line of heading."""
        last = self.last
        if last is None or last.page != self.number - 1 or len(last.edges) != len(edges):
            return False
        same = all(abs(a - b) <= _COLUMN_EDGE for a, b in zip(last.edges, edges, strict=True))
        return same and not _ended(above)

    def _append(self, rows: list[list[str]], place: str, edges: list[float]) -> None:
        assert self.last is not None
        grid = self.last.grid
        repeated = 0
        while repeated < min(len(rows), len(grid.rows)) and rows[repeated] == grid.rows[repeated]:
            repeated += 1
        merged = {len(grid.rows) + i - repeated for i in merged_rows(rows) if i >= repeated}
        grid.rows.extend(rows[repeated:])
        grid.places.extend(f"{place}, row {n}" for n in range(repeated + 1, len(rows) + 1))
        grid.merged = grid.merged | merged
        self.last = _Open(grid, edges, self.number)

    def _report_lost_row(self, document: Document, box: Box, lines: list[Line], columns: int, place: str) -> None:
        line = row_above(box, lines, columns)
        if line is not None:
            message = f"text in columns above {place}: a row whose top line is missing? It was not read as a row"
            document.issues.append(ReadIssue("warning", "row-above-table", message, place, line.text[:500]))


def _ended(lines: list[Line]) -> bool:
    """Whether lines between two tables are more than a page's running head or foot (a page number, a dated line)."""
    return any(not _running(line.text) for line in lines)


def _running(text: str) -> bool:
    plain = "".join(char for char in text if not char.isspace())
    return len(plain.strip("第共页—-–·/.0123456789 ")) == 0
