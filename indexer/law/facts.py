"""What the law wing is told about one subject: plain values, no client, no clock, no files.

Days are ``datetime.date`` in Asia/Shanghai. The scan builds these from the index; tests build them by hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Membership:
    """The subject stands on the list of ``year`` for class ``cls``; see ``documents.Membership``."""

    cls: str
    year: int | None
    published: date | None
    published_from: date | None
    published_to: date | None
    valid_from: date | None
    valid_to: date | None
    first_seen: date
    source: str = ""
    extra: dict[str, str] = field(default_factory=dict)
    """Facts printed beside the row that rules need: ``management`` 重点/简化, ``industry``, ``permit_no``."""
    assumed: bool = False
    """True where ``published`` is an assumption of the source's file: then it bounds below and proves nothing."""


@dataclass(frozen=True)
class Covers:
    """What a source covers: kinds × subject classes × regions (GB/T 2260 prefixes), by one channel."""

    kinds: frozenset[str]
    classes: frozenset[str]
    regions: tuple[str, ...]
    channel: str


@dataclass(frozen=True)
class Channel:
    """A source as the law sees it. ``first_capture`` is the day of its first good look of any kind, or None."""

    source: str
    covers: tuple[Covers, ...]
    active_from: date | None
    active_to: date | None
    first_capture: date | None


@dataclass(frozen=True)
class Look:
    """One visit's word on (subject, source, kind): good when ``outcome`` is found or absent.

    ``absent`` covers a page that is good and empty, and a complete walk whose list lacks the subject.
    """

    source: str
    kind: str
    day: date
    outcome: str
    reason: str | None
    visit: str
    period: str | None = None


@dataclass(frozen=True)
class Found:
    """A disclosure of the subject, one version of one key."""

    id: str
    source: str
    channel: str
    kind: str
    period: str | None
    published: date | None
    first_seen: date
    last_seen: date
    sightings: tuple[date, ...]
    present: frozenset[str]
    not_produced: frozenset[str]
    facts: dict[str, Any]
    captures: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Decision:
    """A person's decision on a duty: ``exempt``, ``confirmed``, ``false_alarm`` or ``note``."""

    id: str
    duty: str
    kind: str
    day: date
    until: date | None = None


@dataclass(frozen=True)
class Subject:
    """Everything known of one enterprise up to ``as_of`` (the caller has cut later facts off)."""

    id: str
    name: str
    region_path: tuple[str, ...]
    industry: str | None
    memberships: tuple[Membership, ...]
    found: tuple[Found, ...]
    looks: tuple[Look, ...]
    channels: tuple[Channel, ...]
    decisions: tuple[Decision, ...] = ()
