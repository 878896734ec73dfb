"""What the law wing is told about one subject: plain values, no client, no clock, no files.

Days are ``datetime.date`` in Asia/Shanghai. The scan builds these from the index; tests build them by hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple


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
class Try:
    """One visit at an address that a disclosure of the subject links, such as that of a file."""

    url: str
    day: date
    outcome: str
    reason: str | None
    visit: str


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
    key: str = ""
    """What it is a version of; the newest version of a key on a day is the one seen last."""
    title: str = ""
    text: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    """The site's own headers and values, as printed."""
    outlet: str | None = None
    pollutants: tuple[str, ...] = ()
    document_no: str | None = None
    authority: str | None = None
    url: str = ""
    rows: int = 1
    missed: tuple[date, ...] = ()
    """Days of good looks after the last sighting that saw no version of its key, at most the first three."""
    absent: tuple[date, ...] = ()
    """The same of every spell without it, also of those that ended: what past days are judged by."""


@dataclass(frozen=True)
class Event:
    """Something that happened to the subject and sets duties off (触发事项), drawn from disclosures.

    ``kind`` says what (see ``indexer/register/events.py``), ``ref`` its document number or another anchor that
    stays the same however often and wherever it is read; ``known`` is the day of the first capture that shows it.
    """

    kind: str
    day: date
    known: date
    ref: str
    source: str = ""
    title: str = ""
    found: str | None = None
    captures: tuple[dict[str, Any], ...] = ()
    extra: dict[str, str] = field(default_factory=dict)


class Point(NamedTuple):
    """One published value; ``time`` is the start of its slot in Asia/Shanghai (naive), ``mark`` the lawful mark.

    ``value`` is None where nothing readable was published or where it lies below the detection limit ``dl``.
    """

    time: datetime
    value: float | None
    dl: float | None
    verdict: str | None
    mark: str | None
    first_seen: date
    text: str = ""
    """The value as printed, for rules that ask how many digits it has."""
    measured: float | None = None
    """Value before conversion to reference oxygen (实测), where ``value`` is the converted one."""
    converted: bool = True
    """False where only the measured value was printed: then it says nothing against a limit at reference oxygen."""
    times: float | None = None
    """Times over the limit as stated (超标倍数)."""
    oxygen: float | None = None
    """Oxygen content printed beside it, %."""
    flow: float | None = None
    """Flow printed beside it, m³/h."""
    capture: int = -1
    """Place of its capture in ``Series.captures``; negative where none is known."""
    slot_seen: date | None = None
    """Where the value was revised, the day on which the slot first showed any; ``first_seen`` is this value's own."""
    stated: datetime | None = None
    """When the site says that it published the slot (发布时间), Asia/Shanghai; a day alone is its midnight."""

    @property
    def says(self) -> bool:
        """True where something was published for the slot: a value, or that it lies below detection."""
        return self.value is not None or self.dl is not None or bool(self.text)


class Rows(NamedTuple):
    """How many rows of a series a quarter (``2026Q1``) has, and how many lack a limit or verdict, or a unit."""

    quarter: str
    rows: int
    unjudged: int
    unitless: int


@dataclass(frozen=True)
class Series:
    """The values of one outlet × pollutant × averaging of one source, ascending by time, each the current revision.

    ``averaging``: ``1h``, ``2h``, ``1d``, ``auto``, ``manual`` … as measurements have it; limits in ``unit``.
    """

    source: str
    outlet: str | None
    outlet_name: str | None
    pollutant: str
    code: str | None
    medium: str | None
    averaging: str | None
    unit: str | None
    limit_low: float | None
    limit_high: float | None
    points: tuple[Point, ...]
    captures: tuple[dict[str, Any], ...] = ()
    """Every capture that shows one of its values, each once."""
    standard: str | None = None
    """The standard that the rows name last, as printed."""
    limits: tuple[tuple[datetime, float | None, float | None], ...] = ()
    """From which slot on which printed limits (low, high) hold, ascending; only changes."""
    rows: tuple[Rows, ...] = ()


@dataclass(frozen=True)
class Dated:
    """A value of an enterprise's own data with the first and last day it was printed, and where.

    ``stated`` is the day that the first page with it states as its own; None where it states none.
    """

    value: str
    first: date
    last: date
    source: str = ""
    stated: date | None = None


@dataclass(frozen=True)
class Profile:
    """What the register knows of the subject itself: names, codes, addresses … each with its days."""

    names: tuple[Dated, ...] = ()
    usccs: tuple[str, ...] = ()
    permit_nos: tuple[str, ...] = ()
    addresses: tuple[Dated, ...] = ()
    legal_reps: tuple[Dated, ...] = ()


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
    events: tuple[Event, ...] = ()
    series: tuple[Series, ...] = ()
    profile: Profile = Profile()
    tries: tuple[Try, ...] = ()
    """Visits at the addresses that its disclosures link."""
