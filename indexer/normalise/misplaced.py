"""Values under the wrong headers: a whole table whose columns are shifted against its header row.

Told by meanings: a day under 统一社会信用代码 and a code under 企业名称 can only be a broken sheet. The crawl tells
rows that stand aside of their own table; this tells a table that stands aside of its header.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from indexer.normalise import dates, fields, values

_WITNESSES = 2
"""Typed headers at the least that must agree on the shift."""
_SURE = 0.8
_SAMPLE = 40
_OFFSETS = (1, -1, 2, -2)
_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")


def shift(kind: str, rows: Sequence[Mapping[str, str]]) -> int | None:
    """By how many columns the values of a table of ``kind`` stand beside their headers (+ to the right), else None.

    ``rows`` are raw fields in the order of the columns. A shift is told only where nearly all values of two or more
    headers with a certain shape fit one offset and none fits where it stands.
    """
    if not rows:
        return None
    headers = list(rows[0])
    typed = {index: check for index, header in enumerate(headers) if (check := _check(kind, header)) is not None}
    sample = [[row.get(header, "") for header in headers] for row in rows[:: max(len(rows) // _SAMPLE, 1)]]
    wrong = {index for index, check in typed.items() if _fits(sample, index, check) == 0.0}
    if len(wrong) < _WITNESSES:
        return None
    for offset in _OFFSETS:
        moved = [i for i in wrong if 0 <= i + offset < len(headers) and _fits(sample, i + offset, typed[i]) >= _SURE]
        if len(moved) >= _WITNESSES:
            return offset
    return None


def _check(kind: str, header: str) -> str | None:
    entry = fields.lookup(kind, header)
    if entry is None:
        return None
    if entry.key == "uscc":
        return "code"
    return entry.type if entry.type in ("day", "value", "verdict") else None


def _fits(rows: list[list[str]], column: int, check: str) -> float:
    """Share of a column's filled cells of that shape; 1 for a column without any, which proves nothing."""
    cells = [row[column] for row in rows if row[column] and not values.is_absent(row[column])]
    return sum(1 for cell in cells if _has(check, cell)) / len(cells) if cells else 1.0 if check != "code" else 0.5


def _has(check: str, cell: str) -> bool:
    if check == "code":
        return _CODE.fullmatch(cell.strip()) is not None
    if check == "day":
        return dates.day(cell) is not None
    if check == "verdict":
        return cell in ("是", "否", "达标", "超标", "未超标", "不达标")
    return values.parse(cell).problem is None
