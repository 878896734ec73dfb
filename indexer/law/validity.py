"""Memberships by permits (排污许可证): the days on which a permit was held."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from indexer.law.calendar import ONE_DAY, add_months
from indexer.law.facts import Membership
from indexer.law.model import Obligation


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


def held(obligation: Obligation, memberships: Iterable[Membership], as_of: date) -> list[Held]:
    """Every permit known by ``as_of`` in a class that owes ``obligation``; one without both its days gives none."""
    return [
        Held(m.valid_from, m.valid_to, m.cls, m.first_seen, m.extra)
        for m in memberships
        if m.valid_from is not None and m.valid_to is not None and m.valid_from <= m.valid_to
        if m.first_seen <= as_of and obligation.carries(m.cls)
    ]


def held_at_least(permits: list[Held], start: date, end: date, months: int) -> bool:
    """True where the days held within ``start``..``end`` make ``months`` months (counted from the first of them)."""
    days = {day for permit in permits for day in _days(max(permit.start, start), min(permit.end, end))}
    if not days:
        return False
    first = date.fromordinal(min(days))
    return len(days) >= (add_months(first, months) - first).days


def _days(start: date, end: date) -> range:
    return range(start.toordinal(), (end + ONE_DAY).toordinal())
