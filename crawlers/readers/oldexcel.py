"""Old XLS files (BIFF 2 to 8) by xlrd, which honours code page 936 where other readers garble it."""

from __future__ import annotations

import io
import struct
from datetime import datetime, time

import xlrd
from xlrd.compdoc import CompDocError

from crawlers.readers.celltext import Value, cell_text, lost_digits, shown
from crawlers.readers.document import Document, Limits, ReadIssue, unreadable
from crawlers.readers.sheets import hidden_parts, sheet_grid

_VISIBLE = 0
# Chinese spreadsheets written without a code page, or with the one of Western Windows, hold GBK all the same.
_WESTERN = {None, 367, 1252, 32769}
_UNICODE_SINCE = 80
_BROKEN = (
    xlrd.XLRDError,
    CompDocError,
    struct.error,
    LookupError,
    MemoryError,
    OverflowError,
    RecursionError,
    TypeError,
    AssertionError,
    UnicodeDecodeError,
    ValueError,
)


def read_xls(data: bytes, limits: Limits) -> Document:
    """An XLS file as a document: every worksheet a grid."""
    try:
        book = _open(data)
    except _BROKEN as error:
        locked = "encrypted" in str(error).lower() or "password" in str(error).lower()
        reason = (
            "password-protected; ask for it without the password" if locked else f"damaged ({error}); download it again"
        )
        return unreadable("xls", reason)
    document = Document("xls", encoding=book.encoding)
    for index in range(book.nsheets):
        _read_sheet(document, book, index, limits)
    return document


def _open(data: bytes) -> xlrd.book.Book:
    try:
        book = _load(data)
    except LookupError:
        # A code page that no one knows: the file is broken there, or older than all of them.
        return _load(data, "gb18030")
    if book.biff_version < _UNICODE_SINCE and book.codepage in _WESTERN:
        return _load(data, "gb18030")
    return book


def _load(data: bytes, encoding: str | None = None) -> xlrd.book.Book:
    return xlrd.open_workbook(
        file_contents=data, logfile=io.StringIO(), formatting_info=True, on_demand=True, encoding_override=encoding
    )


def _read_sheet(document: Document, book: xlrd.book.Book, index: int, limits: Limits) -> None:
    place = f"sheet {book.sheet_names()[index]}"
    try:
        sheet = book.sheet_by_index(index)
        left = max(limits.rows - sum(len(grid.rows) for grid in document.grids), 0)
        rows = [_row(document, book, sheet, row, place) for row in range(min(sheet.nrows, left))]
    except _BROKEN as error:
        message = f"{place} cannot be read ({error}); the other sheets were"
        document.issues.append(ReadIssue("error", "sheet-unreadable", message, place))
        return
    if sheet.nrows > left:
        message = f"{place} has {sheet.nrows} rows; read up to the limit of {limits.rows} in all"
        document.issues.append(ReadIssue("error", "too-many-rows", message, place))
    hidden = sheet.visibility != _VISIBLE
    if hidden:
        document.issues.append(ReadIssue("warning", "hidden-sheet", f"{place} is hidden; its rows were read", place))
    rows_hidden = sum(1 for row, info in sheet.rowinfo_map.items() if info.hidden and row < sheet.nrows)
    columns_hidden = sum(1 for column, info in sheet.colinfo_map.items() if info.hidden and column < sheet.ncols)
    hidden_parts(document, place, rows_hidden, columns_hidden)
    merged = [((top, left), (bottom - 1, right - 1)) for top, bottom, left, right in sheet.merged_cells]
    grid = sheet_grid(rows, place, merged=merged, hidden=hidden)
    if grid.rows:
        document.grids.append(grid)


def _row(document: Document, book: xlrd.book.Book, sheet: xlrd.sheet.Sheet, row: int, place: str) -> list[str]:
    cells = sheet.row(row)
    texts = [_text(book, cell) for cell in cells]
    texts += [""] * (sheet.ncols - len(texts))
    if any(cell.ctype == xlrd.XL_CELL_NUMBER and lost_digits(cell.value) for cell in cells):
        where = f"{place}, row {row + 1}"
        message = (
            f"a number at {where} is longer than 15 digits: the sheet has lost its last digits; format codes as text"
        )
        document.issues.append(ReadIssue("warning", "digits-lost", message, where, " | ".join(texts)[:500]))
    return texts


def _text(book: xlrd.book.Book, cell: xlrd.sheet.Cell) -> str:
    if cell.ctype == xlrd.XL_CELL_DATE:
        return cell_text(_moment(cell.value, book.datemode))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return cell_text(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#ERROR"))
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        code = book.format_map[book.xf_list[cell.xf_index].format_key].format_str if cell.xf_index is not None else ""
        return cell_text(cell.value, shown(code))
    return cell_text(str(cell.value))


def _moment(value: float, datemode: int) -> Value:
    try:
        moment: datetime = xlrd.xldate_as_datetime(value, datemode)
    except (xlrd.XLDateError, OverflowError, ValueError):
        return value
    if 0 <= value < 1:
        return time(moment.hour, moment.minute, moment.second)
    return moment
