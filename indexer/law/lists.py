"""Memberships by lists (名录): the years a subject stands on them, unbroken runs, and the day a list came out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from indexer.law.facts import Membership
from indexer.law.model import within_any


@dataclass(frozen=True)
class ListYear:
    """All that is known of the lists of one year that name the subject.

    The list came out between ``earliest`` (None: unknown) and ``latest``; ``known`` is the day it was first captured.
    """

    year: int
    earliest: date | None
    latest: date
    known: date
    proven: bool
    classes: frozenset[str]
    printed: dict[str, str]

    def known_from(self, day: date) -> ListYear:
        """The same, known on ``day`` at the earliest."""
        return self if day <= self.known else replace(self, known=day)


def list_years(classes: tuple[str, ...], memberships: Iterable[Membership], as_of: date) -> list[ListYear]:
    """The list years known by ``as_of`` in ``classes`` or parts of them, ascending; without lists of no year."""
    by_year: dict[int, list[Membership]] = {}
    for membership in memberships:
        if membership.year is not None and membership.first_seen <= as_of and within_any(membership.cls, classes):
            by_year.setdefault(membership.year, []).append(membership)
    return [_year(year, by_year[year]) for year in sorted(by_year)]


def run_starts(years: list[ListYear]) -> list[ListYear]:
    """The first year of each unbroken run of years."""
    numbers = {year.year for year in years}
    return [year for year in years if year.year - 1 not in numbers]


def published_between(membership: Membership) -> tuple[date | None, date]:
    """First and last possible publication day: the proven day, else bounds; a captured list was out by then."""
    if membership.published is not None and not membership.assumed:
        return membership.published, membership.published
    latest = min(membership.published_to or membership.first_seen, membership.first_seen)
    earliest = membership.published if membership.assumed else membership.published_from
    return (earliest if earliest is not None and earliest <= latest else None), latest


def _year(year: int, members: list[Membership]) -> ListYear:
    """The first of several lists counts: the duty began when the first one came out."""
    bounds = [published_between(member) for member in members]
    latest = min(bound[1] for bound in bounds)
    lows = [bound[0] for bound in bounds]
    known = [low for low in lows if low is not None]
    earliest = min(known) if len(known) == len(lows) else None
    proven = any(low == latest == high for low, high in bounds)
    # A proven day that is also the last possible one needs no lower bound from lists without a day.
    return ListYear(
        year=year, earliest=latest if proven else earliest, latest=latest,
        known=max(latest, min(member.first_seen for member in members)), proven=proven,
        classes=frozenset(member.cls for member in members),
        printed={key: text for member in members for key, text in member.extra.items()},
    )  # fmt: skip
