"""Facts → duties: judges every duty of every enterprise on a day and keeps what changed. Idempotent and dated.

One of the two places where the pure wings (law, gaps) meet the engine. ``judge_all`` writes nothing.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from sqlalchemy.orm import Session

from indexer import clock
from indexer.engine.filelock import held
from indexer.gaps import params
from indexer.gaps.finding import ChannelLook, Finding, Judged
from indexer.gaps.params import GapRules
from indexer.gaps.transitions import Survey, Transition, survey
from indexer.law.facts import Subject
from indexer.law.rules import Rules, default
from indexer.normalise import data
from indexer.register import decisions, documents, facts
from indexer.register.storage import Storage, all_of, parts, terms
from indexer.settings import Settings

BATCH = 100
"""Enterprises read and written at a time: some thousand duties, a few megabytes."""
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Judge:
    """The rules a scan judges by, and the versions its rows name."""

    rules: Rules
    gaps: GapRules
    rules_version: str
    vocabulary_version: str

    @classmethod
    def today(cls) -> Judge:
        """The rules and vocabulary that come with the project."""
        rules, gaps = default(), params.load()
        return cls(rules, gaps, params.version(rules, gaps), data.version())

    def survey(self, subject: Subject, as_of: date) -> Survey:
        """Everything said of one subject on a day."""
        return survey(subject, as_of, self.rules, self.gaps)


@dataclass
class ScanResult:
    """What a scan did: duties by state and public state; rows written, left as they were, removed.

    ``issues`` are memberships from which no duty could be made, in words with where they come from.
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
    issues: list[str] = field(default_factory=list)


def judge_all(
    store: Storage, settings: Settings, as_of: date, enterprises: Sequence[str] | None = None, refresh: bool = True
) -> Iterator[documents.Duty]:
    """Every duty as it stood on ``as_of``, from the facts up to the end of that day; nothing is written.

    ``refresh``: False for readers who take what shows already.
    """
    judge = Judge.today()
    if refresh:
        store.refresh("enterprises", "disclosures", "visits")
    for subject in _subjects(store, settings, as_of, enterprises):
        for judged in judge.survey(subject, as_of).judged:
            yield duty_document(judged, subject, judge)


def scan(
    store: Storage,
    settings: Settings,
    as_of: date | None = None,
    enterprises: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> ScanResult:
    """Judges all enterprises (or those given) on ``as_of`` (today by the clock) and brings the stored rows up to it.

    Rows that did not change are not written again; rows of duties and enterprises that no longer exist are removed.
    Scanning some enterprises gives them the same rows as scanning all. ``progress`` is told how many are done.
    """
    result = ScanResult(as_of or clock.today())
    judge = Judge.today()
    store.refresh("enterprises", "disclosures", "visits", "duties", "duty_events")
    seen: set[str] = set()
    found = _subjects(store, settings, result.as_of, enterprises)
    for batch in parts(found, BATCH):
        _keep(store, settings, judge, batch, result)
        seen.update(subject.id for subject in batch)
        if progress is not None:
            progress(len(seen))
    _forget(store, seen, enterprises, result)
    store.refresh("enterprises", "duties", "duty_events")
    return result


def _subjects(store: Storage, settings: Settings, as_of: date, enterprises: Sequence[str] | None) -> Iterator[Subject]:
    """The facts of every enterprise, with what people decided; raises ValueError for a broken source definition."""
    sources = facts.load_sources(settings.sources)
    with _decisions(settings) as session:
        yield from facts.subjects(store, session, as_of, enterprises, sources)


@contextmanager
def _decisions(settings: Settings) -> Iterator[Session | None]:
    """A session on what people decided; None where nobody has decided anything yet (no file, no table)."""
    if not decisions.read(settings.database, lambda _session: True, False):
        yield None
        return
    engine = decisions.open_engine(settings.database)
    try:
        with Session(engine) as session:
            yield session
    finally:
        engine.dispose()


def _keep(store: Storage, settings: Settings, judge: Judge, batch: list[Subject], result: ScanResult) -> None:
    """Judges one batch and writes what differs from what is stored."""
    duties: list[documents.Duty] = []
    events: list[documents.DutyEvent] = []
    for subject in batch:
        said = judge.survey(subject, result.as_of)
        duties += [duty_document(judged, subject, judge) for judged in said.judged]
        events += [
            e for key, changes in said.transitions.items() for e in event_documents(key, changes, subject, judge)
        ]
        result.issues += [f"{subject.id} {subject.name}: {words}" for words in unusable(subject, judge.rules)]
    ids = [subject.id for subject in batch]
    result.enterprises += len(batch)
    _count(duties, result)
    written, same, removed = _replace(store, "duties", duties, _stored(store, "duties", ids))
    result.written, result.unchanged, result.removed = (
        result.written + written, result.unchanged + same, result.removed + removed,
    )  # fmt: skip
    # Events of later days are no concern of a scan of a past day.
    past = {"range": {"day": {"lte": result.as_of.isoformat()}}}
    written, _, removed = _replace(store, "duty_events", events, _stored(store, "duty_events", ids, past))
    result.events_written, result.events_removed = result.events_written + written, result.events_removed + removed
    _put_counts(store, settings, ids, duties)


def _count(duties: list[documents.Duty], result: ScanResult) -> None:
    result.duties += len(duties)
    result.states = dict(Counter(result.states) + Counter(duty["state"] for duty in duties))
    result.public_states = dict(Counter(result.public_states) + Counter(duty["public_state"] for duty in duties))


def _stored(store: Storage, name: str, ids: Sequence[str], also: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Stored rows of some enterprises by id."""
    query = all_of(terms("enterprise", ids), *([also] if also else []))
    return {row["id"]: row for row in store.scan(name, query)}


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


def _forget(store: Storage, seen: set[str], enterprises: Sequence[str] | None, result: ScanResult) -> None:
    """Removes rows of enterprises that no longer exist (merged into another, or unknown on that day)."""
    if enterprises is not None:
        gone = sorted(set(enterprises) - seen)
    else:
        gone = sorted({row["enterprise"] for row in store.scan("duties", source=["enterprise"])} - seen)
    for start in range(0, len(gone), BATCH):
        part = gone[start : start + BATCH]
        result.removed += _replace(store, "duties", [], _stored(store, "duties", part))[2]
        result.events_removed += _replace(store, "duty_events", [], _stored(store, "duty_events", part))[2]


def unusable(subject: Subject, rules: Rules) -> list[str]:
    """Memberships from which no duty can be made, in words; they are reported, never guessed at."""
    words = []
    for member in subject.memberships:
        if not any(row.carries(member.cls) for row in rules.active):
            continue
        held = rules.classes[member.cls].membership == "permit" if member.cls in rules.classes else False
        if held and (member.valid_from is None or member.valid_to is None):
            words.append(f"{member.source}: a permit of class {member.cls} without its days of validity")
        if not held and member.year is None:
            words.append(f"{member.source}: a list of class {member.cls} without a year")
    return words


def duty_document(judged: Judged, subject: Subject, judge: Judge) -> documents.Duty:
    """The row of one duty (index ``duties``)."""
    duty = judged.duty
    return documents.Duty(
        id=duty.id, enterprise=subject.id, enterprise_name=subject.name, region_path=list(subject.region_path),
        obligation=duty.obligation.id, item=duty.obligation.item, kind=duty.obligation.kinds[0], period=duty.period,
        state=judged.state, public_state=judged.public_state, reason=judged.reason,
        due=duty.due.latest.isoformat(), due_earliest=_iso(duty.due.earliest), due_provisional=duty.due.provisional,
        due_words=duty.due.words, basis=duty.basis, law_seen=duty.law_seen, first_seen=_iso(judged.first_seen),
        published=_iso(judged.published), delay_days=judged.delay_days, timeliness_known=judged.timeliness_known,
        completeness=judged.completeness, missing_fields=list(judged.missing_fields), found=list(judged.found),
        channels=[_channel(look) for look in judged.channels], all_lawful_watched=judged.all_lawful_watched,
        findings=[_finding(finding) for finding in judged.findings], severity=judged.severity,
        audience=duty.obligation.audience, decision=judged.decision, decision_kind=judged.decision_kind,
        as_of=judged.as_of.isoformat(), rules_version=judge.rules_version, vocabulary_version=judge.vocabulary_version,
    )  # fmt: skip


def event_documents(
    duty: str, changes: Sequence[Transition], subject: Subject, judge: Judge
) -> Iterator[documents.DutyEvent]:
    """The rows of one duty's transitions (index ``duty_events``)."""
    _, obligation, period = duty.removeprefix(subject.id).split(":", 2)
    for change in changes:
        digest = hashlib.sha256(f"{duty}|{change.day}|{change.after}".encode()).hexdigest()[:16]
        yield documents.DutyEvent(
            id=f"t-{digest}", duty=duty, enterprise=subject.id, obligation=obligation, period=period,
            day=change.day.isoformat(), before=change.before, after=change.after, reason=change.reason,
            rules_version=judge.rules_version,
        )  # fmt: skip


def _channel(look: ChannelLook) -> documents.ChannelLook:
    return documents.ChannelLook(
        source=look.source, channel=look.channel, lawful=look.lawful, first_capture=_iso(look.first_capture),
        good=[day.isoformat() for day in look.good], good_count=look.good_count,
        bad=[{"day": day.isoformat(), "outcome": outcome, "reason": reason} for day, outcome, reason in look.bad],
        visits=list(look.visits), found=look.found,
    )  # fmt: skip


def _finding(finding: Finding) -> documents.FindingDoc:
    return documents.FindingDoc(
        rule=finding.rule, rule_version=finding.rule_version, severity=finding.severity,
        confidence=finding.confidence, audience=finding.audience, words=finding.words,
        captures=cast(list[documents.CaptureRef], list(finding.captures)), visits=list(finding.visits),
    )  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
