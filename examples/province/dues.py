"""Due days by the law's own text, computed apart from the product.

O31 art. 11: 90 days from the list; O24 art. 19: 15 March; permit platform: 31 January with the notices' overrides;
M23: five working days from the end of the quarter. Working days by the State Council's calendar (``chinese_calendar``).
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar

ONE_DAY = timedelta(days=1)
LAST_KNOWN_YEAR = 2026
"""The calendar's last year; beyond it a due day is provisional and only weekends roll."""


@lru_cache(maxsize=4096)
def is_workday(day: date) -> bool:
    """True on a working day, 调休 included."""
    if day.year > LAST_KNOWN_YEAR:
        return day.weekday() < 5
    return bool(chinese_calendar.is_workday(day))


def roll(day: date) -> date:
    """``day``, or the next working day where it is none."""
    while not is_workday(day):
        day += ONE_DAY
    return day


@lru_cache(maxsize=4096)
def list_due(published: date) -> date:
    """O31: the ninetieth day counted from the day after the list, rolled."""
    return roll(published + timedelta(days=90))


@lru_cache(maxsize=4096)
def annual_due(year: int) -> date:
    """O24-Y: 15 March of the next year, rolled."""
    return roll(date(year + 1, 3, 15))


@lru_cache(maxsize=4096)
def report_due(year: int, industry: str) -> date:
    """PR-2: 31 January of the next year; FY2023: 2024-02-29; FY2024: 2025-02-28, thermal power 2025-01-31."""
    if year == 2023:
        return roll(date(2024, 2, 29))
    if year == 2024 and industry != "火力发电":
        return roll(date(2025, 2, 28))
    return roll(date(year + 1, 1, 31))


def quarter_start(period: str) -> date:
    """``2023Q1`` → 2023-01-01."""
    return date(int(period[:4]), 3 * int(period[5]) - 2, 1)


def quarter_end(period: str) -> date:
    """``2023Q1`` → 2023-03-31."""
    year, quarter = int(period[:4]), int(period[5])
    following = date(year + 1, 1, 1) if quarter == 4 else date(year, 3 * quarter + 1, 1)
    return following - ONE_DAY


@lru_cache(maxsize=4096)
def quarter_due(period: str) -> date:
    """M23-1: the fifth working day after the quarter's last day."""
    day, left = quarter_end(period), 5
    while left:
        day += ONE_DAY
        left -= is_workday(day)
    return day


def quarters(first: int, last: date) -> list[str]:
    """Every quarter begun from 1 January of ``first`` to ``last``."""
    names = [f"{year}Q{quarter}" for year in range(first, last.year + 1) for quarter in range(1, 5)]
    return [name for name in names if quarter_start(name) <= last]


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later, the month's last day where there is none."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return date(year, month + 1, day.day)
