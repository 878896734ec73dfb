"""XLSX (and its kin that python-calamine reads): every sheet a grid, hidden sheets read and reported."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence

from lxml import etree
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from crawlers.readers.celltext import cell_text, lost_digits
from crawlers.readers.document import Document, Limits, ReadIssue, unreadable
from crawlers.readers.folding import fold
from crawlers.readers.sheets import hidden_parts, sheet_grid
from crawlers.readers.xlsxparts import SheetFacts, sheet_facts

_ROWS, _COLUMNS = 1_048_576, 16_384
"""A sheet's own limits: a cell that states a place beyond them is a broken one."""
_BROKEN = (
    CalamineError, zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, EOFError, NotImplementedError, KeyError,
    ValueError,
)  # fmt: skip


def read_xlsx(data: bytes, limits: Limits) -> Document:
    """An XLSX file as a document; its container must have passed ``zips.refusal``."""
    document = Document("xlsx")
    try:
        facts = sheet_facts(data)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        return unreadable("xlsx", "password-protected; ask for it without the password")
    except _BROKEN as error:
        return unreadable("xlsx", f"the file is truncated or damaged ({error}); download it again")
    for sheet in workbook.sheets_metadata:
        _read_sheet(document, workbook, sheet, facts.get(sheet.name), limits)
    return document


def _read_sheet(
    document: Document, workbook: CalamineWorkbook, meta: SheetMetadata, facts: SheetFacts | None, limits: Limits
) -> None:
    place = f"sheet {meta.name}"
    if meta.typ != SheetTypeEnum.WorkSheet:
        document.issues.append(
            ReadIssue("info", "not-a-worksheet", f"{place} is a chart or macro sheet; not read", place)
        )
        return
    if facts is None:
        # Its size is unknown, and a sheet of unbounded size would take the whole machine's memory.
        message = f"{place} has no part in the file; open and save it in a spreadsheet"
        document.issues.append(ReadIssue("error", "sheet-unreadable", message, place))
        return
    if facts.rows > _ROWS or facts.columns > _COLUMNS or facts.rows * facts.columns > limits.cells:
        size = f"{facts.rows} rows × {facts.columns} columns"
        message = f"{place} spans {size}, above the limit; remove the stray cells at its far end"
        document.issues.append(ReadIssue("error", "sheet-too-large", message, place))
        return
    try:
        sheet = workbook.get_sheet_by_name(meta.name)
    except CalamineError as error:
        message = f"{place} cannot be read ({error}); the other sheets were"
        document.issues.append(ReadIssue("error", "sheet-unreadable", message, place))
        return
    _add_sheet(document, sheet, place, facts, meta.visible != SheetVisibleEnum.Visible, limits)


def _add_sheet(
    document: Document, sheet: CalamineSheet, place: str, facts: SheetFacts, hidden: bool, limits: Limits
) -> None:
    left = limits.rows - sum(len(grid.rows) for grid in document.grids)
    if sheet.total_height > left:
        message = f"{place} has {sheet.total_height} rows; read up to the limit of {limits.rows} in all"
        document.issues.append(ReadIssue("error", "too-many-rows", message, place))
    rows = _texts(document, sheet, place, facts, max(left, 0))
    if facts.bare_formulas:
        message = (
            f"{place} has {facts.bare_formulas} formulas without a stored value; open and save it in a spreadsheet"
        )
        document.issues.append(ReadIssue("warning", "formula-without-value", message, place))
    if hidden:
        document.issues.append(ReadIssue("warning", "hidden-sheet", f"{place} is hidden; its rows were read", place))
    hidden_parts(document, place, facts.hidden_rows, facts.hidden_columns)
    grid = sheet_grid(rows, place, merged=sheet.merged_cell_ranges or [], hidden=hidden)
    if grid.rows:
        document.grids.append(grid)


def _texts(document: Document, sheet: CalamineSheet, place: str, facts: SheetFacts, most: int) -> list[list[str]]:
    rows: list[list[str]] = []
    for number, values in enumerate(sheet.to_python(skip_empty_area=False, nrows=most), 1):
        rows.append([fold(value) if type(value) is str else cell_text(value) for value in values])
        if any(type(value) is not str and lost_digits(value) for value in values):
            document.issues.append(_digits_lost(f"{place}, row {number}", rows[-1]))
        if facts.formats:
            _apply(facts, number - 1, rows[-1], values)
    return rows


def _apply(facts: SheetFacts, row: int, texts: list[str], values: Sequence[object]) -> None:
    for column, value in enumerate(values):
        how = facts.formats.get((row, column))
        if how is not None and isinstance(value, int | float) and not isinstance(value, bool):
            texts[column] = cell_text(value, how)


def _digits_lost(place: str, row: list[str]) -> ReadIssue:
    message = f"a number at {place} is longer than 15 digits: the sheet has lost its last digits; format codes as text"
    return ReadIssue("warning", "digits-lost", message, place, " | ".join(row)[:500])
