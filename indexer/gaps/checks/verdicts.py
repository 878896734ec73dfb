"""CON-01, CON-02: a verdict or stated times over the limit that the value itself contradicts (达标判定与数值矛盾)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from indexer.gaps.checks.excused import is_marked
from indexer.gaps.checks.limit import Limit, Limits, limits_of
from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.steps import amount, beyond, captures_of, month_of, place, slot_words
from indexer.gaps.checks.terms import terms
from indexer.gaps.checks.view import View
from indexer.gaps.params import GapRule
from indexer.law.facts import Point, Series

OVER_PARAMS = ("slack", "severity", "marks")
WITHIN_PARAMS = ("tolerance", "severity", "marks")
_Case = tuple[Point, str]
"""A value and what is wrong with it, in words."""


def run_over(view: View, rule: GapRule) -> Iterator[Observation]:
    """CON-01: over the limit, said to be within it; not where the standard asks for another averaging."""
    rows = terms(view)
    for series in view.series:
        limits = limits_of(rows, series)
        if limits.comparable:
            yield from _told(series, list(_over(series, limits, rule)), rule)


def _over(series: Series, limits: Limits, rule: GapRule) -> Iterator[_Case]:
    for point, limit in limits.each():
        if point.value is None or point.verdict != "ok" or is_marked(point, rule) or not _against(series, point):
            continue
        if limit is not None and limit.over(point.value, rule.number("slack")):
            yield point, f"{_compared(series, point.value, limit)}，而标注为达标"


def _against(series: Series, point: Point) -> bool:
    """A gas value that was not converted says nothing against a limit at reference oxygen."""
    return series.medium != "air" or point.converted


def _compared(series: Series, value: float, limit: Limit) -> str:
    if limit.high is not None and value > limit.high:
        times = f"，超出{value / limit.high - 1:.2f}倍" if limit.high > 0 and series.pollutant != "pH" else ""
        return f"{amount(value, series.unit)}，{limit.whence}{amount(limit.high, series.unit)}{times}"
    return f"{amount(value, series.unit)}，{limit.whence}下限{amount(limit.low or 0.0, series.unit)}，低于下限"


def run_within(view: View, rule: GapRule) -> Iterator[Observation]:
    """CON-02: within every known limit, said to be over it; or times over the limit that the value does not give."""
    rows = terms(view)
    for series in view.series:
        limits = limits_of(rows, series)
        yield from _told(series, list(_within(series, limits, rule)), rule)


def _within(series: Series, limits: Limits, rule: GapRule) -> Iterator[_Case]:
    for point in series.points:
        if point.value is None or (point.verdict != "over" and point.times is None):
            continue
        printed = limits.printed(point.time)
        if is_marked(point, rule) or not _against(series, point) or printed is None:
            continue
        known = (printed, limits.permitted(point.time.date()))
        if point.verdict == "over" and limits.comparable and not any(one and one.over(point.value) for one in known):
            bound = amount(printed.high, series.unit) if printed.high is not None else f"下限{printed.low:g}"
            yield point, f"{amount(point.value, series.unit)}，限值{bound}，未超出，而标注为超标"
        elif (words := _wrong_times(point, known, rule)) is not None:
            yield point, f"{amount(point.value, series.unit)}，{words}"


def _wrong_times(point: Point, known: tuple[Limit | None, ...], rule: GapRule) -> str | None:
    """What the stated times should be, where they fit no limit that is known."""
    highs = [one.high for one in known if one is not None and one.high is not None and one.high > 0]
    if point.times is None or point.value is None or not highs:
        return None
    # One that is not over has no times: sites print nothing, zero, or the share below the limit.
    right = {high: max(point.value / high - 1, 0.0) for high in highs}
    stated = max(point.times, 0.0)
    if not all(beyond(abs(stated - times), rule.number("tolerance")) for times in right.values()):
        return None
    high, times = min(right.items(), key=lambda pair: abs(pair[1] - stated))
    return f"限值{high:g}，应为超标{times:.2f}倍，而载为{point.times:g}倍"


def _told(series: Series, cases: list[_Case], rule: GapRule) -> Iterator[Observation]:
    """One observation a month: the worst value in words, the number of the others."""
    for month, some in groupby(cases, key=lambda case: month_of(case[0])):
        own = list(some)
        point, words = max(own, key=lambda case: (case[0].value or 0.0, case[0].time))
        more = f"；当月同类共{len(own)}个值" if len(own) > 1 else ""
        yield Observation(
            rule.severity(), "high", f"{place(series)}{slot_words(series, point)}{words}{more}",
            min(case[0].first_seen for case in own), period=month, about=f"{place(series)}|{point.time}",
            captures=captures_of(series, [point, *(case[0] for case in own)]),
        )  # fmt: skip
