"""Aged (过时): a thing that must be kept and renewed, of which every document states a day too long ago."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from indexer.gaps.case import Case
from indexer.law.facts import Found


def aged(made: Case, seen: tuple[Found, ...], day: date) -> bool:
    """True where by ``day`` all of ``seen`` state a publication day older than the row allows; no day is no age."""
    ends = [_fresh_until(made, item) for item in seen]
    until = day if made.duty.until is None else min(day, made.duty.until)
    return bool(ends) and all(end is not None and end < until for end in ends)


def turns(made: Case) -> Iterator[date]:
    """The days from which a document counts as old."""
    for item in made.answering:
        end = _fresh_until(made, item)
        if end is not None:
            yield end + timedelta(days=1)


def _fresh_until(made: Case, item: Found) -> date | None:
    days = made.duty.obligation.params.get("freshness_days")
    if not isinstance(days, int) or item.published is None:
        return None
    return item.published + timedelta(days=days)
