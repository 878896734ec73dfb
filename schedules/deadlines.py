"""The legal due days of what a source carries, around which it is looked at daily.

Those that follow from the calendar alone stand in the rules. Those counted from a list's publication, an event or a
permit differ from subject to subject: the scan works them out and leaves them in the data folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from indexer import frontier
from indexer.law import periods, rules
from indexer.law.deadlines import Anchors, due_of
from indexer.law.model import DueRule, Obligation
from schedules.cadence import AFTER

AHEAD = timedelta(days=400)


def of_source(name: str, kinds: frozenset[str], day: date, var: Path) -> tuple[date, ...]:
    """All due days of a source: the calendar's, and those of its own subjects as the last scan knew them."""
    own = (due for due in frontier.due_days(var, name) if day - AFTER <= due <= day + AHEAD)
    return tuple(sorted({*due_days(kinds, day), *own}))


def due_days(kinds: frozenset[str], day: date, law: rules.Rules | None = None) -> tuple[date, ...]:
    """The due days from just before ``day`` to a year ahead, of every active duty that one of ``kinds`` answers."""
    law = law or rules.default()
    found: set[date] = set()
    for row in law.active:
        if kinds.intersection(row.kinds) and row.due is not None:
            found.update(_of(row, row.due, day, law))
    return tuple(sorted(due for due in found if day - AFTER <= due <= day + AHEAD))


def _of(row: Obligation, rule: DueRule, day: date, law: rules.Rules) -> Iterator[date]:
    for period in _periods(row.period, day):
        bounds = periods.bounds(period)
        anchors = Anchors(year=int(period[:4]), period_end=bounds[1] if bounds else None)
        try:
            due = due_of(rule, anchors, law.calendar).latest
        except ValueError:
            # It is counted from a list, an event or a permit: the scan knows it of each subject.
            return
        moved = {o.due for o in law.overrides if (o.obligation, o.period, o.effect) == (row.id, period, "moves")}
        for candidate in {due, *moved}:
            if row.effective_to is None or candidate <= row.effective_to:
                yield candidate


def _periods(period: str, day: date) -> Iterable[str]:
    years = range(day.year - 2, day.year + 2)
    if period == "year":
        return [str(year) for year in years]
    if period == "quarter":
        return [f"{year}Q{quarter}" for year in years for quarter in range(1, 5)]
    return []
