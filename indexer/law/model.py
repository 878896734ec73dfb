"""The rules as typed values: instruments (法规), classes of subjects, fields, obligations (义务), overrides (调整)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from indexer.law.expression import Expression

Seen = Literal["S", "M"]
Audience = Literal["public", "staff", "confirmed_only"]
Trigger = Literal["list_run", "list_year", "permit_year", "permit_quarter", "event", "standing"]


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
class SubjectClass:
    """A class of subjects; ``membership`` says whether a list, a permit, an event or an office makes one a member."""

    cls: str
    title: str
    membership: str


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
    """An exemption of the law itself: a permit held for less than ``held_under_months`` of the year."""

    id: str
    held_under_months: int
    instrument: str
    words: str


@dataclass(frozen=True)
class DueRule:
    """How the due day follows: expression, does its day count, does a day off roll on, do notices move it."""

    expr: Expression
    text: str
    inclusive: bool = True
    roll: bool = True
    overrides: bool = False


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

    @property
    def lawful(self) -> tuple[str, ...]:
        """Every channel that the law allows, the prescribed ones first."""
        return (*self.must, *self.also)

    def carries(self, cls: str) -> bool:
        """True where a member of class ``cls`` owes it: KPU.W counts as KPU."""
        return any(within(cls, wanted) for wanted in self.classes)


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
