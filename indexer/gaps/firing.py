"""Which rules can fire in a region today: each with its inputs, and whether a source that is watched yields them. Pure.

A rule without inputs is silent, and its silence says nothing of any enterprise; so it is shown, with the reason.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from indexer.gaps.checks.registry import CHECKS
from indexer.gaps.params import PARAMS, GapRule, GapRules
from indexer.law.basis import basis_on
from indexer.law.facts import Channel
from indexer.law.model import Obligation, within
from indexer.law.rules import Rules

VISITS, LISTING = "visits", "listing"
"""The input of rules that ask what looks saw, of whatever kind; the kind of lists."""
WHOLE_COUNTRY = frozenset({"", "00", "10"})
Able = Literal["yes", "partly", "no"]
Reason = Literal[
    "no_source",
    "unlawful_source",
    "never_read",
    "some_inputs",
    "no_subject",
    "ended",
    "not_begun",
    "inactive",
    "no_check",
]


@dataclass(frozen=True)
class Input:
    """One kind of facts that a rule reads, and the enabled sources that yield it in the region, read or not."""

    kind: str
    sources: tuple[str, ...]
    read: tuple[str, ...]
    """Those of them of which a good look exists."""


@dataclass(frozen=True)
class Firing:
    """One obligation or gap rule: can it fire, from what, and why not."""

    id: str
    title: str
    group: str
    """``obligation``, or the group of a gap rule."""
    able: Able
    reasons: tuple[Reason, ...]
    inputs: tuple[Input, ...]
    audience: str
    law_seen: bool

    @property
    def public(self) -> bool:
        """True where the public may be told of what it finds."""
        return self.audience == "public" and self.law_seen


@dataclass(frozen=True)
class Place:
    """A region with the enabled sources and the subjects of each class that the register knows in it."""

    region: str | None
    channels: tuple[Channel, ...]
    members: Mapping[str, int]


def firing(rules: Rules, gaps: GapRules, place: Place, day: date) -> list[Firing]:
    """Every obligation and gap rule on ``day``, in the order of the files."""
    return [
        *(_obligation(row, rules, place, day) for row in rules.obligations.values()),
        *(_rule(rule, place, rules.memory) for rule in gaps.rules.values()),
    ]


def _obligation(row: Obligation, rules: Rules, place: Place, day: date) -> Firing:
    read = _read(row, rules)
    inputs = tuple(_input(kind, place, classes) for kind, classes in read.items())
    reasons = tuple(_why_not(row, inputs, rules, place, day))
    able: Able = "no" if reasons else "yes"
    then = min(max(day, row.effective_from), row.effective_to or date.max)
    seen = basis_on(row.basis, rules.instruments, then).seen
    return Firing(row.id, row.item, "obligation", able, reasons, inputs, row.audience, seen)


def _read(row: Obligation, rules: Rules) -> dict[str, tuple[str, ...]]:
    """Kinds of records that answer an obligation, and whose; an authority's item is told by the records behind it."""
    items, found = {item.item: item for item in rules.items}, dict[str, tuple[str, ...]]()
    for kind in row.kinds:
        if kind not in items:
            found[kind] = row.classes
            continue
        found |= {LISTING: items[kind].lists} if items[kind].lists else {}
        found |= dict.fromkeys(items[kind].origins, ())
    return found


def _why_not(row: Obligation, inputs: tuple[Input, ...], rules: Rules, place: Place, day: date) -> Iterator[Reason]:
    if not row.active:
        yield "inactive"
    if row.effective_to is not None and row.effective_to < day:
        yield "ended"
    if day < row.effective_from:
        yield "not_begun"
    if not any(item.sources for item in inputs):
        yield "no_source"
    elif row.must and not _prescribed(row, frozenset(_read(row, rules)), place):
        yield "unlawful_source"
    elif not any(item.read for item in inputs):
        yield "never_read"
    if not _subjects(row, rules, place):
        yield "no_subject"


def _prescribed(row: Obligation, kinds: frozenset[str], place: Place) -> bool:
    """True where a prescribed channel is among those that cover it: without one nothing is ever called missing."""
    return any(
        cover.channel in row.must
        for channel in place.channels
        for cover in channel.covers
        if cover.kinds & kinds and _in_region(cover.regions, place.region)
    )


def _subjects(row: Obligation, rules: Rules, place: Place) -> bool:
    """True where the register knows a subject that owes it; classes that no list gives cannot be counted."""
    counted = [rules.classes[cls].membership in ("list", "permit") for cls in row.classes if cls in rules.classes]
    known = any(number and within(own, cls) for own, number in place.members.items() for cls in row.classes)
    return known or not all(counted)


def _rule(rule: GapRule, place: Place, memory: Collection[str]) -> Firing:
    inputs = tuple(_input(kind, place, ()) for kind in rule.inputs)
    ready = [bool(item.read) for item in inputs if item.kind != VISITS or len(inputs) == 1]
    reasons: list[Reason] = []
    if rule.id not in CHECKS and rule.id not in PARAMS:
        reasons.append("no_check")
    if not any(item.sources for item in inputs):
        reasons.append("no_source")
    elif not any(ready):
        reasons.append("never_read")
    able: Able = "no" if reasons else "yes" if all(ready) else "partly"
    if able == "partly":
        reasons.append("some_inputs")
    seen = not any(key in memory for key in rule.rests_on)
    return Firing(rule.id, rule.title, rule.group, able, tuple(reasons), inputs, rule.audience, seen)


def _input(kind: str, place: Place, classes: Iterable[str]) -> Input:
    wanted = tuple(classes)
    found = [
        channel for channel in place.channels
        if any(
            (kind == VISITS or kind in cover.kinds) and _of_class(cover.classes, wanted)
            and _in_region(cover.regions, place.region)
            for cover in channel.covers
        )
    ]  # fmt: skip
    return Input(
        kind, tuple(channel.source for channel in found),
        tuple(channel.source for channel in found if channel.first_capture is not None),
    )  # fmt: skip


def _of_class(covered: frozenset[str], wanted: tuple[str, ...]) -> bool:
    return not wanted or any(within(own, cls) or within(cls, own) for own in wanted for cls in covered)


def _in_region(regions: tuple[str, ...], region: str | None) -> bool:
    """True where a source covers the region, a part of it or all around it."""
    own = _short(region or "")
    codes = {_short(code) for code in regions}
    return not codes or not own or bool(codes & WHOLE_COUNTRY) or any(
        own.startswith(code) or code.startswith(own) for code in codes
    )  # fmt: skip


def _short(code: str) -> str:
    while len(code) > 2 and code.endswith("00"):
        code = code[:-2]
    return code
