"""Brings the stored rows up to what a scan says: duties, their events, findings, counts on enterprises.

Rows that did not change are not written again; rows of what no longer exists are removed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from indexer import findings
from indexer.engine.filelock import held
from indexer.judging import Judge, Said, duty_document, event_documents
from indexer.law.facts import Subject
from indexer.law.rules import Rules
from indexer.register import authority_facts, documents, prints
from indexer.register.storage import Storage, terms
from indexer.settings import Settings

BATCH = 100
"""Enterprises read and written at a time: some thousand duties, a few megabytes."""
Told = tuple[Subject, Said, list[documents.PrintDoc]]
"""A subject without its facts, what is said of it, the prints of what it disclosed."""


@dataclass
class ScanResult:
    """What a scan did: duties by state and public state; rows written, left as they were, removed.

    ``findings`` are open, ``findings_closed`` no longer hold. ``issues`` are memberships from which no duty could be
    made, in words with where they come from.
    """

    as_of: date
    enterprises: int = 0
    duties: int = 0
    states: dict[str, int] = field(default_factory=dict)
    public_states: dict[str, int] = field(default_factory=dict)
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    events_written: int = 0
    events_removed: int = 0
    findings: int = 0
    findings_written: int = 0
    findings_closed: int = 0
    issues: list[str] = field(default_factory=list)

    def add(self, other: ScanResult) -> None:
        """Takes in what another process has judged of the same day."""
        for name in _COUNTS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.states = dict(Counter(self.states) + Counter(other.states))
        self.public_states = dict(Counter(self.public_states) + Counter(other.public_states))
        self.issues += other.issues


_COUNTS = (
    "enterprises", "duties", "written", "unchanged", "removed", "events_written", "events_removed", "findings",
    "findings_written", "findings_closed",
)  # fmt: skip


def keep(store: Storage, settings: Settings, judge: Judge, batch: list[Told], result: ScanResult) -> None:
    """Judges one batch and writes what differs from what is stored."""
    duties: list[documents.Duty] = []
    events: list[documents.DutyEvent] = []
    leads: list[documents.Finding] = []
    for subject, said, _ in batch:
        leads += found_rows(judge, subject, said)
        duties += [duty_document(judged, subject, judge) for judged in said.judged]
        events += [
            e for key, changes in said.transitions.items() for e in event_documents(key, changes, subject, judge)
        ]
        result.issues += [f"{subject.id} {subject.name}: {words}" for words in unusable(subject, judge.rules)]
    ids = [subject.id for subject, _, _ in batch]
    result.enterprises += sum(not one.startswith(authority_facts.PREFIX) for one in ids)
    _count(duties, result)
    stored = _stored(store, "duties", ids)
    written, same, removed = _replace(store, "duties", [_standing(duty, stored) for duty in duties], stored)
    result.written, result.unchanged, result.removed = (
        result.written + written, result.unchanged + same, result.removed + removed,
    )  # fmt: skip
    # Events of later days are no concern of a scan of a past day, but that they follow its last ones.
    stored = _stored(store, "duty_events", ids)
    later = {key: stored.pop(key) for key in list(stored) if stored[key]["day"] > result.as_of.isoformat()}
    written, _, removed = _replace(store, "duty_events", _followed(events, later.values()), stored)
    result.events_written, result.events_removed = result.events_written + written, result.events_removed + removed
    _keep_findings(store, ids, leads, result)
    _put_counts(store, settings, ids, duties)


def _standing(duty: documents.Duty, stored: Mapping[str, Any]) -> documents.Duty:
    """The row as it stands since an earlier day, where it says nothing else: its day is that from which it stands."""
    known = stored.get(duty["id"])
    if known is None or known["as_of"] > duty["as_of"]:
        return duty
    same: documents.Duty = {**duty, "as_of": known["as_of"]}
    return same if same == known else duty


def _keep_findings(store: Storage, ids: list[str], now: list[documents.Finding], result: ScanResult) -> None:
    stored = _stored(store, "findings", ids)
    rows = list(findings.lives(now, stored, result.as_of))
    result.findings_written += _replace(store, "findings", rows, stored)[0]
    was_open = {key for key, row in stored.items() if row["state"] == "open"}
    result.findings_closed += sum(row["state"] == "closed" and row["id"] in was_open for row in rows)


def _count(duties: list[documents.Duty], result: ScanResult) -> None:
    result.duties += len(duties)
    result.states = dict(Counter(result.states) + Counter(duty["state"] for duty in duties))
    result.public_states = dict(Counter(result.public_states) + Counter(duty["public_state"] for duty in duties))


def _followed(events: list[documents.DutyEvent], later: Iterable[Mapping[str, Any]]) -> list[documents.DutyEvent]:
    """The events, the last of each duty ending on the first of the ``later`` ones that other scans have stored."""
    next_day: dict[str, str] = {}
    for row in later:
        next_day[row["duty"]] = min(row["day"], next_day.get(row["duty"], row["day"]))
    return [event if event["until"] else {**event, "until": next_day.get(event["duty"])} for event in events]


def _stored(store: Storage, name: str, ids: Sequence[str]) -> dict[str, Any]:
    """Stored rows of some enterprises by id."""
    return {row["id"]: row for row in store.scan(name, terms("enterprise", ids))}


def _replace(
    store: Storage, name: str, rows: Iterable[Mapping[str, Any]], stored: dict[str, Any]
) -> tuple[int, int, int]:
    """Writes the rows that are new or different, removes the stored that are none of them: (written, same, removed)."""
    wanted = {row["id"]: row for row in rows}
    changed = [row for key, row in wanted.items() if stored.get(key) != row]
    gone = sorted(stored.keys() - wanted.keys())
    if changed:
        store.bulk(name, changed)
    if gone:
        store.delete(name, gone)
    return len(changed), len(wanted) - len(changed), len(gone)


def _put_counts(store: Storage, settings: Settings, ids: Sequence[str], duties: list[documents.Duty]) -> None:
    """Writes onto each enterprise how many of the duties that the public may see are in which public state."""
    counts: dict[str, Counter[str]] = {identifier: Counter() for identifier in ids}
    severities: dict[str, set[str]] = {identifier: set() for identifier in ids}
    for duty in duties:
        if duty["law_seen"] and duty["audience"] == "public":
            counts[duty["enterprise"]][duty["public_state"]] += 1
            if duty["severity"] and duty["public_state"] == duty["state"]:
                severities[duty["enterprise"]].add(duty["severity"])
    # The indexer writes the same documents: under its lock neither overwrites what the other has just written.
    with held(settings.var / "indexing.lock", wait=True):
        changed = [
            {**row, "duty_states": dict(sorted(counts[key].items())), "severities": sorted(severities[key])}
            for key, row in store.mget("enterprises", ids).items()
            if row.get("duty_states") != dict(counts[key]) or row.get("severities") != sorted(severities[key])
        ]
        if changed:
            store.bulk("enterprises", changed)


def forget(
    store: Storage, seen: set[str], enterprises: Sequence[str] | None, result: ScanResult, turned: prints.Turned
) -> None:
    """Removes rows of enterprises that no longer exist (merged into another, or unknown on that day)."""
    if enterprises is not None:
        gone = sorted(set(enterprises) - seen)
    else:
        stored = ("duties", "findings")
        gone = sorted({row["enterprise"] for name in stored for row in store.scan(name, source=["enterprise"])} - seen)
    for start in range(0, len(gone), BATCH):
        part = gone[start : start + BATCH]
        result.removed += _replace(store, "duties", [], _stored(store, "duties", part))[2]
        result.events_removed += _replace(store, "duty_events", [], _stored(store, "duty_events", part))[2]
        store.delete("findings", [key for key, row in _stored(store, "findings", part).items() if _begun(row, result)])
        prints.keep(store, part, (), result.as_of, turned)


def _begun(finding: Mapping[str, Any], result: ScanResult) -> bool:
    """False for one of later days than that of the scan, on which its enterprise was not known yet."""
    return bool(finding["since"] <= result.as_of.isoformat())


def unusable(subject: Subject, rules: Rules) -> list[str]:
    """Memberships from which no duty can be made, in words; they are reported, never guessed at."""
    words = []
    for member in subject.memberships:
        if not any(row.carries(member.cls) for row in rules.active):
            continue
        by = rules.classes[member.cls].membership if member.cls in rules.classes else "list"
        if by == "permit" and (member.valid_from is None or member.valid_to is None):
            words.append(f"{member.source}: a permit of class {member.cls} without its days of validity")
        if by == "list" and member.year is None:
            words.append(f"{member.source}: a list of class {member.cls} without a year")
    return words


def found_rows(judge: Judge, subject: Subject, said: Said) -> Iterator[documents.Finding]:
    return (findings.row(lead, subject, judge.rules_version, judge.vocabulary_version) for lead in said.leads)
