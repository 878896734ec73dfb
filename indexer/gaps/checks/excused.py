"""Times for which no value is owed or compared: lawful marks (标记), and stops that were stated (停产说明)."""

from __future__ import annotations

from datetime import date

from indexer.gaps.checks.view import View
from indexer.gaps.params import GapRule
from indexer.law.facts import Found, Point


def is_marked(point: Point, rule: GapRule) -> bool:
    """True where a value carries one of the rule's ``marks``."""
    return point.mark is not None and point.mark in rule.texts("marks")


def stated_stops(view: View) -> tuple[tuple[date, date, Found], ...]:
    """Spans in which the enterprise stated that it does not measure or produce, with the disclosure that says so."""
    found = []
    for item in view.found("monitoring"):
        start = _day(item.facts.get("stop_from"))
        if start is not None and item.facts.get("reason"):
            found.append((start, _day(item.facts.get("stop_to")) or view.as_of, item))
    return tuple(found)


def stopped_on(stops: tuple[tuple[date, date, Found], ...], start: date, end: date) -> bool:
    """True where a stated stop touches the span."""
    return any(first <= end and last >= start for first, last, _ in stops)


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None
