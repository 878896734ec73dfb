"""What a table's own columns look like, and rows that stand aside of them: cells shifted to the left or right.

Only shapes are compared (a day, a number, a credit code), no meanings: a shift of all rows alike is left to whoever
knows what the headers mean.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

_SHAPES = (
    (
        "day",
        re.compile(
            r"(?:19|20)\d\d\s*(?:[-./年])\s*\d{1,2}(?:\s*[-./月]\s*\d{1,2}\s*日?)?(?:[ T]\d{1,2}:\d\d(?::\d\d)?)?"
        ),
    ),
    ("code", re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}|\d{15}|[0-9A-Z]{8}-[0-9X]")),
    ("number", re.compile(r"[-+<]?\d[\d,]*(?:\.\d+)?%?")),
)
_SAMPLE = 60
_SURE = 0.8
"""Share of a column's filled cells that must have one shape before the column is said to have it."""
_ROWS = 5
"""Filled cells at the least in such a column."""
_OFFSETS = (1, -1, 2, -2)
_WITNESSES = 2
"""Columns that must both disagree where they stand and agree where they would stand."""


def shape(cell: str) -> str:
    """``day``, ``code``, ``number`` or ``text``; "" for an empty cell."""
    if not cell:
        return ""
    return next((name for name, pattern in _SHAPES if pattern.fullmatch(cell)), "text")


def profile(rows: Sequence[Sequence[str]]) -> dict[int, str]:
    """Column → its shape, for columns whose filled cells (among rows spread over the table) nearly all have one."""
    step = max(len(rows) // _SAMPLE, 1)
    counts: dict[int, Counter[str]] = {}
    for row in rows[::step]:
        for column, cell in enumerate(row):
            if cell:
                counts.setdefault(column, Counter())[shape(cell)] += 1
    found: dict[int, str] = {}
    for column, counter in counts.items():
        (name, most), total = counter.most_common(1)[0], sum(counter.values())
        if total >= _ROWS and most >= _SURE * total and name != "text":
            found[column] = name
    return found if len(found) >= _WITNESSES else {}


def shifted(row: Sequence[str], columns: Mapping[int, str]) -> int | None:
    """By how many columns a row's cells stand aside (+ to the right), or None where they stand under their headers."""
    wrong = [column for column, name in columns.items() if column < len(row) and shape(row[column]) not in ("", name)]
    if not wrong:
        return None
    for offset in _OFFSETS:
        right = [c for c, name in columns.items() if 0 <= c + offset < len(row) and shape(row[c + offset]) == name]
        moved = [c for c in right if shape(row[c]) != columns[c]]
        if len(moved) >= _WITNESSES and len(right) == len([c for c in columns if 0 <= c + offset < len(row)]):
            return offset
    return None
