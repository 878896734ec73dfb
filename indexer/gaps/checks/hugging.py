"""CON-10: values that keep just below the limit and never pass it (贴限)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from indexer.gaps.checks.excused import is_marked
from indexer.gaps.checks.limit import limits_of
from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.steps import amount, beyond, captures_of, place, step
from indexer.gaps.checks.terms import terms
from indexer.gaps.checks.view import View
from indexer.gaps.params import GapRule
from indexer.law.facts import Point, Series

PARAMS = ("days", "share", "from_share", "fewest_share", "severity", "marks", "skip")


def run(view: View, rule: GapRule) -> Iterator[Observation]:
    """One observation a month in which such a window of days ends, for series with slots."""
    rows = terms(view)
    for series in view.series:
        hours = step(series)
        if hours is None or series.pollutant in rule.texts("skip"):
            continue
        limits, near = limits_of(rows, series), list[tuple[Point, float, float]]()
        for point, limit in limits.each():
            high = limit.high if limit is not None else None
            if point.value is not None and high and not is_marked(point, rule):
                near.append((point, point.value, high))
        needed = rule.number("fewest_share") * rule.number("days") * 24 / hours
        # Most series are rarely near their limit: then no window can be.
        if sum(_close(value, high, rule) for _, value, high in near) >= rule.number("share") * needed:
            yield from _windows(series, near, hours, rule)


def _windows(
    series: Series, near: list[tuple[Point, float, float]], hours: int, rule: GapRule
) -> Iterator[Observation]:
    length, told, start, close, above = timedelta(days=int(rule.number("days"))), set[str](), 0, 0, 0
    needed = rule.number("fewest_share") * rule.number("days") * 24 / hours
    for end, (point, value, high) in enumerate(near):
        close += _close(value, high, rule)
        above += value > high
        while point.time - near[start][0].time >= length:
            close -= _close(near[start][1], near[start][2], rule)
            above -= near[start][1] > near[start][2]
            start += 1
        count, month = end - start + 1, f"{point.time:%Y-%m}"
        # So many values that fewer than the whole window of days are no window.
        whole = point.time - near[start][0].time >= length - timedelta(hours=hours)
        if (
            whole
            and not above
            and count >= needed
            and not beyond(rule.number("share") * count, close)
            and month not in told
        ):
            told.add(month)
            some = [one[0] for one in near[start : end + 1]]
            words = (
                f"{place(series)}{some[0].time:%Y-%m-%d}至{some[-1].time:%Y-%m-%d}共{count}个值，其中{close}个"
                f"（{close / count:.0%}）在限值{amount(high, series.unit)}的"
                f"{rule.number('from_share'):.0%}至100%之间，无一超出"
            )
            yield Observation(
                rule.severity(), "medium", words, max(one.first_seen for one in some), period=month,
                about=place(series), captures=captures_of(series, [some[0], some[-1]]),
            )  # fmt: skip


def _close(value: float, high: float, rule: GapRule) -> bool:
    return not beyond(rule.number("from_share") * high, value) and value <= high
