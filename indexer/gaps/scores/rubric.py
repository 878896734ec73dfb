"""A rubric (评分标准) as a typed value: heads, their parts, groups of items with weights, caps, how ranks are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Part:
    """One measure within a head; ``weight`` against the other parts of the head."""

    key: str
    title: str
    measure: str
    weight: float
    params: Mapping[str, Any]


@dataclass(frozen=True)
class Head:
    """One word (词) of the score with its weight; a head that nothing can be said of leaves its weight to others."""

    key: str
    title: str
    weight: float
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class ItemGroup:
    """Obligations (ids, ``*`` at the end stands for any rest) that weigh alike.

    ``within_days``: a delay of so many days earns nothing any more; None: that of the obligation's cadence.
    ``together``: all instances of one subject weigh as one.
    """

    key: str
    title: str
    obligations: tuple[str, ...]
    weight: float
    within_days: int | None
    together: bool


@dataclass(frozen=True)
class Cap:
    """The total is at most ``at_most`` ``when`` a finding of ``severity`` is confirmed, or one of ``items`` missing."""

    when: str
    at_most: float
    severity: str | None
    items: tuple[str, ...]
    title: str


@dataclass(frozen=True)
class Ranking:
    """Who is ranked and how. ``needs``: heads without which there is no rank; ``step``: change of one weight."""

    min_observable: float
    needs: tuple[str, ...]
    step: float
    band: int
    shrink: float
    objection_days: int


@dataclass(frozen=True)
class Rubric:
    """One file of ``rubrics/``. ``full``: points shown for a total of 100. ``digest``: 8 hex digits of the file."""

    key: str
    version: str
    digest: str
    title: str
    origin: str
    note: str
    subjects: tuple[str, ...]
    """``enterprise``, ``authority``, ``region``: who has a score of its own."""
    regions: str | None
    """How a region's comes about: ``mean`` of its enterprises', ``counts`` of their items; None: it has none."""
    months: int
    full: float
    heads: tuple[Head, ...]
    groups: tuple[ItemGroup, ...]
    others: ItemGroup | None
    """The group of obligations named nowhere; None: they are no part of this rubric."""
    within_days: Mapping[str, int]
    caps: tuple[Cap, ...]
    grades: tuple[tuple[str, float], ...]
    """Grade and lowest total, best first."""
    ranking: Ranking

    @cached_property
    def _found(self) -> dict[str, ItemGroup | None]:
        """Groups looked up so far: some sixty obligations, asked for millions of times."""
        return {}

    def group(self, obligation: str) -> ItemGroup | None:
        """The group that an obligation belongs to, the first that names it."""
        if obligation not in self._found:
            self._found[obligation] = self._group(obligation)
        return self._found[obligation]

    def _group(self, obligation: str) -> ItemGroup | None:
        for group in self.groups:
            if any(fnmatchcase(obligation, pattern) for pattern in group.obligations):
                return group
        return self.others

    def allowance(self, group: ItemGroup, cadence: str) -> int:
        """Days of delay at which nothing is earned any more."""
        return group.within_days if group.within_days is not None else self.within_days[cadence]

    def grade(self, total: float) -> str:
        """The grade of a total."""
        return next(name for name, least in self.grades if total >= least)
