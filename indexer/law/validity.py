"""Memberships by permits (排污许可证): the days on which a permit was held."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from indexer.law.calendar import ONE_DAY, add_months
from indexer.law.facts import Membership
from indexer.law.model import within_any


@dataclass(frozen=True)
class Held:
    """One permit's days (both included), the class of its holder, the day it was known, what is printed beside it."""

    start: date
    end: date
    cls: str
    known: date
    printed: dict[str, str]

    def on(self, day: date) -> bool:
        """True where it was valid on ``day``."""
        return self.start <= day <= self.end

    def overlaps(self, start: date, end: date) -> bool:
        """True where it was valid on a day of ``start``..``end``."""
        return self.start <= end and start <= self.end


def held(classes: tuple[str, ...], memberships: Iterable[Membership], as_of: date) -> list[Held]:
    """Every permit known by ``as_of`` in one of ``classes``; one without both its days gives none."""
    return [
        Held(m.valid_from, m.valid_to, m.cls, m.first_seen, m.extra)
        for m in memberships
        if m.valid_from is not None and m.valid_to is not None and m.valid_from <= m.valid_to
        if m.first_seen <= as_of and within_any(m.cls, classes)
    ]


def held_at_least(permits: list[Held], start: date, end: date, months: int = 0, days: int = 0) -> bool:
    """True where the days held within ``start``..``end`` make so many months (counted from the first) or days."""
    inside = [(max(p.start, start), min(p.end, end)) for p in permits if p.overlaps(start, end)]
    if any(span == (start, end) for span in inside):
        return True
    held_days = {day for span in inside for day in _days(*span)}
    if not held_days:
        return False
    first = date.fromordinal(min(held_days))
    return len(held_days) >= ((add_months(first, months) - first).days if months else days)


def _days(start: date, end: date) -> range:
    return range(start.toordinal(), (end + ONE_DAY).toordinal())
