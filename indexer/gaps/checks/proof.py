"""What the looks prove for a check (举证): that something was nowhere, or that a place was read well later on.

A failed, blocked or unreadable look proves nothing: adding one never makes a proof.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from indexer.gaps.channels import in_regions
from indexer.gaps.checks.view import View
from indexer.law.facts import Channel, Found, Look
from indexer.law.model import within


@dataclass(frozen=True)
class Absence:
    """Good looks that did not find it: ``proven`` is the day on which the last channel had enough of them."""

    proven: date
    days: tuple[date, ...]
    visits: tuple[str, ...]


def sources_of(view: View, kind: str, known_by: date) -> tuple[Channel, ...]:
    """The channels that may carry a kind for the subject, by its classes and region, and were not ended by then."""
    classes = {member.cls for member in view.subject.memberships}
    return tuple(
        channel
        for channel in sorted(view.subject.channels, key=lambda one: one.source)
        if (channel.active_to is None or channel.active_to > known_by)
        and (channel.active_from is None or channel.active_from <= view.as_of)
        and any(
            kind in cover.kinds and in_regions(cover, view.subject)
            and any(within(own, wanted) for own in classes for wanted in cover.classes)
            for cover in channel.covers
        )
    )  # fmt: skip


def absence(
    view: View, kind: str, after: date, looks: int, is_it: Callable[[Found], bool] = lambda _item: True
) -> Absence | None:
    """The proof that no disclosure of ``kind`` for which ``is_it`` holds was anywhere later than ``after``.

    Every channel that may carry it was watched by ``after`` and well looked at on ``looks`` days since; a look that
    found something proves it only where a disclosure that is not ``it`` explains what it found. None: not proven.
    """
    channels = sources_of(view, kind, after)
    found = view.evidence.found.get(kind, ())
    if not channels or any(is_it(item) for item in found if item.first_seen <= view.as_of):
        return None
    proven, days, visits = [], set(), []
    for channel in channels:
        if channel.first_capture is None or channel.first_capture > after:
            return None
        good = list(_good(view, channel.source, kind, after, found))
        if len({look.day for look in good}) < looks:
            return None
        ordered = sorted({look.day for look in good})
        proven.append(ordered[looks - 1])
        days |= set(ordered)
        visits += [look.visit for look in good]
    return Absence(max(proven), tuple(sorted(days)), tuple(dict.fromkeys(visits)))


def _good(view: View, source: str, kind: str, after: date, found: tuple[Found, ...]) -> Iterator[Look]:
    explained = {day for item in found if item.source == source for day in item.sightings}
    for look in view.evidence.looks.get((source, kind), ()):
        if after < look.day <= view.as_of and (
            look.outcome == "absent" or (look.outcome == "found" and look.day in explained)
        ):
            yield look


def looked_well(view: View, source: str, kind: str, after: date) -> Look | None:
    """The last good look at a kind on a source later than ``after``: what it shows is what is there now."""
    looks = view.evidence.looks.get((source, kind), ())
    good = [look for look in looks if after < look.day <= view.as_of and look.outcome in ("found", "absent")]
    return good[-1] if good else None


def shown_after(item: Found, day: date, as_of: date) -> date | None:
    """The first day later than ``day`` on which a disclosure was still seen."""
    return min((seen for seen in item.sightings if day < seen <= as_of), default=None)


def days_words(days: tuple[date, ...]) -> str:
    """``2024-07-05、2024-07-10、2024-07-15等5日``; of many only the first three."""
    shown = "、".join(map(str, days[:3]))
    return f"{shown}等{len(days)}日" if len(days) > 3 else shown
