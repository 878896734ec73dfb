"""Withdrawn (撤下): every document that answers a duty was taken down before its term of display was over.

One day without it is too little, a site may slip: three days of good looks that saw no version of it are needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from indexer.gaps.case import Case
from indexer.law.facts import Found

LOOKS = 3
"""Days of good looks without it that prove it was taken down (docs/reference/contracts.md, 2)."""


def withdrawn(made: Case, seen: tuple[Found, ...], day: date) -> bool:
    """True where by ``day`` all of ``seen`` were taken down though the law asks for them to stay."""
    return bool(seen) and must_stay(made) and all(_taken_down(made, item, day) for item in seen)


def must_stay(made: Case) -> bool:
    """True where a term of display is known, or the thing must be kept at all times."""
    duty = made.duty
    return duty.until is not None or (duty.retention is not None and duty.retention.visible)


def _taken_down(made: Case, item: Found, day: date) -> bool:
    duty = made.duty
    until = day if duty.until is None else min(day, duty.until)
    last = max((seen for seen in item.sightings if seen <= until), default=item.first_seen)
    gone = [absent for absent in item.absent or item.missed if last < absent <= until]
    if len(gone) < LOOKS:
        return False
    public = min(item.first_seen, item.published or item.first_seen)
    known = duty.retention is not None and duty.calendar is not None
    ends = duty.retention.ends(public, duty.calendar) if known and duty.retention and duty.calendar else None
    return ends is None or gone[0] <= ends


def turns(made: Case) -> Iterator[date]:
    """The days on which a document may come to count as taken down, or is seen again."""
    if not must_stay(made):
        return
    for item in made.answering:
        gone = item.absent or item.missed
        yield from gone
        yield from (seen for seen in item.sightings if gone and seen > gone[0])
