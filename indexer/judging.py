"""What is judged, as the rows that are stored: a duty with its proof, and the days on which it came to stand otherwise.

Pure: the scan writes the rows, readers of a past day take them as they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import cast

from indexer.gaps import leads, params, states
from indexer.gaps.case import Case, case
from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.registry import CHECKS
from indexer.gaps.checks.view import Shared, View
from indexer.gaps.evidence import Evidence
from indexer.gaps.finding import ChannelLook, Finding, Judged
from indexer.gaps.judge import judged
from indexer.gaps.leads import Lead
from indexer.gaps.params import GapRule, GapRules
from indexer.gaps.transitions import Survey, Transition, survey
from indexer.law.duties import duties
from indexer.law.facts import Subject
from indexer.law.rules import Rules, default
from indexer.normalise import data
from indexer.register import documents

NOTHING_SHARED = Shared()


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
        return cls.by(default())

    @classmethod
    def by(cls, rules: Rules, gaps: GapRules | None = None) -> Judge:
        """Other rules (with imported notices, signed rows, changed files) under a version of their own."""
        gaps = gaps or params.load()
        return cls(rules, gaps, params.version(rules, gaps), data.version())

    def judged(self, subject: Subject, as_of: date, shared: Shared = NOTHING_SHARED) -> list[Judged]:
        """Its duties as they stand on a day, without the days before."""
        evidence = Evidence.of(subject)
        cases = [case(duty, evidence, self.gaps) for duty in duties(subject, self.rules, as_of)]
        view = self._view(subject, evidence, cases, [judged(made, as_of) for made in cases], as_of, shared)
        return states.final(view.judged.values(), self._observed(view))

    def survey(self, subject: Subject, as_of: date) -> Survey:
        """The duties of one subject on a day, and how each came to its state."""
        return survey(subject, as_of, self.rules, self.gaps)

    def say(self, subject: Subject, as_of: date, shared: Shared = NOTHING_SHARED) -> Said:
        """Everything said of one subject on a day; ``shared`` is what others disclosed that is the same."""
        told = self.survey(subject, as_of)
        view = self._view(subject, told.evidence, told.cases, told.judged, as_of, shared)
        seen = tuple(leads.observations(view, self.gaps, CHECKS))
        observed = leads.standing(view, self.gaps, seen)
        return Said(
            tuple(states.final(told.judged, observed)),
            states.followed(told.transitions, states.overlays(told.judged, observed)),
            leads.leads(view, self.gaps, seen, standing_since(told)),
        )

    def _view(
        self, subject: Subject, evidence: Evidence, cases: Iterable[Case], judged: Iterable[Judged], as_of: date,
        shared: Shared,
    ) -> View:  # fmt: skip
        by_duty = {made.duty.id: made for made in cases}
        return View(subject, evidence, by_duty, {j.duty.id: j for j in judged}, as_of, self.rules, shared)

    def _observed(self, view: View) -> list[tuple[GapRule, Observation]]:
        return leads.standing(view, self.gaps, leads.observations(view, self.gaps, CHECKS))


@dataclass(frozen=True)
class Said:
    """What is said of a subject: its duties judged, how each came to its state, and all findings in one list."""

    judged: tuple[Judged, ...]
    transitions: Mapping[str, Sequence[Transition]]
    leads: tuple[Lead, ...]


def standing_since(told: Survey) -> dict[str, date]:
    """By duty id the day from which its state has held without a break."""
    since: dict[str, date] = {}
    for identifier, changes in told.transitions.items():
        turns = [change.day for change in changes if change.before != change.after]
        since[identifier] = turns[-1] if turns else changes[0].day
    return since


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
    ends = [change.day for change in changes[1:]]
    for change, until in zip_longest(changes, ends):
        digest = hashlib.sha256(f"{duty}|{change.day}|{change.after}".encode()).hexdigest()[:16]
        now = change.standing
        yield documents.DutyEvent(
            id=f"t-{digest}", duty=duty, enterprise=subject.id, region_path=list(subject.region_path),
            obligation=obligation, period=period, day=change.day.isoformat(), until=_iso(until), before=change.before,
            after=change.after, public_state=now.public_state, reason=change.reason, due=_iso(now.due),
            severity=now.severity, law_seen=now.law_seen, audience=judge.rules.obligations[obligation].audience,
            decision_kind=now.decision_kind, sources=list(now.sources), rules_version=judge.rules_version,
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
