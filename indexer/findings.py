"""The rows of findings (index ``findings``): what is said of a subject today, and what was said of it before.

What is open on a day is a pure function of the facts up to it (``row``); the days on which it was open are kept from
scan to scan (``lives``), so that a finding that no longer holds stays on record, closed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, cast

from indexer.gaps import life
from indexer.gaps.leads import Lead
from indexer.gaps.life import Open
from indexer.law.facts import Subject
from indexer.register import documents


def identifier(enterprise: str, lead: Lead) -> str:
    """``f-`` and sixteen hex digits of subject, rule, obligation and period."""
    return f"f-{hashlib.sha256(f'{enterprise}|{lead.key}'.encode()).hexdigest()[:16]}"


def row(lead: Lead, subject: Subject, rules_version: str, vocabulary_version: str) -> documents.Finding:
    """The row of one finding as it is open, its only span beginning with ``since``."""
    decision = lead.decision
    duty = f"{subject.id}:{lead.obligation}:{lead.period}" if lead.obligation and lead.period else None
    return documents.Finding(
        id=identifier(subject.id, lead), enterprise=subject.id, enterprise_name=subject.name,
        region_path=list(subject.region_path), rule=lead.rule.id, rule_version=lead.rule.version,
        group=lead.rule.group, obligation=lead.obligation, period=lead.period, duty=duty, severity=lead.severity,
        confidence=lead.confidence, audience=lead.audience, law_seen=lead.law_seen, words=lead.words,
        instances=lead.instances, captures=cast(list[documents.CaptureRef], list(lead.captures)),
        visits=list(lead.visits), found=list(lead.found), to_authority=lead.to_authority, state="open",
        since=lead.since.isoformat(), last_seen=lead.last_seen.isoformat(), closed=None,
        spans=_written(((lead.since, None),)), decision=decision.id if decision else None,
        decision_kind=decision.kind if decision else None, rules_version=rules_version,
        vocabulary_version=vocabulary_version,
    )  # fmt: skip


def lives(
    now: Iterable[documents.Finding], stored: Mapping[str, Mapping[str, Any]], day: date
) -> Iterator[documents.Finding]:
    """The rows to keep after a look on ``day``: those open now and those closed, each with all its spans.

    A row whose last turn is later than ``day`` is left as it is; one that was never open for a whole day is dropped.
    """
    open_now = {finding["id"]: finding for finding in now}
    for key in sorted(open_now.keys() | stored.keys()):
        finding, known = open_now.get(key), stored.get(key)
        before = _read(known["spans"]) if known else ()
        spans = life.lived(before, date.fromisoformat(finding["since"]) if finding else None, day)
        # Of a past day only the spans could say something new; its words are those of its own day.
        told = known if known and (finding is None or _later(before, day)) else finding
        if told is not None and spans:
            yield _with(cast(documents.Finding, told), spans)


def known(stored: Mapping[str, Any]) -> dict[str, Any]:
    """A row that an older version stored, without what today's rows no longer have."""
    return {name: value for name, value in stored.items() if name in documents.Finding.__annotations__}


def _later(spans: tuple[Open, ...], day: date) -> bool:
    return day < (spans[-1][1] or spans[-1][0])


def _with(finding: documents.Finding, spans: tuple[Open, ...]) -> documents.Finding:
    end = spans[-1][1]
    made: documents.Finding = {**finding, "spans": _written(spans), "state": "open" if end is None else "closed"}
    made["closed"] = end.isoformat() if end else None
    return made


def _written(spans: tuple[Open, ...]) -> list[documents.Span]:
    return [{"from": start.isoformat(), "to": end.isoformat() if end else None} for start, end in spans]


def _read(spans: Iterable[Mapping[str, str | None]]) -> tuple[Open, ...]:
    return tuple((date.fromisoformat(s["from"] or ""), date.fromisoformat(s["to"]) if s["to"] else None) for s in spans)
