"""Subjects for the checks on documents: on the list of disclosing firms, with platforms that are looked at."""

from __future__ import annotations

from datetime import date
from typing import Any

from indexer.law.facts import Channel, Covers, Event, Look, Membership
from tests.indexer.gaps.checks.views import CAPTURE, day, look

EID = "eid"
PERMITS = "mee"


def listed(cls: str, year: int, seen: str | None = None, **more: Any) -> Membership:
    """One line of the list of a year, published on 30 March and seen two days later."""
    said: dict[str, Any] = {
        "published": date(year, 3, 30), "published_from": None, "published_to": None, "valid_from": None,
        "valid_to": None, "first_seen": day(seen or f"{year}-04-01"), **more,
    }  # fmt: skip
    return Membership(cls=cls, year=year, **said)


def permit(start: str = "2021-02-01", end: str = "2026-01-31", cls: str = "PK", seen: str = "2021-04-01") -> Membership:
    """A permit of the national platform."""
    return Membership(cls, None, None, None, None, day(start), day(end), day(seen), PERMITS, {"permit_no": "9131"})


def channel(source: str, kinds: set[str], name: str, classes: set[str], first: str = "2021-01-05") -> Channel:
    """A source of Shanghai that was read well since ``first``."""
    covers = (Covers(frozenset(kinds), frozenset(classes), ("31",), name),)
    return Channel(source, covers, None, None, day(first))


EID_SYSTEM = channel(EID, {"annual_report", "interim_report"}, "eid_system", {"EL"})
PLATFORM = channel(PERMITS, {"permit", "permit_report"}, "permit_platform", {"PK", "PS"})
FIRM_2023 = {"memberships": (listed("EL", 2023), listed("EL", 2024)), "channels": (EID_SYSTEM,)}
"""Discloses by law in 2023 and 2024."""


def absent(kind: str, *days: str, source: str = EID) -> tuple[Look, ...]:
    """Good looks that found nothing of a kind."""
    return tuple(look(one, "absent", kind, source=source) for one in days)


def penalty(on: str, known: str, number: str = "沪0115环罚〔2023〕12号") -> Event:
    """A decision that an authority made public."""
    extra = {"document_no": number}
    return Event("penalty", day(on), day(known), number, "bureau", "行政处罚决定书", "d-p", (CAPTURE,), extra)


def outages(looks: tuple[Look, ...]) -> tuple[Look, ...]:
    """As many failed, blocked and unreadable looks on the same days, in every source and kind."""
    return tuple(
        Look(one.source, one.kind, one.day, bad, reason, f"{one.visit}-{bad}")
        for one in looks
        for bad, reason in (("failed", "503"), ("blocked", "challenge"), ("unreadable", "layout changed"))
    )
