"""What is read for the scores of a batch of subjects: duties that fell due, open findings, conduct. Bounded memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from indexer.gaps.scores.account import Account, Conduct, Pair
from indexer.law.rules import Rules
from indexer.register import authority_facts
from indexer.register.storage import Storage, all_of, term, terms
from indexer.scan import find_all, judge_all
from indexer.scoring.rows import Reader, Row, item, lead
from indexer.settings import Settings

DUTY_FIELDS = (
    "id", "enterprise", "enterprise_name", "region_path", "obligation", "item", "period", "state", "public_state",
    "due", "delay_days", "timeliness_known", "completeness", "found", "findings", "severity", "law_seen", "audience",
    "decision_kind",
)  # fmt: skip
FINDING_FIELDS = (
    "id", "enterprise", "rule", "group", "severity", "confidence", "words", "duty", "audience", "law_seen",
    "to_authority", "decision_kind",
)  # fmt: skip
BUCKETS = 5_000
"""Buckets of one aggregation's answer; the next ones are asked for after them."""


@dataclass
class Facts:
    """The rows of one subject."""

    duties: list[Row] = field(default_factory=list)
    findings: list[Row] = field(default_factory=list)
    kinds: list[tuple[str, int]] = field(default_factory=list)
    owed: dict[str, set[Pair]] = field(default_factory=dict)
    """Outlets × pollutants by kind of disclosure: ``permit``, ``emission``."""
    shown: set[Pair] = field(default_factory=set)


@dataclass(frozen=True)
class Window:
    """The days a score looks back over, both included; ``live``: the day is today, what is stored answers for it."""

    first: date
    last: date
    live: bool


def read(
    store: Storage, settings: Settings, window: Window, ids: Sequence[str], kinds: frozenset[str]
) -> dict[str, Facts]:
    """The rows of these subjects; ``kinds`` are those that may count as voluntary."""
    found = {identifier: Facts() for identifier in ids}
    for duty in _duties(store, settings, window, ids):
        found[duty["enterprise"]].duties.append(duty)
    held = [identifier for identifier in ids if found[identifier].duties]
    if held:
        for finding in _findings(store, settings, window, held):
            found[finding["enterprise"]].findings.append(finding)
        _read_kinds(store, window, held, kinds, found)
        _read_pairs(store, window, held, found)
    return found


def offices(
    store: Storage, settings: Settings, window: Window, obligations: Iterable[str], codes: Iterable[str]
) -> Iterator[tuple[Row, Facts]]:
    """Authorities with what they owed: one after the other, each with a row of its own that names it.

    ``codes``: the provinces and cities whose authorities are judged anew where the day is past.
    """
    facts, last = Facts(), None
    for duty in _of_offices(store, settings, window, obligations, codes):
        if last is not None and duty["enterprise"] != last["enterprise"]:
            yield last, facts
            facts = Facts()
        facts.duties.append(duty)
        last = duty
    if last is not None:
        yield last, facts


def _of_offices(
    store: Storage, settings: Settings, window: Window, obligations: Iterable[str], codes: Iterable[str]
) -> Iterator[Row]:
    if window.live:
        query = all_of(terms("obligation", obligations), _due(window))
        return store.scan("duties", query, DUTY_FIELDS, [{"enterprise": "asc"}, {"id": "asc"}])
    return _duties(store, settings, window, [f"{authority_facts.PREFIX}{code}" for code in sorted(codes)])


def account(subject: str, facts: Facts, window: Window, rules: Rules, reader: Reader) -> Account:
    """What one reader's score of the subject is reckoned from."""
    items = [
        made
        for duty in facts.duties
        if window.first.isoformat() <= duty["due"] <= window.last.isoformat()
        and (made := item(duty, rules.obligations[duty["obligation"]].period, reader)) is not None
    ]
    leads = [told for finding in facts.findings if (told := lead(finding, reader)) is not None]
    return Account(subject, tuple(items), tuple(sorted(leads, key=lambda one: one.ref)), _conduct(facts, rules))


def _conduct(facts: Facts, rules: Rules) -> Conduct:
    owed = {kind for duty in facts.duties for kind in rules.obligations[duty["obligation"]].kinds}
    pairs = facts.owed.get("permit") or facts.owed.get("emission") or set()
    return Conduct(
        voluntary=tuple((kind, number) for kind, number in sorted(facts.kinds) if kind not in owed),
        owed=frozenset(pairs), shown=frozenset(facts.shown), from_permit=bool(facts.owed.get("permit")),
    )  # fmt: skip


def _due(window: Window) -> dict[str, Any]:
    """Fell due in the window, or falls due later: what is owed at all is no voluntary item."""
    return {"range": {"due": {"gte": window.first.isoformat()}}}


def _duties(store: Storage, settings: Settings, window: Window, ids: Sequence[str]) -> Iterator[Row]:
    if window.live:
        return store.scan("duties", all_of(terms("enterprise", ids), _due(window)), DUTY_FIELDS)
    first = window.first.isoformat()
    judged = judge_all(store, settings, window.last, ids, refresh=False)
    return (duty for duty in judged if duty["due"] is not None and duty["due"] >= first)


def _findings(store: Storage, settings: Settings, window: Window, ids: Sequence[str]) -> Iterator[Row]:
    if window.live:
        return store.scan("findings", all_of(terms("enterprise", ids), term("state", "open")), FINDING_FIELDS)
    return iter(find_all(store, settings, window.last, ids, refresh=False))


def _public_then(window: Window) -> dict[str, Any]:
    """Disclosures seen at some time within the window."""
    return {"nested": {"path": "seen", "query": all_of(
        {"range": {"seen.from": {"lte": window.last.isoformat()}}},
        without=[{"range": {"seen.to": {"lt": window.first.isoformat()}}}],
    )}}  # fmt: skip


def _read_kinds(
    store: Storage, window: Window, ids: Sequence[str], kinds: frozenset[str], found: Mapping[str, Facts]
) -> None:
    """How many periods of each kind a subject disclosed."""
    query = all_of(terms("enterprise", ids), terms("kind", sorted(kinds)), _public_then(window))
    numbers: dict[tuple[str, str], int] = {}
    for key in _composite(store, "disclosures", query, ("enterprise", "kind", "period")):
        one = (key["enterprise"], key["kind"])
        numbers[one] = numbers.get(one, 0) + 1
    for (identifier, kind), number in numbers.items():
        found[identifier].kinds.append((kind, number))


def _read_pairs(store: Storage, window: Window, ids: Sequence[str], found: Mapping[str, Facts]) -> None:
    """Outlets × pollutants that a permit or a report lists, and of such subjects those with values."""
    query = all_of(
        terms("enterprise", ids), terms("kind", ("permit", "emission")), {"exists": {"field": "pollutants"}},
        _public_then(window),
    )  # fmt: skip
    for key in _composite(store, "disclosures", query, ("enterprise", "kind", "outlet", "pollutants")):
        found[key["enterprise"]].owed.setdefault(key["kind"], set()).add((key["outlet"], key["pollutants"]))
    listed = [identifier for identifier in ids if found[identifier].owed]
    if not listed:
        return
    last = window.last.isoformat()
    published = all_of(
        terms("enterprise", listed), {"range": {"time": {"gte": window.first.isoformat()}}},
        {"range": {"first_seen": {"lte": last}}},
    )  # fmt: skip
    for key in _composite(store, "measurements", published, ("enterprise", "outlet", "pollutant")):
        found[key["enterprise"]].shown.add((key["outlet"], key["pollutant"]))


def _composite(store: Storage, name: str, query: Mapping[str, Any], fields: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Every combination of the fields' values, a missing value as None."""
    sources = [{name: {"terms": {"field": name, "missing_bucket": True}}} for name in fields]
    composite: dict[str, Any] = {"sources": sources, "size": BUCKETS}
    while True:
        answer = store.search(name, {"size": 0, "query": query, "aggs": {"keys": {"composite": composite}}})
        buckets = answer.get("aggregations", {}).get("keys", {}).get("buckets", [])
        yield from (bucket["key"] for bucket in buckets)
        if len(buckets) < BUCKETS:
            return
        composite = {**composite, "after": answer["aggregations"]["keys"]["after_key"]}
