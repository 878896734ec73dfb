"""Periods as text: ``2024`` a year, ``2024Q1`` a quarter, ``2024-03`` a month, ``2024-03-05`` a day, ``once:2021``."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from indexer.law.calendar import add_months

_SHAPES = re.compile(r"(\d{4})(?:Q([1-4])|H([12])|-(\d{2})(?:-(\d{2}))?)?")


@lru_cache(maxsize=4096)
def bounds(period: str) -> tuple[date, date] | None:
    """First and last day of a period, or None where it is none of these shapes."""
    match = _SHAPES.fullmatch(period)
    if match is None:
        return None
    year, quarter, half, month, day = match.groups()
    try:
        start = date(int(year), _first_month(quarter, half, month), int(day or 1))
    except ValueError:
        return None
    if day:
        return start, start
    months = 3 if quarter else 6 if half else 1 if month else 12
    return start, add_months(start, months) - timedelta(days=1)


def _first_month(quarter: str | None, half: str | None, month: str | None) -> int:
    if quarter:
        return 3 * int(quarter) - 2
    if half:
        return 6 * int(half) - 5
    return int(month or 1)


def contains(outer: str, inner: str) -> bool:
    """True where ``inner`` is ``outer`` or lies within it (``2024-02`` within ``2024Q1``)."""
    if outer == inner:
        return True
    whole, part = bounds(outer), bounds(inner)
    return whole is not None and part is not None and whole[0] <= part[0] and part[1] <= whole[1]


def quarters(start: date, end: date) -> list[str]:
    """Every quarter whose first day lies in ``start``..``end`` (both included)."""
    return [period for period in _all(3, start, end) if _bounds(period)[0] >= start]


def overlapping(months: int, start: date, end: date) -> list[str]:
    """Every year, half, quarter or month (12, 6, 3, 1 ``months``) that has a day in ``start``..``end``."""
    return _all(months, start, end)


def _all(months: int, start: date, end: date) -> list[str]:
    day = date(start.year, months * ((start.month - 1) // months) + 1, 1)
    found = []
    while day <= end:
        found.append(_named(months, day))
        day = add_months(day, months)
    return found


def _named(months: int, day: date) -> str:
    part = (day.month - 1) // months + 1
    return {12: f"{day.year}", 6: f"{day.year}H{part}", 3: f"{day.year}Q{part}", 1: f"{day:%Y-%m}"}[months]


def _bounds(period: str) -> tuple[date, date]:
    found = bounds(period)
    assert found is not None, period
    return found
