"""CON-11: a value a thousand times its neighbours, or a thousandth of them (疑似单位错误)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from statistics import median

from indexer.gaps.checks.excused import is_marked
from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.steps import amount, captures_of, month_of, place, slot_words
from indexer.gaps.checks.view import View
from indexer.gaps.params import GapRule
from indexer.law.facts import Point, Series

PARAMS = ("neighbours", "fewest", "factor", "within", "severity", "marks", "skip")


_FAR = 30


def run(view: View, rule: GapRule) -> Iterator[Observation]:
    """One observation a month with such values; a series that is all in the wrong unit has no neighbours to tell."""
    for series in view.series:
        if series.pollutant not in rule.texts("skip"):
            for month, some in groupby(_slips(series, rule), key=lambda slip: month_of(slip[0])):
                own = list(some)
                point, middle = own[0]
                ratio = (point.value or 0.0) / middle
                more = f"；当月同类共{len(own)}个值" if len(own) > 1 else ""
                words = (
                    f"{place(series)}{slot_words(series, point)}{amount(point.value or 0.0, series.unit)}，"
                    f"为前后各值中位数{amount(middle, series.unit)}的{ratio:.4g}倍，疑为单位错误{more}"
                )
                yield Observation(
                    rule.severity(), "medium", words, min(one.first_seen for one, _ in own), period=month,
                    about=f"{place(series)}|{point.time}", captures=captures_of(series, [one for one, _ in own]),
                )  # fmt: skip


def _slips(series: Series, rule: GapRule) -> Iterator[tuple[Point, float]]:
    """(value, median of its neighbours on both sides) where their ratio is about a thousand or a thousandth."""
    points = [one for one in series.points if one.value is not None and one.value > 0 and not is_marked(one, rule)]
    values = [one.value for one in points if one.value is not None]
    reach, factor, within = int(rule.number("neighbours")), rule.number("factor"), rule.number("within")
    usual = median(values) if values else 0.0
    for position, value in enumerate(values):
        # Nearly all are near those beside them and near the usual value; the median around each would be dear.
        near = (usual, values[max(position - 1, 0)], values[min(position + 1, len(values) - 1)])
        if all(1 / _FAR < value / other < _FAR for other in near):
            continue
        around = values[max(0, position - reach) : position] + values[position + 1 : position + 1 + reach]
        if len(around) < rule.number("fewest"):
            continue
        middle = median(around)
        if any(abs(value / (middle * wrong) - 1) <= within for wrong in (factor, 1 / factor)):
            yield points[position], middle
