"""The ledger of one channel: per day, whether it was looked at well and the item was not there, or the look failed.

A look that found *something* of the kind proves absence only where a disclosure of another period explains what it
found; otherwise the page may hold the very item in a form that was not understood, and the look counts as unreadable.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

from indexer.gaps.channels import Watched
from indexer.gaps.evidence import Evidence, answers, explains
from indexer.law.duties import Duty
from indexer.law.facts import Found, Look
from indexer.law.periods import contains

UNREAD = "页面有该类内容而未能解读出本期披露"


@dataclass(frozen=True)
class LookDay:
    """One day: ``absent`` every kind of the channel was looked at well and nothing was there; else ``bad`` looks."""

    day: date
    absent: bool
    bad: tuple[tuple[str, str], ...]
    """(outcome, reason) of the looks that failed."""
    visits: tuple[str, ...]


@dataclass(frozen=True)
class Ledger:
    """A channel and its days, ascending; days with neither proof nor failure (the item was there) are left out."""

    watched: Watched
    days: tuple[LookDay, ...]

    def between(self, after: date, until: date) -> tuple[LookDay, ...]:
        """The days later than ``after`` up to and with ``until``."""
        start = bisect_right(self.days, after, key=_day_of)
        return self.days[start : bisect_right(self.days, until, lo=start, key=_day_of)]


def _day_of(look: LookDay) -> date:
    return look.day


def ledger(watched: Watched, duty: Duty, evidence: Evidence, after: date) -> Ledger:
    """The ledger of one channel for one duty, from the day after ``after``."""
    found = [item for item in evidence.of_kinds(duty) if item.source == watched.source]
    by_day: dict[date, dict[str, list[Look]]] = {}
    for kind in watched.kinds:
        for look in evidence.looks.get((watched.source, kind), ()):
            if look.day > after and (duty.until is None or look.day <= duty.until) and _concerns(look, duty):
                by_day.setdefault(look.day, {}).setdefault(kind, []).append(look)
    days = (_day(day, by_day[day], watched.kinds, duty, found) for day in sorted(by_day))
    return Ledger(watched, tuple(day for day in days if day is not None))


def _concerns(look: Look, duty: Duty) -> bool:
    """True where a look at a list, or at a narrower page, would have shown the duty's period."""
    return duty.span is None or look.period is None or contains(look.period, duty.period)


def _day(
    day: date, looks: dict[str, list[Look]], kinds: frozenset[str], duty: Duty, found: list[Found]
) -> LookDay | None:
    if any(day in item.sightings and answers(item, duty) for item in found):
        return None
    absent = all(any(_absent(look, duty, found) for look in looks.get(kind, ())) for kind in kinds)
    flat = [look for kind in sorted(looks) for look in looks[kind]]
    bad = () if absent else tuple(_bad(look) for look in flat if not _absent(look, duty, found))
    if not absent and not bad:
        return None
    return LookDay(day, absent, bad, tuple(dict.fromkeys(look.visit for look in flat)))


def _absent(look: Look, duty: Duty, found: list[Found]) -> bool:
    if look.outcome == "absent":
        return True
    if look.outcome != "found":
        return False
    return any(item.kind == look.kind and look.day in item.sightings and explains(item, duty) for item in found)


def _bad(look: Look) -> tuple[str, str]:
    if look.outcome == "found":
        return "unreadable", UNREAD
    return look.outcome, look.reason or look.outcome
