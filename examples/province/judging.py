"""The state of one duty on a day, from the script of events and the visits alone (docs/reference/contracts.md, 8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .duties import ONE_OF, Owed
from .looks import GRACE, good, site_good
from .model import Firm, Item
from .script import VISIT_DAYS

NEEDED = 3
"""Good visits on as many days prove an absence."""
NOT_YET_SCORED = frozenset({"contradicted", "stale"})
"""States that rest on what a document says, not on whether it is there."""
KEPT = frozenset({"O31-1", "O31-2", "O31-3", "O31-4", "O31-5", "O31-6", "O24-Y", "PR-2"})
"""Obligations whose documents must stay: of the results of a quarter pages show only the newest."""


@dataclass(frozen=True)
class Verdict:
    """``state`` in full; ``base``: the state without contradicted and stale."""

    state: str
    reason: str | None
    base: str


@dataclass(frozen=True)
class Sighting:
    """An item and the first visit that saw it."""

    item: Item
    day: date


def judge(firm: Firm, duty: Owed, day: date) -> Verdict:
    """The first state that holds, in the order of the contract."""
    if duty.exempt:
        return _plain("exempt", duty.exempt)
    if day <= duty.due:
        return _plain("not_due")
    seen = sightings(firm, duty, day)
    if not seen:
        return _not_found(firm, duty, day)
    if duty.obligation in KEPT and all(_gone(firm, s.item, day) for s in seen):
        return _plain("withdrawn")
    if duty.prescribed and not any(s.item.site in duty.prescribed for s in seen):
        proven = all(_proves(firm, duty, site, day) for site in duty.prescribed)
        return _plain("elsewhere_only") if proven else _plain("not_observable", "channel_unproven")
    return _found(firm, duty, seen, day)


def _plain(state: str, reason: str | None = None) -> Verdict:
    return Verdict(state, reason, state)


def sightings(firm: Firm, duty: Owed, day: date) -> list[Sighting]:
    """Every item that answers the duty and that some visit up to ``day`` saw, on whichever site, earliest first."""
    found = []
    for item in (*firm.items, *_permits(firm)):
        if item.kind in duty.kinds and item.period == duty.item_period:
            first = next((v for v in _visits(day) if item.visible(v) and good(item.site, firm, item.kind, v)), None)
            if first is not None:
                found.append(Sighting(item, first))
    return sorted(found, key=lambda s: s.day)


def _permits(firm: Firm) -> tuple[Item, ...]:
    """The permit as the national platform publishes it: it answers the permits' item of Order 31, and states no day."""
    return (Item("permit", "permit", firm.permit.versions[0].start),) if firm.permit else ()


def _visits(day: date) -> list[date]:
    return [visit for visit in VISIT_DAYS if visit <= day]


def _good(firm: Firm, duty: Owed, site: str, visit: date) -> bool:
    return all(good(site, firm, kind, visit) for kind in duty.kinds)


def _window(firm: Firm, duty: Owed, site: str, day: date) -> list[bool]:
    """Good or bad, for each visit after due and grace."""
    return [_good(firm, duty, site, visit) for visit in _visits(day) if visit > duty.due + GRACE]


def _first_capture(site: str, day: date) -> date | None:
    return next((visit for visit in _visits(day) if site_good(site, visit)), None)


def _proves(firm: Firm, duty: Owed, site: str, day: date) -> bool:
    """True where this channel alone shows that the item was not there."""
    first = _first_capture(site, day)
    return first is not None and first <= duty.due and sum(_window(firm, duty, site, day)) >= NEEDED


def _not_found(firm: Firm, duty: Owed, day: date) -> Verdict:
    if not duty.channels:
        return _plain("not_observable", "no_channel")
    if all(_proves(firm, duty, site, day) for site in duty.channels):
        return _plain("missing")
    return _plain("not_observable", _why(firm, duty, day))


def _why(firm: Firm, duty: Owed, day: date) -> str:
    """A channel never read at all is a bad one; one first read after the due day came too late."""
    captures = [_first_capture(site, day) for site in duty.channels]
    if any(first is not None and first > duty.due for first in captures):
        return "before_observation"
    looks = [_window(firm, duty, site, day) for site in duty.channels]
    if any(first is None for first in captures) or any(window and not window[-1] for window in looks):
        return "bad_channel"
    return f"awaiting_visits {min(NEEDED, min(sum(window) for window in looks))}/{NEEDED}"


def _found(firm: Firm, duty: Owed, seen: list[Sighting], day: date) -> Verdict:
    partial = _blank(duty, seen)
    late = _late(firm, duty, seen)
    base = "partial" if partial else "late" if late else "met"
    if any(s.item.mark == "contradicted" for s in seen):
        return Verdict("contradicted", None, base)
    if partial:
        return Verdict("partial", ", ".join(sorted(partial)), base)
    if any(s.item.mark == "stale" for s in seen):
        return Verdict("stale", None, base)
    return Verdict(base, late or _unknown(duty, seen), base)


def _blank(duty: Owed, seen: list[Sighting]) -> frozenset[str]:
    """Required fields that no item of the duty carries and none states as 未产生."""
    blank = frozenset.intersection(*(s.item.blank - s.item.not_produced for s in seen))
    enough = ONE_OF.get(duty.obligation, frozenset())
    return frozenset() if blank < enough else blank


def _late(firm: Firm, duty: Owed, seen: list[Sighting]) -> str | None:
    """``look``: a good visit after the due day, before the first sighting, found nothing; ``stated``: its own day."""
    first = seen[0]
    if first.day <= duty.due:
        return None
    between = [v for v in VISIT_DAYS if duty.due < v < first.day]
    if any(_good(firm, duty, first.item.site, visit) for visit in between):
        return "look"
    stated = [s.item.stated for s in seen if s.item.stated]
    return "stated" if stated and min(stated) > duty.due else None


def _unknown(duty: Owed, seen: list[Sighting]) -> str | None:
    dated = any(s.item.stated for s in seen) or seen[0].day <= duty.due
    return None if dated else "timeliness unknown"


def _gone(firm: Firm, item: Item, day: date) -> bool:
    """True where three good visits since it was last seen saw it no more."""
    looks = [visit for visit in _visits(day) if good(item.site, firm, item.kind, visit)]
    seen = [visit for visit in looks if item.visible(visit)]
    return bool(seen) and sum(visit > seen[-1] for visit in looks) >= NEEDED
