"""The rules as typed values: instruments (法规), classes of subjects, fields, obligations (义务), overrides (调整)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from indexer.law.expression import Expression

Seen = Literal["S", "M"]
Audience = Literal["public", "staff", "confirmed_only"]
Trigger = Literal[
    "list_run", "list_year", "permit_year", "permit_half", "permit_quarter", "permit_month", "permit_term",
    "class_year", "class_quarter", "class_month", "standing", "event", "none",
]  # fmt: skip
AnswerBy = Literal["about", "itself", "follows"]


@dataclass(frozen=True)
class Instrument:
    """A law, order, notice or standard and the days on which it is in force (both included)."""

    key: str
    title: str
    number: str
    start: date
    end: date | None
    seen: Seen
    successor: str | None = None
    precision: str = "day"
    code_article: str | None = None
    needs_review: bool = False

    def in_force(self, day: date) -> bool:
        """True where it is in force on ``day``."""
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True)
class Sign:
    """What shows that a subject is of a class that no list gives: every part that is filled must hold.

    ``classes`` it is in; ``kinds`` of a disclosure, which has one of ``words`` in one of ``within``, carries one of
    ``fields``, names one of ``pollutants``, is of an outlet whose code begins so; ``events``; words in its ``name``;
    ``industries`` by GB/T 4754 code.
    """

    classes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    pollutants: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    name: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lasting:
    """How long a listing lasts (办法第十条): ``years`` list years, or until the year ``after`` years past ``event``."""

    years: int | None = None
    event: str | None = None
    after: int = 0


@dataclass(frozen=True)
class SubjectClass:
    """A class of subjects; a list, a permit or an office makes one a member, or ``signs`` do (``derived``)."""

    cls: str
    title: str
    membership: str
    signs: tuple[Sign, ...] = ()
    lasting: Lasting | None = None


@dataclass(frozen=True)
class Field:
    """One field of an item: ``need`` is ``yes``, ``no``, ``if`` or ``either:<tag>``; core fields weigh three."""

    key: str
    zh: str
    need: str
    core: bool


@dataclass(frozen=True)
class FieldGroup:
    """The fields of one item (F1 …, G0 …, M3 …)."""

    key: str
    title: str
    seen: Seen
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Unit:
    """One thing that must be there: any of ``keys``; ``classes`` non-empty: only for members of one of them."""

    keys: tuple[str, ...]
    zh: str
    core: bool
    classes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Required:
    """What a complete disclosure carries; ``seen`` False: the field list is from memory, so staff only."""

    units: tuple[Unit, ...]
    min_share: float | None
    seen: bool
    group: str = ""
    """Key of the one list of fields that it is; empty where whole groups are chapters."""


@dataclass(frozen=True)
class Basis:
    """Articles of an instrument (``9(1)`` is 第九条第（一）项) that found the duty."""

    instrument: str
    articles: tuple[str, ...]
    seen: Seen


@dataclass(frozen=True)
class Exemption:
    """An exemption of the law itself: a permit held too short a part of the period, or a stated stop of production.

    ``stopped``: words of the enterprise's own page that say so, seen within the period.
    """

    id: str
    instrument: str
    words: str
    held_under_months: int | None = None
    held_under_days: int | None = None
    stopped: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """Which disclosure answers a duty, beside its kind and period.

    ``by`` about: it speaks of the event; itself: the disclosure that told of it; follows: a later one of its kind.
    ``words`` tell that it speaks of the item, ``other`` that it speaks of another; ``strict``: without a word it does
    not answer. ``lead``: days that it may be older than the event. ``late`` False: when it came out is not known by
    the law's measure, so it is never late.
    """

    by: AnswerBy = "about"
    words: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    strict: bool = False
    lead: int = 0
    late: bool = True


@dataclass(frozen=True)
class DueRule:
    """How the due day follows: expression, does its day count, does a day off roll on, do notices move it."""

    expr: Expression
    text: str
    inclusive: bool = True
    roll: bool = True
    overrides: bool = False
    slack: int = 0
    """Days allowed for a paper to arrive, where only the day of its decision is public."""


@dataclass(frozen=True)
class Obligation:
    """One row of the law: who (``classes``) discloses what (``kinds``, ``required``), by when, where, on what basis."""

    id: str
    item: str
    kinds: tuple[str, ...]
    classes: tuple[str, ...]
    trigger: Trigger
    period: str
    due: DueRule | None
    must: tuple[str, ...]
    also: tuple[str, ...]
    required: Required | None
    basis: tuple[Basis, ...]
    exemptions: tuple[Exemption, ...]
    effective_from: date
    effective_to: date | None
    audience: Audience
    active: bool
    grace_days: int
    penalty: dict[str, Any] = field(default_factory=dict)
    params: dict[str, Any] = field(default_factory=dict)
    events: tuple[str, ...] = ()
    """Kinds of events that set it off."""
    needs: tuple[str, ...] = ()
    """Classes of which the subject must be in one beside ``classes``."""
    printed: tuple[str, ...] = ()
    """Items of which the permit's own table must print one (see prints.yaml)."""
    answer: Answer = Answer()
    exempt_fields: dict[str, Any] | None = None

    @property
    def lawful(self) -> tuple[str, ...]:
        """Every channel that the law allows, the prescribed ones first."""
        return (*self.must, *self.also)

    def carries(self, cls: str) -> bool:
        """True where a member of class ``cls`` owes it: KPU.W counts as KPU."""
        return within_any(cls, self.classes)


@dataclass(frozen=True)
class Override:
    """A notice that moves the due day of one period; ``effect`` ``reminder`` moves nothing."""

    obligation: str
    period: str
    due: date
    effect: Literal["moves", "reminder"]
    cite: str
    seen: Seen
    regions: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


def within(cls: str, wanted: str) -> bool:
    """True where class ``cls`` is ``wanted`` or a part of it (``KPU.W`` within ``KPU``)."""
    return cls == wanted or cls.startswith(f"{wanted}.")


@lru_cache(maxsize=10_000)
def within_any(cls: str, classes: tuple[str, ...]) -> bool:
    """True where class ``cls`` is one of ``classes`` or a part of one."""
    return any(within(cls, wanted) for wanted in classes)
