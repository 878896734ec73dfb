"""XLSX lists: merged title rows, vertically merged class cells, notes under the table; the same bytes every time."""

from __future__ import annotations

import re
from functools import lru_cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from .pdf import _runs as runs

_FIXED = (2021, 1, 1, 0, 0, 0)


@lru_cache(maxsize=512)
def workbook(title: str, header: tuple[str, ...], rows: tuple[tuple[str, ...], ...], merged: int, note: str) -> bytes:
    """One sheet 名录; equal neighbours of column ``merged`` are one merged cell."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "名录"
    width = len(header)
    sheet.append([title])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=width)
    sheet.append(["（排名不分先后）"])
    sheet.merge_cells(start_row=2, end_row=2, start_column=1, end_column=width)
    sheet.append(list(header))
    for row in rows:
        sheet.append([int(cell) if cell.isdecimal() and n == 0 else cell for n, cell in enumerate(row)])
    for first, last in runs([row[merged] for row in rows]):
        sheet.merge_cells(start_row=first + 4, end_row=last + 4, start_column=merged + 1, end_column=merged + 1)
    sheet.append([])
    sheet.append([f"注：{note}"])
    sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=width)
    buffer = BytesIO()
    book.save(buffer)
    return stable(buffer.getvalue())


def stable(content: bytes) -> bytes:
    """The same archive with fixed times, so that equal lists are equal bytes."""
    result = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(result, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            member = source.read(name)
            if name == "docProps/core.xml":
                member = re.sub(rb">\d{4}-\d\d-\d\dT[\d:]+Z<", b">2021-01-01T00:00:00Z<", member)
            target.writestr(ZipInfo(name, _FIXED), member, ZIP_DEFLATED)
    return result.getvalue()
