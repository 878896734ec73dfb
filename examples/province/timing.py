"""Behaviours of disclosers: how a behaviour and a due day give the day shown and the day stated."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from .script import next_visit

Timing = tuple[date, date | None]
"""(first day the site shows it, publication day the page states)."""

BEHAVIOURS = (
    "early", "on_due", "late_stated", "late_look", "late_both", "backdated", "unstated", "unstated_after", "never",
)  # fmt: skip


def _days(count: int) -> timedelta:
    return timedelta(days=count)


def between_looks(due: date) -> date:
    """A day between the first two visits after ``due``; the day after ``due`` where there are none."""
    first = next_visit(due)
    second = next_visit(first) if first else None
    if first is None or second is None:
        return due + _days(1)
    return first + _days(max(1, min(40, (second - first).days // 2)))


def before_look(due: date, rng: Random) -> date:
    """A day after ``due`` on which no visit has yet looked beyond it."""
    day = due + _days(rng.randint(1, 20))
    first = next_visit(due)
    return min(day, first) if first else day


def timing(behaviour: str, due: date, rng: Random, lead: tuple[int, int] = (8, 60)) -> Timing | None:
    """The days of one item; None where it is never disclosed. ``lead``: how many days before ``due`` the early come.

    Raises KeyError for an unknown behaviour.
    """
    early = due - _days(rng.randint(*lead))
    between, before = between_looks(due), before_look(due, rng)
    return {
        "early": (early, early),
        "on_due": (due, due),
        "late_stated": (before, before),
        "late_look": (between, None),
        "late_both": (between, between),
        "backdated": (between, due - _days(lead[1])),
        "unstated": (early, None),
        "unstated_after": (before, None),
        "never": None,
    }[behaviour]


def removal(due: date) -> date:
    """The day an item is taken off: seen by the first visit after ``due``, gone at the second."""
    first = next_visit(due)
    second = next_visit(first) if first else None
    if second is None:
        raise ValueError(f"no two visits after {due}: a removal would not be seen")
    return second - _days(1)


def draw(rng: Random) -> str:
    """An ordinary discloser's behaviour: mostly in time."""
    return rng.choices(
        ("early", "unstated", "late_stated", "late_both", "never", "on_due"), (68, 12, 6, 4, 7, 3)
    )[0]  # fmt: skip
