"""What other rules would change in the results (差异), before they are used: both judge the same stored facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from indexer.gaps.finding import Judged
from indexer.gaps.leads import Lead
from indexer.judging import Judge, Said
from indexer.law.facts import Subject
from indexer.law.rules import Rules
from indexer.register import events, prints
from indexer.register.storage import Storage
from indexer.scan import subjects
from indexer.settings import Settings

KEPT = 1_000
"""Examples kept of each sort of change; the counts are whole."""
SORTS = ("added", "removed", "due", "settled", "state", "public_state", "law")
"""Duties made and no longer made; due day moved; provisional or no longer so; state; what the public sees; law seen."""


@dataclass(frozen=True)
class Change:
    """One duty or finding that stands otherwise; ``before`` or ``after`` None: it is not there."""

    id: str
    subject: str
    of: str
    """The obligation, or the rule of a finding."""
    before: str | None
    after: str | None


@dataclass
class Changes:
    """All changes of one sort: their number, by obligation or rule, and the first examples."""

    count: int = 0
    by: dict[str, int] = field(default_factory=dict)
    examples: list[Change] = field(default_factory=list)

    def add(self, change: Change) -> None:
        """Counts one change."""
        self.count += 1
        self.by[change.of] = self.by.get(change.of, 0) + 1
        if len(self.examples) < KEPT:
            self.examples.append(change)


@dataclass
class Difference:
    """Everything that differs between two versions of the rules on one day."""

    as_of: date
    before: str
    after: str
    subjects: int = 0
    duties_before: int = 0
    duties_after: int = 0
    duties: dict[str, Changes] = field(default_factory=lambda: {sort: Changes() for sort in SORTS})
    states: dict[str, int] = field(default_factory=dict)
    """``missing → met``: how many duties."""
    findings: dict[str, Changes] = field(
        default_factory=lambda: {sort: Changes() for sort in ("added", "removed", "changed")}
    )

    @property
    def nothing(self) -> bool:
        """True where all results are the same."""
        return not any(changes.count for changes in (*self.duties.values(), *self.findings.values()))


def compare(
    store: Storage,
    settings: Settings,
    as_of: date,
    before: Judge,
    after: Judge,
    enterprises: Sequence[str] | None = None,
    progress: Callable[[int], None] | None = None,
) -> Difference:
    """Judges every subject (or those given) under both rules on ``as_of``; nothing is written.

    Which records are which item of an authority is asked of the present rules alone.
    """
    store.refresh("enterprises", "disclosures", "visits", "measurements", "prints")
    found = Difference(as_of, before.rules_version, after.rules_version)
    sharing = prints.load(store, as_of)
    for subject in subjects(store, settings, as_of, enterprises, values=True):
        shared = sharing.shared(subject.id)
        then = _told_anew(subject, before.rules, after.rules)
        add(found, subject, before.say(subject, as_of, shared), after.say(then, as_of, shared))
        if progress is not None:
            progress(found.subjects)
    return found


def _told_anew(subject: Subject, before: Rules, after: Rules) -> Subject:
    """The subject with the events that other rules draw from the same disclosures."""
    if before.events == after.events:
        return subject
    return replace(subject, events=events.drawn(subject.found, subject.profile, after))


def add(found: Difference, subject: Subject, old: Said, new: Said) -> None:
    """Adds what differs of one subject."""
    found.subjects += 1
    found.duties_before += len(old.judged)
    found.duties_after += len(new.judged)
    _duties(found, subject, {j.duty.id: j for j in old.judged}, {j.duty.id: j for j in new.judged})
    _findings(found, subject, {lead.key: lead for lead in old.leads}, {lead.key: lead for lead in new.leads})


def told(found: Difference) -> dict[str, Any]:
    """The difference for programs and for keeping."""
    return {
        "as_of": found.as_of.isoformat(), "before": found.before, "after": found.after, "subjects": found.subjects,
        "duties": {"before": found.duties_before, "after": found.duties_after},
        "changes": {sort: _told(changes) for sort, changes in found.duties.items()},
        "states": dict(sorted(found.states.items())),
        "findings": {sort: _told(changes) for sort, changes in found.findings.items()},
    }  # fmt: skip


def _told(changes: Changes) -> dict[str, Any]:
    return {
        "count": changes.count,
        "by": dict(sorted(changes.by.items())),
        "examples": [vars(change) for change in changes.examples],
    }


def _duties(found: Difference, subject: Subject, old: Mapping[str, Judged], new: Mapping[str, Judged]) -> None:
    for key in sorted(old.keys() | new.keys()):
        one, other = old.get(key), new.get(key)
        if one is None or other is None:
            made = one or other
            assert made is not None
            sort = "added" if one is None else "removed"
            words = (None if one is None else one.state, None if other is None else other.state)
            found.duties[sort].add(Change(key, subject.name, made.duty.obligation.id, *words))
            continue
        for sort, before, after in _sides(one, other):
            if before != after:
                found.duties[sort].add(Change(key, subject.name, one.duty.obligation.id, before, after))
        if one.state != other.state:
            found.states = dict(Counter(found.states) + Counter({f"{one.state} → {other.state}": 1}))


def _sides(one: Judged, other: Judged) -> list[tuple[str, str, str]]:
    return [
        ("due", str(one.duty.due.latest), str(other.duty.due.latest)),
        ("settled", _settled(one), _settled(other)),
        ("state", one.state, other.state),
        ("public_state", one.public_state, other.public_state),
        ("law", _read(one), _read(other)),
    ]


def _settled(judged: Judged) -> str:
    return "provisional" if judged.duty.due.provisional else "certain"


def _read(judged: Judged) -> str:
    return f"{judged.duty.basis} ({'seen' if judged.duty.law_seen else 'from memory'})"


def _findings(found: Difference, subject: Subject, old: Mapping[str, Lead], new: Mapping[str, Lead]) -> None:
    for key in sorted(old.keys() | new.keys()):
        one, other = old.get(key), new.get(key)
        before, after = (None if lead is None else f"{lead.severity} {lead.words}" for lead in (one, other))
        if before != after:
            sort = "added" if one is None else "removed" if other is None else "changed"
            found.findings[sort].add(Change(f"{subject.id}:{key}", subject.name, key.split("@")[0], before, after))
