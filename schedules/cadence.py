"""When a source is looked at next: its own cadence, and daily around the legal due days of what it carries. Pure.

A duty is called missing only after good looks on three different days past its due day and three days of grace
(contracts, section 8), and a publication is called late by the first look that saw it. So from ``BEFORE`` a due day
until ``AFTER`` it a slow source is looked at every day; one looked at daily anyway gains nothing from more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from schedules.errors import ScheduleError

SHANGHAI = ZoneInfo("Asia/Shanghai")
BEFORE = timedelta(days=14)
AFTER = timedelta(days=10)
"""Three days of grace, three days of looks, and four in which a look may fail."""
DENSE = timedelta(days=1)
WORDS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(days=7),
    "monthly": timedelta(days=30),
    "quarterly": timedelta(days=91),
    "yearly": timedelta(days=365),
}
UNITS = {"h": "hours", "d": "days", "w": "weeks"}


def parse(text: str) -> timedelta:
    """A cadence as a source's YAML says it: a word of ``WORDS``, or ``6h``, ``2d``, ``1w``.

    Raises ScheduleError for anything else, and for a cadence under an hour.
    """
    if text in WORDS:
        return WORDS[text]
    match = re.fullmatch(r"([1-9][0-9]{0,3})([hdw])", text)
    if match is None:
        raise ScheduleError(f"cadence {text!r} is not one of {', '.join(WORDS)}, nor like 6h, 2d, 1w")
    return timedelta(**{UNITS[match[2]]: int(match[1])})


@dataclass(frozen=True)
class Plan:
    """A source's cadence and the due days (Shanghai calendar) around which it is looked at daily."""

    every: timedelta
    deadlines: tuple[date, ...] = ()

    def next_after(self, last: datetime) -> datetime:
        """The due moment that follows the look at ``last`` (UTC): never later than the opening of a dense window."""
        if self._dense(last):
            return last + min(self.every, DENSE)
        regular = last + self.every
        openings = [opening for opening, _ in self._windows() if last < opening < regular]
        return min([regular, *openings])

    def _dense(self, moment: datetime) -> bool:
        return any(opening <= moment < closing for opening, closing in self._windows())

    def _windows(self) -> Iterable[tuple[datetime, datetime]]:
        for day in self.deadlines:
            yield _midnight(day - BEFORE), _midnight(day + AFTER)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI).astimezone(UTC)
