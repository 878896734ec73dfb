"""Working days (工作日) by the State Council's calendar: imported notices first, then the library ``chinesecalendar``.

Beyond both only weekends and the fixed holidays of ``calendar.yaml`` are days off, and every answer that rests on such
a year is provisional.
"""

from __future__ import annotations

import hashlib
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

import chinese_calendar
from chinese_calendar import holidays, workdays

from indexer.law.holidays import Notice

ONE_DAY = timedelta(days=1)
FIRST_YEAR: int = min(holidays).year
LAST_YEAR: int = max(holidays).year


@dataclass(frozen=True)
class Calendar:
    """Working days; ``fixed`` are the (month, day) holidays that hold in a year without a notice.

    ``notices`` are those imported, one a year at most: they outrank the library.
    """

    fixed: frozenset[tuple[int, int]]
    notices: tuple[Notice, ...] = ()

    def known(self, day: date) -> bool:
        """True where the year's official calendar is known."""
        return FIRST_YEAR <= day.year <= LAST_YEAR or day.year in self._years

    def is_workday(self, day: date) -> bool:
        """True on a working day, 调休 included."""
        said = self._named.get(day)
        if said is not None:
            return said
        if day.year in self._years:
            return day.weekday() < 5
        if self.known(day):
            return _official(day)
        return day.weekday() < 5 and (day.month, day.day) not in self.fixed

    @cached_property
    def _named(self) -> dict[date, bool]:
        return {day: works for notice in self.notices for day, works in notice.days.items()}

    @cached_property
    def _years(self) -> frozenset[int]:
        return frozenset(notice.year for notice in self.notices)

    def roll(self, day: date) -> date:
        """``day``, or the next working day where it is a day off."""
        while not self.is_workday(day):
            day += ONE_DAY
        return day

    def add_workdays(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day`` (before it where negative)."""
        step = ONE_DAY if count > 0 else -ONE_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_workday(day)
        return day


@lru_cache(maxsize=10_000)
def _official(day: date) -> bool:
    """The library's answer, kept: it looks through all its holidays each time it is asked."""
    official: bool = chinese_calendar.is_workday(day)
    return official


def data_version() -> str:
    """Sixteen hex digits over the official days that the library holds: part of the rules' version."""
    lines = [f"{day} 0" for day in sorted(holidays)] + [f"{day} 1" for day in sorted(workdays)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later, the month's last day where it has none (民法典 art. 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
