"""Archived spreadsheets, PDF and Word files as grids of text, bounded, the cited row marked."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import docx
import pdfplumber
import xlrd
from python_calamine import CalamineError, CalamineWorkbook

from webapp.rendition.masking import Masking

MAX_ROWS, MAX_COLUMNS, MAX_SHEETS, MAX_PAGES = 300, 60, 12, 6
UNREADABLE = (
    CalamineError,
    xlrd.XLRDError,
    zipfile.BadZipFile,
    pdfplumber.utils.exceptions.PdfminerException,
    ValueError,
    KeyError,
    OSError,
)
"""What the readers raise on a broken file; the file is then only described and offered whole."""


@dataclass(frozen=True)
class Sheet:
    """One sheet, table or page: rows of text, the number of the first one shown (from 1), the rows cited."""

    title: str
    rows: list[list[str]]
    first: int
    total: int
    hits: frozenset[int]


def format_of(body: bytes) -> str:
    """``xlsx``, ``docx``, ``xls``, ``pdf`` by the file's signature; empty for anything else."""
    if body.startswith(b"%PDF"):
        return "pdf"
    if body.startswith((b"\xd0\xcf\x11\xe0", b"\x09\x08")):
        return "xls"
    if body.startswith(b"PK\x03\x04"):
        return "docx" if b"word/" in body[:4096] or b"word/document.xml" in body else "xlsx"
    return ""


def sheets(body: bytes, places: Iterable[str], masking: Masking) -> list[Sheet]:
    """The file's grids, masked. Raises one of UNREADABLE where the file is broken."""
    places = list(places)
    readers = {"xlsx": _xlsx, "xls": _xls, "pdf": _pdf, "docx": _docx}
    grids = readers[format_of(body)](body, places)
    return [_sheet(title, masking.grid(rows), places) for title, rows in grids]


def _sheet(title: str, rows: list[list[str]], places: Sequence[str]) -> Sheet:
    hits = frozenset(number for place in places if (number := _row_of(place, title)))
    start = max(0, min(hits, default=1) - MAX_ROWS // 2) if max(hits, default=0) > MAX_ROWS else 0
    return Sheet(title, rows[start : start + MAX_ROWS], start + 1, len(rows), hits)


def _row_of(place: str, title: str) -> int:
    """``sheet 名录, row 9`` with the title ``sheet 名录`` → 9; 0 for a place elsewhere."""
    match = re.fullmatch(re.escape(title) + r", row (\d+)", place)
    return int(match[1]) if match else 0


Grids = list[tuple[str, list[list[str]]]]


def _xlsx(body: bytes, places: Sequence[str]) -> Grids:
    book = CalamineWorkbook.from_filelike(io.BytesIO(body))
    return [
        (f"sheet {name}", [_cells(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)])
        for name in book.sheet_names[:MAX_SHEETS]
    ]


def _xls(body: bytes, places: Sequence[str]) -> Grids:
    book = xlrd.open_workbook(file_contents=body, logfile=io.StringIO())
    return [
        (f"sheet {sheet.name}", [_cells(sheet.row_values(number)) for number in range(sheet.nrows)])
        for sheet in book.sheets()[:MAX_SHEETS]
    ]


def _pdf(body: bytes, places: Sequence[str]) -> Grids:
    """The cited pages and the first ones: each page's tables, else its text."""
    cited = {int(match[1]) for place in places if (match := re.match(r"page (\d+)", place))}
    grids: Grids = []
    with pdfplumber.open(io.BytesIO(body)) as document:
        numbers = sorted({*list(cited)[:MAX_PAGES], *range(1, MAX_PAGES // 2 + 1)})
        for number in (n for n in numbers if n <= len(document.pages)):
            page = document.pages[number - 1].dedupe_chars()
            tables = page.extract_tables()
            for index, table in enumerate(tables, 1):
                grids.append((f"page {number}, table {index}", [_cells(row) for row in table]))
            if not tables:
                grids.append((f"page {number}", [[line] for line in (page.extract_text() or "").splitlines()]))
    return grids


def _docx(body: bytes, places: Sequence[str]) -> Grids:
    document = docx.Document(io.BytesIO(body))
    paragraphs = [[p.text] for p in document.paragraphs if p.text.strip()]
    tables = [
        (f"table {index}", [[cell.text for cell in row.cells][:MAX_COLUMNS] for row in table.rows])
        for index, table in enumerate(document.tables, 1)
    ]
    return [("text", paragraphs), *tables]


def _cells(row: Sequence[object]) -> list[str]:
    return [_cell(value) for value in row[:MAX_COLUMNS]]


def _cell(value: object) -> str:
    """A cell as text; whole floats as integers, since spreadsheets keep every number as a float."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())
