"""XLS files of the nineties (BIFF5, code page 936), as monitoring stations' programs export them to this day."""

from __future__ import annotations

from functools import lru_cache
from struct import pack

from .compound import compound

CODE_PAGE, ENCODING = 936, "gbk"


@lru_cache(maxsize=256)
def xls(title: str, header: tuple[str, ...], rows: tuple[tuple[str, ...], ...], name: str = "Sheet1") -> bytes:
    """One sheet: a title row, the header, the rows; every value is text."""
    label = name.encode(ENCODING)
    head = _begin(5) + _record(0x42, pack("<H", CODE_PAGE)) + b"".join(_font() for _ in range(5))
    head += _record(0xE0, pack("<HHHBBIi", 0, 0, 0, 0, 0, 0, 0))
    start = len(head) + 4 + 7 + len(label) + 4
    head += _record(0x85, pack("<IHB", start, 0, len(label)) + label) + _record(0x0A, b"")
    return compound({"Book": head + _sheet(((title,), header, *rows))})


def _sheet(rows: tuple[tuple[str, ...], ...]) -> bytes:
    cells = (
        _record(0x204, pack("<HHHH", number, column, 0, len(text)) + text)
        for number, row in enumerate(rows)
        for column, text in enumerate(cell.encode(ENCODING) for cell in row)
        if text
    )
    size = pack("<HHHHH", 0, len(rows), 0, max(map(len, rows)), 0)
    return _begin(0x10) + _record(0x200, size) + b"".join(cells) + _record(0x0A, b"")


def _begin(kind: int) -> bytes:
    return _record(0x809, pack("<HHHH", 0x500, kind, 0x96C, 1993))


def _font() -> bytes:
    return _record(0x31, pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 134, 0) + b"\x05Arial")


def _record(code: int, data: bytes) -> bytes:
    return pack("<HH", code, len(data)) + data
