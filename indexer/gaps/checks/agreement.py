"""CON-20: automatic and manual results of one day that differ by much of the limit (自动与手工监测不一致)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from statistics import fmean

from indexer.gaps.checks.excused import is_marked
from indexer.gaps.checks.limit import limits_of
from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.steps import amount, beyond, by_day, captures_of, is_manual, place
from indexer.gaps.checks.terms import in_unit, outlets, terms
from indexer.gaps.checks.view import View
from indexer.gaps.params import GapRule
from indexer.law.facts import Point, Series

PARAMS = ("share", "severity", "marks", "fewest_share", "skip")


def run(view: View, rule: GapRule) -> Iterator[Observation]:
    """One observation a day on which both were measured at one outlet."""
    rows = terms(view)
    for manual in view.series:
        if not is_manual(manual) or manual.pollutant in rule.texts("skip"):
            continue
        limits = limits_of(rows, manual)
        for auto in view.series:
            if is_manual(auto) or auto.pollutant != manual.pollutant or not outlets(auto) & outlets(manual):
                continue
            means = _means(auto, rule)
            for point in manual.points:
                limit, mean = limits.at(point.time), means.get(point.time.date())
                own = in_unit(mean[0] if mean else None, auto.unit, manual.unit)
                if mean is None or own is None or point.value is None or limit is None or not limit.high:
                    continue
                if is_marked(point, rule) or (manual.medium == "air" and not point.converted):
                    continue
                if beyond(abs(own - point.value), rule.number("share") * limit.high):
                    yield _differ(manual, point, auto, own, mean[1], limit.high, rule)


def _means(series: Series, rule: GapRule) -> dict[date, tuple[float, list[Point]]]:
    """Mean of a day's unmarked values, of days that have enough of them."""
    found = {}
    most = max((len(points) for _, points in by_day(series.points)), default=0)
    for day, points in by_day(series.points):
        good = [one for one in points if one.value is not None and not is_marked(one, rule) and one.converted]
        if good and len(good) >= rule.number("fewest_share") * most:
            found[day] = fmean(one.value for one in good if one.value is not None), good
    return found


def _differ(
    manual: Series, point: Point, auto: Series, mean: float, points: list[Point], limit: float, rule: GapRule
) -> Observation:
    apart = abs(mean - (point.value or 0.0))
    words = (
        f"{place(manual)}{point.time:%Y-%m-%d}手工监测{amount(point.value or 0.0, manual.unit)}，当日自动监测均值"
        f"{amount(mean, manual.unit)}，相差{apart:.4g}，为限值{limit:g}的{apart / limit:.0%}"
    )
    return Observation(
        rule.severity(), "medium", words, max(point.first_seen, *(one.first_seen for one in points)),
        period=f"{point.time:%Y-%m}", about=f"{place(manual)}|{point.time}",
        captures=(*captures_of(manual, [point]), *captures_of(auto, points[:1])),
    )  # fmt: skip
