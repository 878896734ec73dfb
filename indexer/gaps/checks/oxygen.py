"""CON-06: converted values that the measured one and the oxygen content do not give (折算不符).

C_ref = C · (21 − O2_ref) / (21 − O2). Where standard and kind of plant leave several reference oxygen contents open,
only a value that fits none of them is a lead.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from indexer.gaps.checks.excused import is_marked
from indexer.gaps.checks.limit import limits_of
from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.steps import beyond, captures_of, month_of, place, slot_words
from indexer.gaps.checks.terms import Term, same_outlet, terms
from indexer.gaps.checks.view import View
from indexer.gaps.params import GapRule
from indexer.law import limits as law
from indexer.law.facts import Point, Series

PARAMS = ("within", "most_oxygen", "severity", "marks", "oxygen", "industries")
_AIR = 21.0


def run(view: View, rule: GapRule) -> Iterator[Observation]:
    """One observation a month and series, on the value that is farthest off."""
    rows = terms(view)
    for series in view.series:
        if any(point.measured is not None for point in series.points):
            yield from _told(series, list(_wrong(view, series, rows, rule)), rule)


def _references(view: View, series: Series, rows: tuple[Term, ...], rule: GapRule) -> tuple[float, ...]:
    told = law.reference_oxygen(limits_of(rows, series).standard or "")
    if told:
        return told
    for row in rule.texts("industries"):
        word, percents = row.split("=")
        if word in (view.subject.industry or ""):
            return tuple(float(percent) for percent in percents.split("/"))
    return law.all_reference_oxygen()


def _wrong(
    view: View, series: Series, rows: tuple[Term, ...], rule: GapRule
) -> Iterator[tuple[Point, float, float, float]]:
    """(value, its oxygen content, the nearest reference, what the conversion by it gives)."""
    references, content = _references(view, series, rows, rule), _oxygen(view, series, rule)
    for point in series.points:
        oxygen = point.oxygen if point.oxygen is not None else content.get(point.time)
        if point.measured is None or point.value is None or oxygen is None or is_marked(point, rule):
            continue
        if not 0 <= oxygen <= rule.number("most_oxygen") or point.measured <= 0:
            continue
        given = {ref: point.measured * (_AIR - ref) / (_AIR - oxygen) for ref in references}
        nearest = min(given, key=lambda ref: abs(given[ref] - point.value) if point.value is not None else 0.0)
        if beyond(abs(given[nearest] - point.value), rule.number("within") * given[nearest]):
            yield point, oxygen, nearest, given[nearest]


def _oxygen(view: View, series: Series, rule: GapRule) -> dict[datetime, float]:
    """Oxygen content by slot, from a series of its own at the same outlet."""
    return {
        point.time: point.value
        for other in view.series
        if other.pollutant in rule.texts("oxygen") and other.source == series.source and same_outlet(other, series)
        for point in other.points
        if point.value is not None
    }


def _told(series: Series, wrong: list[tuple[Point, float, float, float]], rule: GapRule) -> Iterator[Observation]:
    for month, some in groupby(wrong, key=lambda case: month_of(case[0])):
        own = list(some)
        point, oxygen, reference, given = own[0]
        unit = series.unit or ""
        more = f"；当月同类共{len(own)}个值" if len(own) > 1 else ""
        words = (
            f"{place(series)}{slot_words(series, point)}实测{point.measured:g} {unit}，氧含量{oxygen:g}%，按基准氧含量"
            f"{reference:g}%折算应为{given:.4g} {unit}，而所载折算值为{point.value:g} {unit}{more}"
        )
        yield Observation(
            rule.severity(), "medium", words, min(case[0].first_seen for case in own), period=month,
            about=f"{place(series)}|{point.time}", captures=captures_of(series, [case[0] for case in own]),
        )  # fmt: skip
