"""One list of findings (线索): what checks observed and what states say, one row a (rule, obligation, period). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from indexer.gaps import decided
from indexer.gaps.checks.observation import Check, Observation
from indexer.gaps.checks.view import View
from indexer.gaps.finding import LEAD, Audience, Confidence
from indexer.gaps.params import GapRule, GapRules, Severity
from indexer.law.facts import Decision

SPOKEN = 5
"""Instances whose words a finding tells; of the others it tells the number."""
KEPT = 20
"""Captures, visits and disclosures that a finding names at most, those of the worst instances first."""
_CERTAINTY: dict[Confidence, int] = {"low": 0, "medium": 1, "high": 2}
_Key = tuple[str, str | None, str | None]


@dataclass(frozen=True)
class Lead:
    """One finding. ``since`` is the day from which the earliest of its instances has been known.

    ``last_seen`` is the last day of a sighting or look that an instance rests on, by the day of the view.
    """

    rule: GapRule
    obligation: str | None
    period: str | None
    severity: Severity
    confidence: Confidence
    audience: Audience
    law_seen: bool
    words: str
    since: date
    last_seen: date
    instances: int
    captures: tuple[dict[str, Any], ...]
    visits: tuple[str, ...]
    found: tuple[str, ...]
    to_authority: bool
    decision: Decision | None

    @property
    def key(self) -> str:
        """What a person's decision names: ``CON-07@O31-2|2021``."""
        return f"{self.rule.id}@{self.obligation or ''}|{self.period or ''}"


def observations(view: View, gaps: GapRules, checks: Mapping[str, Check]) -> Iterator[tuple[GapRule, Observation]]:
    """What every check observes whose rule is in the files."""
    for rule, check in checks.items():
        if rule in gaps.rules:
            for seen in check.run(view, gaps[rule]):
                yield gaps[rule], seen


def leads(
    view: View, gaps: GapRules, observed: Iterable[tuple[GapRule, Observation]], since: Mapping[str, date]
) -> tuple[Lead, ...]:
    """The findings of one subject, by rule, obligation and period.

    ``observed`` in any order gives the same; ``since``: by duty id the day from which its state has held.
    """
    groups: dict[_Key, list[Observation]] = {}
    for rule, seen in (*observed, *_of_states(view, gaps, since)):
        if _CERTAINTY[seen.confidence] >= _CERTAINTY[rule.min_confidence]:
            groups.setdefault((rule.id, seen.obligation, seen.period), []).append(seen)
    keys = sorted(groups, key=lambda key: tuple(part or "" for part in key))
    days = _Days(view)
    return tuple(_lead(view, gaps[key[0]], groups[key], days) for key in keys)


def standing(
    view: View, gaps: GapRules, observed: Iterable[tuple[GapRule, Observation]]
) -> list[tuple[GapRule, Observation]]:
    """What was observed that is certain enough and that no person called wrong: what states may rest on."""
    rejected: dict[_Key, bool] = {}
    kept = []
    for rule, seen in observed:
        key = (rule.id, seen.obligation, seen.period)
        if key not in rejected:
            decision = _decision(view, rule.id, seen)
            rejected[key] = decision is not None and decision.kind == "false_alarm"
        if not rejected[key] and _CERTAINTY[seen.confidence] >= _CERTAINTY[rule.min_confidence]:
            kept.append((rule, seen))
    return kept


def _of_states(view: View, gaps: GapRules, since: Mapping[str, date]) -> Iterator[tuple[GapRule, Observation]]:
    """The findings that came with the state of a duty, as instances of the same list."""
    for identifier, judged in view.judged.items():
        for finding in judged.findings:
            if finding.rule in gaps.rules:
                yield gaps[finding.rule], Observation(
                    finding.severity, finding.confidence, finding.words.replace(f"。{LEAD}", ""),
                    since.get(identifier, view.as_of), judged.duty.obligation.id, judged.duty.period, finding.rule,
                    finding.captures, finding.visits, judged.found,
                )  # fmt: skip


def _lead(view: View, rule: GapRule, seen: list[Observation], days: _Days) -> Lead:
    ordered = list(distinct(sorted(seen, key=_order)))
    first = ordered[0]
    confidence = min((one.confidence for one in ordered), key=_CERTAINTY.__getitem__)
    law_seen, public = _law(view, first)
    law_seen = law_seen and view.rules.memory.isdisjoint(rule.rests_on)
    return Lead(
        rule=rule, obligation=first.obligation, period=first.period, severity=first.severity, confidence=confidence,
        audience=audience(rule.audience, law_seen, public and confidence == "high"), law_seen=law_seen,
        words=_words(ordered), since=min(one.since for one in ordered), last_seen=days.last(ordered),
        instances=len(ordered), captures=_captures(ordered),
        visits=_some(visit for one in ordered for visit in one.visits),
        found=_some(item for one in ordered for item in one.found),
        to_authority=any(one.to_authority for one in ordered),
        decision=_decision(view, rule.id, first),
    )  # fmt: skip


def _order(one: Observation) -> tuple[Any, ...]:
    """The worst first; whatever order they came in, the result is the same."""
    refs = [(str(c.get("run")), str(c.get("file")), str(c.get("offset"))) for c in one.captures]
    return -int(one.severity[1:]), one.about, one.words, one.since, refs, one.visits, one.found


def distinct(seen: Iterable[Observation]) -> Iterator[Observation]:
    """The observations without those that say the same of the same."""
    told: set[tuple[str, str, str]] = set()
    for one in seen:
        if (said := (one.severity, one.about, one.words)) not in told:
            told.add(said)
            yield one


def audience(of_rule: Audience, law_seen: bool, strong: bool) -> Audience:
    """Who may see a finding: law from memory is for staff alone, so is what is less than certain.

    What a person must confirm first stays so: the confirmation makes up for the confidence, never for the law.
    """
    if not law_seen or (of_rule == "public" and not strong):
        return "staff"
    return of_rule


def _law(view: View, one: Observation) -> tuple[bool, bool]:
    """(the law behind it was read in a published text, its row is for the public); True where no duty is named."""
    if one.obligation is None:
        return True, True
    for judged in view.judged.values():
        if judged.duty.obligation.id == one.obligation and one.period in (None, judged.duty.period):
            return judged.duty.law_seen, judged.duty.obligation.audience == "public"
    row = view.rules.obligations.get(one.obligation)
    if row is None:
        return False, False
    return all(basis.seen == "S" for basis in row.basis), row.audience == "public"


def _words(ordered: list[Observation]) -> str:
    told = list(dict.fromkeys(one.words.rstrip("。；") for one in ordered))
    more = f"；等{len(told)}处" if len(told) > SPOKEN else ""
    return f"{'；'.join(told[:SPOKEN])}{more}。{LEAD}"


class _Days:
    """The last day of what observations rest on; sightings and looks are sorted out once a subject, when asked for."""

    def __init__(self, view: View) -> None:
        self._view = view

    @cached_property
    def _found(self) -> dict[str, date]:
        return {item.id: item.last_seen for item in self._view.subject.found}

    @cached_property
    def _looks(self) -> dict[str, date]:
        return {look.visit: look.day for look in self._view.subject.looks}

    def last(self, seen: list[Observation]) -> date:
        """Of the sightings and looks that they name, and of the days on which they came to be known."""
        days = [one.since for one in seen]
        days += [self._found[item] for one in seen for item in one.found if item in self._found]
        days += [self._looks[visit] for one in seen for visit in one.visits if visit in self._looks]
        return max((day for day in days if day <= self._view.as_of), default=self._view.as_of)


def _decision(view: View, rule: str, one: Observation) -> Decision | None:
    """The newest decision on the finding itself; else the one on the duty whose state it came with."""
    key = f"{view.subject.id}:{rule}@{one.obligation or ''}:{one.period or ''}"
    own = decided.latest(tuple(d for d in view.subject.decisions if d.duty == key), view.as_of)
    if own is not None or one.about != rule or one.obligation is None:
        return own
    duty = view.judged.get(f"{view.subject.id}:{one.obligation}:{one.period}")
    if duty is None:
        return None
    return decided.latest(tuple(d for d in view.subject.decisions if decided.concerns(d, duty.duty)), view.as_of)


def _captures(ordered: list[Observation]) -> tuple[dict[str, Any], ...]:
    unique: dict[tuple[Any, ...], dict[str, Any]] = {}
    for one in ordered:
        for capture in one.captures:
            unique.setdefault((capture.get("run"), capture.get("file"), capture.get("offset")), capture)
    return tuple(unique.values())[:KEPT]


def _some(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))[:KEPT]
