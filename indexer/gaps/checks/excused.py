"""Times for which no value is owed or compared: lawful marks (标记), and stops that were stated (停产说明)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from indexer.gaps.checks.terms import fold, outlets
from indexer.gaps.checks.view import View
from indexer.gaps.params import GapRule
from indexer.law.facts import Point


def is_marked(point: Point, rule: GapRule) -> bool:
    """True where a value carries one of the rule's ``marks``."""
    return point.mark is not None and point.mark in rule.texts("marks")


@dataclass(frozen=True)
class Stop:
    """A span in which the enterprise says that it does not produce or measure; ``outlet`` where it names one of its."""

    start: date
    end: date
    outlet: str | None


def stated_stops(view: View) -> tuple[Stop, ...]:
    """What it states under reasons for not monitoring (未开展自行监测的原因); 全厂 names no outlet."""
    known = {name for series in view.series for name in outlets(series)}
    found = []
    for item in view.found("monitoring"):
        start = _day(item.facts.get("stop_from"))
        if start is not None and item.facts.get("reason"):
            named = fold(item.outlet) if item.outlet else None
            end = _day(item.facts.get("stop_to")) or view.as_of
            found.append(Stop(start, end, named if named in known else None))
    return tuple(found)


def stopped_on(stops: tuple[Stop, ...], start: date, end: date, at: frozenset[str] = frozenset()) -> bool:
    """True where a stated stop of the enterprise, or of the outlet of these names, touches the span."""
    return any(
        stop.start <= end and stop.end >= start and (stop.outlet is None or not at or stop.outlet in at)
        for stop in stops
    )


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None
