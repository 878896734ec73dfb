"""Events (触发事项) of an enterprise, drawn from its disclosures by the rules of ``indexer/law/events.yaml``. Pure.

What is not dated is no event: a day is never guessed. The same penalty on two sites is one event, and a copy of it
without a number is the numbered one of the same day.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any

from indexer.law.events import EventRule
from indexer.law.facts import Event, Found, Profile
from indexer.law.rules import Rules

_BESIDE = ("authority", "project", "permit_action", "permit_no", "file_no", "matter")
_LINE = ("disclose_way", "disclose_when", "disclose_what", "disclose_other")
"""Facts that go with an event, for telling which disclosure speaks of it; the cells of a line of a permit's table."""


def drawn(found: Sequence[Found], profile: Profile, rules: Rules) -> tuple[Event, ...]:
    """Every event that the disclosures tell of, by day, kind and reference; equal facts in any order give the same."""
    by_kind = _by_kind(rules.events)
    made = [
        event
        for item in found
        for rule in by_kind.get(item.kind, ())
        if not rule.change and rule.kind not in _OWN
        for event in _told(item, rule)
    ]
    changing = {kind for rule in rules.events if rule.change for kind in rule.origins}
    made += _changes([item for item in found if item.kind in changing], rules)
    made += _particulars(profile)
    return tuple(sorted(_joined(made), key=lambda event: (event.day, event.kind, event.ref)))


_OWN = frozenset({"particulars_changed"})
"""Drawn from something else than one disclosure."""


@lru_cache(maxsize=4)
def _by_kind(rules: tuple[EventRule, ...]) -> dict[str, tuple[EventRule, ...]]:
    found: dict[str, list[EventRule]] = defaultdict(list)
    for rule in rules:
        for kind in rule.origins:
            found[kind].append(rule)
    return {kind: tuple(mine) for kind, mine in found.items()}


def _told(item: Found, rule: EventRule) -> Iterator[Event]:
    if rule.needs is not None and rule.needs not in item.present:
        return
    if rule.within and not _says(item, rule):
        return
    day = next((day for day in (_day(item, key) for key in rule.day) if day is not None), None)
    if day is not None:
        yield _event(item, rule.kind, day, _ref(item, rule, day))


def _says(item: Found, rule: EventRule) -> bool:
    text = " ".join(_words(item, place) for place in rule.within)
    told = not rule.words or any(word in text for word in rule.words)
    return told and not any(word in text for word in rule.unless)


def _words(item: Found, place: str) -> str:
    if place == "title":
        return item.title
    return item.text if place == "text" else str(item.facts.get(place) or "")


def _day(item: Found, key: str) -> date | None:
    """The day under a canonical field; the end of a showing may stand in the span that the notice prints."""
    if key == "published":
        return item.published
    if key == "first_seen":
        return item.first_seen
    value: Any = item.facts.get(key)
    if value is None and key == "shown_to":
        value = (item.facts.get("shown") or {}).get("to") if isinstance(item.facts.get("shown"), dict) else None
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _ref(item: Found, rule: EventRule, day: date) -> str:
    if rule.ref == "item":
        return f"{item.kind}|{item.period}" if item.period and item.kind == "annual_report" else item.id
    if rule.ref == "line":
        return hashlib.sha256("|".join(str(item.facts.get(key) or "") for key in _LINE).encode()).hexdigest()[:16]
    if rule.ref == "document":
        return str(item.facts.get("file_no") or item.document_no or day)
    return str(item.facts.get("project") or day) if rule.ref == "project" else str(day)


def _event(item: Found, kind: str, day: date, ref: str) -> Event:
    extra = {key: str(item.facts[key]) for key in (*_BESIDE, *_LINE) if item.facts.get(key)}
    extra["from"] = item.kind
    if item.document_no:
        extra["document_no"] = item.document_no
    if item.period:
        extra["period"] = item.period
    return Event(kind, day, item.first_seen, ref, item.source, item.title, item.id, item.captures, extra)


def _changes(found: list[Found], rules: Rules) -> Iterator[Event]:
    """A new version of a thing that differs from the one before it in a field which the law requires."""
    versions: dict[tuple[str, str, str], list[Found]] = defaultdict(list)
    for item in found:
        if item.key:
            versions[item.source, item.kind, item.key].append(item)
    for (_, kind, _), items in sorted(versions.items()):
        if len(items) > 1:
            ordered = sorted(items, key=lambda item: (item.first_seen, item.id))
            for before, after in pairwise(ordered):
                if _differ(before, after, required_keys(kind, rules)):
                    made = _event(after, "content_changed", after.first_seen, after.id)
                    yield replace(made, extra={**made.extra, "of": kind})


def _differ(before: Found, after: Found, keys: frozenset[str]) -> bool:
    return any(before.facts.get(key) != after.facts.get(key) for key in keys)


def required_keys(kind: str, rules: Rules) -> frozenset[str]:
    """Canonical fields that some obligation requires of a kind; of chapters the fields of the chapter."""
    if (kind, rules.version) not in _KEYS:
        units = [
            key
            for row in rules.obligations.values()
            if kind in row.kinds and row.required
            for unit in row.required.units
            for key in unit.keys
        ]
        chapters = [field.key for key in units if key in rules.groups for field in rules.groups[key].fields]
        _KEYS[kind, rules.version] = frozenset(units) | frozenset(chapters)
    return _KEYS[kind, rules.version]


_KEYS: dict[tuple[str, str], frozenset[str]] = {}
"""By kind and version of the rules."""


def _particulars(profile: Profile) -> Iterator[Event]:
    """The second and every later name or representative, on the day on which it was first printed."""
    for what, values in (("name", profile.names), ("legal_rep", profile.legal_reps)):
        known: set[str] = set()
        for value in sorted(values, key=lambda value: (value.first, value.last, value.value)):
            if known and value.value not in known:
                mark = hashlib.sha256(value.value.encode()).hexdigest()[:16]
                yield Event(
                    "particulars_changed",
                    value.first,
                    value.first,
                    f"{what}|{mark}",
                    value.source,
                    extra={"what": what},
                )
            known.add(value.value)


def _joined(events: Iterable[Event]) -> Iterator[Event]:
    """One event a (kind, reference): the copy known first, with the captures of all."""
    groups: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in events:
        groups[event.kind, event.ref].append(event)
    numbered = {(kind, copy.day): ref for (kind, ref), copies in sorted(groups.items()) for copy in copies
                if ref != str(copy.day)}  # fmt: skip
    for kind, ref in sorted(groups):
        day = groups[kind, ref][0].day
        other = numbered.get((kind, day))
        if ref == str(day) and other is not None:
            groups[kind, other] += groups.pop((kind, ref))
    for (_, _), copies in sorted(groups.items()):
        copies.sort(key=lambda event: (event.known, event.source, event.found or ""))
        captures = tuple({str(c): c for event in copies for c in event.captures}.values())
        yield replace(copies[0], captures=captures)
