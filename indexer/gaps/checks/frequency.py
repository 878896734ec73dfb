"""Frequencies of monitoring (监测频次) as printed: ``1次/季``, ``每月一次``, ``半年1次`` → so many a period."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from indexer.law.calendar import add_months

_NUMBERS = {"一": 1, "壹": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_UNITS = {
    "半年度": "half", "半年": "half", "6个月": "half", "年度": "year", "年": "year", "3个月": "quarter",
    "季度": "quarter", "季": "quarter", "个月": "month", "月度": "month", "月": "month", "周": "week", "星期": "week",
    "日": "day", "天": "day",
}  # fmt: skip
_COUNT = rf"(?P<count>\d+|[{''.join(_NUMBERS)}])"
_UNIT = rf"(?:1|一)?(?P<unit>{'|'.join(_UNITS)})"
_WRITTEN = (
    rf"{_COUNT}次[/每]?{_UNIT}", rf"每?{_UNIT}{_COUNT}次", rf"{_COUNT}/{_UNIT}", rf"每?{_UNIT}(?:/?次|1)?",
    rf"次/{_UNIT}",
)  # fmt: skip
"""With its number; a period alone (季, 每月, 年/次) means once in it."""
_SHAPES = tuple(map(re.compile, _WRITTEN))
_AUTOMATIC = re.compile("自动|连续|在线|实时")


@dataclass(frozen=True)
class Frequency:
    """So many sessions in each calendar period: ``day``, ``week``, ``month``, ``quarter``, ``half``, ``year``."""

    count: int
    period: str


@lru_cache(maxsize=5_000)
def parse(text: str) -> Frequency | None:
    """The frequency of manual sessions; None for automatic monitoring and for what is not understood."""
    folded = re.sub(r"\s+", "", text).replace("／", "/")
    if _AUTOMATIC.search(folded):
        return None
    for shape in _SHAPES:
        match = shape.fullmatch(folded)
        if match:
            count = match.groupdict().get("count") or "1"
            return Frequency(int(count) if count.isdecimal() else _NUMBERS[count], _UNITS[match["unit"]])
    return None


def spans(frequency: Frequency, start: date, end: date) -> list[tuple[str, date, date]]:
    """The whole periods (name, first and last day) that begin on or after ``start`` and end on or before ``end``."""
    if frequency.period in ("day", "week"):
        # Days and weeks are added up by the month: a single session a day late is no matter of its own.
        return _by_months(start, end, 1)
    return _by_months(start, end, {"month": 1, "quarter": 3, "half": 6, "year": 12}[frequency.period])


def _by_months(start: date, end: date, months: int) -> list[tuple[str, date, date]]:
    first = date(start.year, 1, 1)
    found = []
    while first <= end:
        after = add_months(first, months)
        last = after - timedelta(days=1)
        if first >= start and last <= end:
            found.append((name_of(first, months), first, last))
        first = after
    return found


def name_of(first: date, months: int) -> str:
    """``2026-03``, ``2026Q1``, ``2026H1`` or ``2026``."""
    match months:
        case 1:
            return f"{first:%Y-%m}"
        case 3:
            return f"{first.year}Q{(first.month + 2) // 3}"
        case 6:
            return f"{first.year}H{(first.month + 5) // 6}"
        case 12:
            return str(first.year)
    raise ValueError(f"no period of {months} months has a name")


def demanded(frequency: Frequency, start: date, end: date) -> int:
    """Sessions demanded in a whole period; of weeks only those that lie wholly within it."""
    days = (end - start).days + 1
    match frequency.period:
        case "day":
            return frequency.count * days
        case "week":
            return frequency.count * (days // 7)
    return frequency.count


def days(frequency: Frequency) -> float:
    """Days from one session to the next where they come evenly."""
    whole = {"day": 1, "week": 7, "month": 30, "quarter": 92, "half": 183, "year": 366}
    return whole[frequency.period] / frequency.count
