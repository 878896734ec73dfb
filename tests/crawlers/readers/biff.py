"""Old Excel files made by hand: BIFF5 workbooks in code page 936, as Chinese systems exported them for decades."""

from __future__ import annotations

import struct
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

CODEPAGE = 936
GENERAL, DAY = 0, 14
Cell = str | int | float | None


@dataclass
class Sheet:
    """Rows of a sheet; ``days`` are columns shown as dates, ``hidden`` whether the sheet is, ``hidden_rows`` which."""

    name: str
    rows: Sequence[Sequence[Cell]]
    days: Collection[int] = ()
    hidden: bool = False
    hidden_rows: Collection[int] = ()
    hidden_columns: Collection[int] = field(default_factory=tuple)


def workbook(*sheets: Sheet, since_1904: bool = False, codepage: int = CODEPAGE, encoding: str = "gbk") -> bytes:
    """The bytes of a workbook: one stream without a container, which readers accept as such."""
    bodies = [_sheet(sheet, encoding) for sheet in sheets]
    head = _bof(5) + _record(0x42, struct.pack("<H", codepage)) + _record(0x22, struct.pack("<H", int(since_1904)))
    head += b"".join(_font() for _ in range(5)) + _xf(GENERAL) + _xf(DAY)
    names = [sheet.name.encode(encoding) for sheet in sheets]
    start = len(head) + sum(4 + 7 + len(name) for name in names) + 4
    bounds = b""
    for sheet, name, body in zip(sheets, names, bodies, strict=True):
        bounds += _record(0x85, struct.pack("<IBBB", start, int(sheet.hidden), 0, len(name)) + name)
        start += len(body)
    return head + bounds + _record(0x0A, b"") + b"".join(bodies)


def _record(code: int, data: bytes) -> bytes:
    return struct.pack("<HH", code, len(data)) + data


def _bof(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHH", 0x0500, kind, 0x096C, 1993))


def _font() -> bytes:
    return _record(0x31, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 134, 0) + b"\x05Arial")


def _xf(number_format: int) -> bytes:
    return _record(0xE0, struct.pack("<HHHBBIi", 0, number_format, 0, 0, 0, 0, 0))


def _sheet(sheet: Sheet, encoding: str) -> bytes:
    width = max((len(row) for row in sheet.rows), default=0)
    body = _bof(0x10)
    for column in sheet.hidden_columns:
        body += _record(0x7D, struct.pack("<HHHHHH", column, column, 2560, 0, 1, 0))
    body += _record(0x200, struct.pack("<HHHHH", 0, len(sheet.rows), 0, width, 0))
    for number in sheet.hidden_rows:
        body += _record(0x208, struct.pack("<HHHHHHI", number, 0, width, 255, 0, 0, 0x20))
    for number, row in enumerate(sheet.rows):
        for column, cell in enumerate(row):
            body += _cell(number, column, cell, int(column in sheet.days), encoding)
    return body + _record(0x0A, b"")


def _cell(row: int, column: int, value: Cell, style: int, encoding: str) -> bytes:
    if value is None:
        return b""
    if isinstance(value, str):
        text = value.encode(encoding)
        return _record(0x204, struct.pack("<HHHH", row, column, style, len(text)) + text)
    return _record(0x203, struct.pack("<HHHd", row, column, style, float(value)))
