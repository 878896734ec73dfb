"""The judgement of a duty on a day: state, proof, findings, and what the public may see. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from indexer.gaps import decided, elsewhere, incomplete, late, missing, params
from indexer.gaps.case import Case, case
from indexer.gaps.evidence import Evidence
from indexer.gaps.finding import ChannelLook, Finding, Judged, Standing
from indexer.gaps.ledger import Ledger
from indexer.gaps.params import GapRules
from indexer.gaps.verdict import Verdict, verdict
from indexer.law.duties import Duty
from indexer.law.facts import Found, Subject

SHOWN = 10
"""Days of looks that a row carries at most."""
ACCUSING = frozenset({"missing", "elsewhere_only", "partial", "late"})
INFERRED = frozenset({"withdrawn", "contradicted", "stale"})
"""States that are no accusation in public: what was disclosed counts as disclosed."""
RULE_OF: dict[str, tuple[str, ...]] = {
    "missing": ("MIS-01",), "elsewhere_only": ("MIS-08",), "partial": ("INC-01",), "late": ("LAT-01", "LAT-02"),
}  # fmt: skip


def judge(duty: Duty, subject: Subject | Evidence, as_of: date, gaps: GapRules | None = None) -> Judged:
    """The judgement of ``duty`` on the facts up to the end of ``as_of``; later facts are ignored."""
    evidence = subject if isinstance(subject, Evidence) else Evidence.of(subject)
    return judged(case(duty, evidence, gaps or params.load()), as_of)


def judged(made: Case, day: date) -> Judged:
    """The whole judgement on ``day``: state, proof, findings and what the public may see."""
    result = verdict(made, day)
    watched_all = _all_watched(made, day)
    decision = decided.latest(made.decisions, day)
    findings = tuple(_restricted(finding, made.duty) for finding in _findings(made, result, day, watched_all))
    when, what = result.when, result.what
    published = [item.published for item in result.seen if item.published is not None]
    return Judged(
        duty=made.duty, as_of=day, state=result.state, reason=result.reason,
        public_state=_public(made.duty, result, findings, decision.kind if decision else None),
        first_seen=min((made.since(item) for item in result.seen), default=None),
        published=min(published, default=None),
        delay_days=when.delay if when else None, timeliness_known=when.known if when else False,
        completeness=what.completeness if what else None, missing_fields=incomplete.keys(what) if what else (),
        found=tuple(sorted(item.id for item in result.seen)), channels=_channels(made, day, result.seen),
        all_lawful_watched=watched_all, findings=findings,
        decision=decision.id if decision else None, decision_kind=decision.kind if decision else None,
    )  # fmt: skip


def standing(made: Case, day: date) -> Standing:
    """What ``judged`` says of ``day`` without the proof, at a fraction of its cost."""
    result, decision = verdict(made, day), decided.latest(made.decisions, day)
    kind = decision.kind if decision else None
    # Whether every lawful channel was watched is told in a finding's words alone.
    findings = tuple(_restricted(finding, made.duty) for finding in _findings(made, result, day, False))
    return Standing(
        state=result.state, reason=result.reason, public_state=_public(made.duty, result, findings, kind),
        severity=max((finding.severity for finding in findings), default=None), decision_kind=kind,
        due=made.duty.due.latest, law_seen=made.duty.law_seen,
        sources=tuple(sorted({ledger.watched.source for ledger in _told(made, day, result.seen)})),
    )  # fmt: skip


def _findings(made: Case, result: Verdict, day: date, watched_all: bool) -> list[Finding]:
    """Findings only where something is proven: none on what cannot be observed, is exempt or not due."""
    if result.state == "missing":
        return [missing.finding(made, day, watched_all)]
    if result.when is None or result.what is None or result.state == "not_observable":
        return []
    found = [elsewhere.finding(made, result.seen, day)] if result.state == "elsewhere_only" else []
    if result.what.missing:
        found.append(incomplete.finding(made, result.seen, result.what))
    return [*found, *late.findings(made, result.seen, result.when)]


def _restricted(finding: Finding, duty: Duty) -> Finding:
    """What the public may not see of a finding, by its law, its row and its own confidence."""
    if finding.audience != "public":
        return finding
    strong = duty.law_seen and duty.obligation.audience == "public" and finding.confidence == "high"
    return finding if strong else replace(finding, audience="staff")


def _public(duty: Duty, result: Verdict, findings: tuple[Finding, ...], decision: str | None) -> str:
    """The state the public sees: an accusation only with a public finding behind it that no person called wrong."""
    if result.state in INFERRED:
        return "disclosed"
    if result.state not in ACCUSING:
        return result.state
    rules = RULE_OF[result.state]
    if decision != "false_alarm" and any(f.rule in rules and f.audience == "public" for f in findings):
        return result.state
    return "not_observable" if result.state == "missing" else "disclosed"


def _all_watched(made: Case, day: date) -> bool:
    """True where every channel that the law allows is known and watched since the due day."""
    watched = {
        ledger.watched.channel
        for ledger in made.known_on(day)
        if ledger.watched.watched_by(min(made.duty.due.latest, day))
    }
    lawful = made.duty.obligation.lawful
    return bool(lawful) and watched.issuperset(lawful)


def _channels(made: Case, day: date, seen: tuple[Found, ...]) -> tuple[ChannelLook, ...]:
    """Every known channel, and a source that is none only where the item was seen there."""
    return tuple(_channel(made, ledger, day, seen) for ledger in _told(made, day, seen))


def _told(made: Case, day: date, seen: tuple[Found, ...]) -> tuple[Ledger, ...]:
    sources = {item.source for item in seen}
    strays = [ledger for ledger in made.strays if ledger.watched.source in sources]
    return (*made.known_on(day), *strays)


def _channel(made: Case, ledger: Ledger, day: date, seen: tuple[Found, ...]) -> ChannelLook:
    """The proof of one channel; looks after the first sighting there say nothing of the duty."""
    here = [made.since(item) for item in seen if item.source == ledger.watched.source]
    looks = [look for look in ledger.between(made.opens, day) if not here or look.day < min(here)]
    good = [look for look in looks if look.absent]
    bad = [(look.day, outcome, reason) for look in looks for outcome, reason in look.bad]
    shown = [*good[-SHOWN:], *(look for look in looks if look.bad)][-2 * SHOWN :]
    return ChannelLook(
        source=ledger.watched.source, channel=ledger.watched.channel, lawful=ledger.watched.lawful,
        first_capture=ledger.watched.first_by(day),
        good=tuple(look.day for look in good[-SHOWN:]), good_count=len(good), bad=tuple(bad[-SHOWN:]),
        visits=tuple(dict.fromkeys(v for look in shown for v in look.visits)), found=bool(here),
    )  # fmt: skip
