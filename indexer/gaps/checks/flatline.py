"""CON-07, CON-08: values that hardly move (数据长时间不变、波动过小). Leads only: a steady process may be the cause."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median, pstdev

from indexer.gaps.checks.excused import is_marked
from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.steps import HOURLY, amount, by_day, captures_of, is_manual, month_of, place, step
from indexer.gaps.checks.view import View
from indexer.gaps.params import GapRule
from indexer.law.facts import Point, Series

FLAT_PARAMS = (
    "median_share", "run_1h", "run_2h", "run_1d", "run_manual", "manual_decimals", "severe_days", "severity", "severe",
    "marks", "skip",
)  # fmt: skip
SPREAD_PARAMS = ("days", "share", "variation", "severity", "marks", "skip")


def run_flat(view: View, rule: GapRule) -> Iterator[Observation]:
    """CON-07: the longest run of each month within the last digit or half a per cent of the median."""
    for series in view.series:
        if series.pollutant not in rule.texts("skip") and series.medium in ("water", "air"):
            yield from _sessions(series, rule) if is_manual(series) else _slots(series, rule)


def _slots(series: Series, rule: GapRule) -> Iterator[Observation]:
    hours = step(series)
    if hours is None:
        return
    need = int(rule.number({1: "run_1h", 2: "run_2h", 24: "run_1d"}[hours]))
    longest: dict[str, list[Point]] = {}
    for stretch in stretches(series, hours, rule):
        if not _may_be_flat(stretch, need, rule.number("median_share")):
            continue
        for run in runs(stretch, rule.number("median_share")):
            month = month_of(run[0])
            if len(run) >= need and len(run) > len(longest.get(month, ())):
                longest[month] = run
    for month, run in longest.items():
        yield _flat(series, run, month, hours, rule)


def _may_be_flat(points: list[Point], need: int, share: float) -> bool:
    """False where no run can be long enough: steps beyond δ lie too close together. A few texts bound δ from above."""
    values = [point.value for point in points if point.value is not None]
    if len(values) < need:
        return False
    most = max(last_digit(points[:50]), share * median(values)) * (1 + 1e-9)
    steps = [n for n, (one, other) in enumerate(pairwise(values), 1) if abs(one - other) > most]
    return any(later - earlier >= need for earlier, later in pairwise([0, *steps, len(values)]))


def _flat(series: Series, run: list[Point], month: str, hours: int, rule: GapRule) -> Observation:
    values = [point.value for point in run if point.value is not None]
    lasted = len(run) * hours / 24
    what = {1: "小时值", 2: "两小时均值", 24: "日均值"}[hours]
    words = (
        f"{place(series)}自{run[0].time:%Y-%m-%d %H:%M}至{run[-1].time:%Y-%m-%d %H:%M}连续{len(run)}个{what}"
        f"在{min(values):g}～{amount(max(values), series.unit)}之间，"
        f"极差{max(values) - min(values):.3g}，持续{lasted:.1f}日"
    )
    level = "severe" if lasted >= rule.number("severe_days") else "severity"
    return Observation(
        rule.severity(level), "medium", words, max(point.first_seen for point in run), period=month,
        about=place(series), captures=captures_of(series, [run[0], run[-1]]),
    )  # fmt: skip


def stretches(series: Series, hours: int, rule: GapRule) -> Iterator[list[Point]]:
    """Values that follow each other without a gap, a mark, or a value at or below the detection limit."""
    run: list[Point] = []
    for point in series.points:
        if point.value is None or point.value <= (point.dl or 0.0) or is_marked(point, rule):
            if run:
                yield run
            run = []
            continue
        if run and point.time - run[-1].time > timedelta(hours=hours):
            yield run
            run = []
        run.append(point)
    if run:
        yield run


def runs(points: list[Point], share: float) -> Iterator[list[Point]]:
    """Maximal runs whose values lie within δ of each other: δ = the last digit printed, or a share of the median."""
    values = [point.value for point in points if point.value is not None]
    delta = max(last_digit(points), share * median(values)) * (1 + 1e-9)
    high: deque[int] = deque()
    low: deque[int] = deque()
    start = 0
    for place_ in range(len(values)):
        _push(high, values, place_, 1)
        _push(low, values, place_, -1)
        if values[high[0]] - values[low[0]] > delta:
            yield points[start:place_]
            while values[high[0]] - values[low[0]] > delta:
                start += 1
                for queue in (high, low):
                    if queue[0] < start:
                        queue.popleft()
    yield points[start:]


def _push(queue: deque[int], values: list[float], place_: int, sign: int) -> None:
    while queue and sign * values[queue[-1]] <= sign * values[place_]:
        queue.pop()
    queue.append(place_)


def last_digit(points: list[Point]) -> float:
    """The unit of the last decimal that any of the values prints: 0.01 for ``35.20``; nothing where no text is kept."""
    decimals = [decimals_of(point) for point in points]
    return 10.0 ** -max(decimals) if decimals else 0.0


def decimals_of(point: Point) -> int:
    """Decimals of a value as printed."""
    text = point.text or repr(point.value).removesuffix(".0")
    return len(text.partition(".")[2]) if "e" not in text else 0


def _sessions(series: Series, rule: GapRule) -> Iterator[Observation]:
    """Results of single sessions that are equal to the last of two or more decimals."""
    need, same = int(rule.number("run_manual")), list[Point]()
    for point in [*series.points, None]:
        fits = point is not None and point.value is not None and not is_marked(point, rule) and point.value > 0
        if fits and point is not None and same and _alike(point, same[-1]):
            same.append(point)
            continue
        if len(same) >= need and decimals_of(same[0]) >= rule.number("manual_decimals"):
            first, last = same[0], same[-1]
            words = (
                f"{place(series)}{first.time:%Y-%m-%d}至{last.time:%Y-%m-%d}连续{len(same)}次监测结果均为"
                f"{first.text or first.value} {series.unit or ''}".rstrip()
            )
            yield Observation(
                rule.severity(), "medium", words, max(one.first_seen for one in same), period=month_of(first),
                about=place(series), captures=captures_of(series, same),
            )  # fmt: skip
        same = [point] if fits and point is not None else []


def _alike(one: Point, other: Point) -> bool:
    """True for results printed alike to the last digit."""
    return one.value == other.value and decimals_of(one) == decimals_of(other)


def run_spread(view: View, rule: GapRule) -> Iterator[Observation]:
    """CON-08: over so many days the standard deviation is less than a per cent of the mean."""
    for series in view.series:
        hours = step(series)
        if hours in HOURLY and hours is not None and series.pollutant not in rule.texts("skip"):
            yield from _calm(series, hours, rule)


@dataclass(frozen=True)
class _Day:
    """The values of one day that count: how many, their sum, the sum of their squares, and the points."""

    day: date
    points: list[Point]
    count: int
    total: float
    squares: float


def _day(day: date, own: list[Point], rule: GapRule) -> _Day:
    points = [p for p in own if p.value is not None and p.value > (p.dl or 0.0) and not is_marked(p, rule)]
    values = [point.value for point in points if point.value is not None]
    return _Day(day, points, len(values), sum(values), sum(value * value for value in values))


def _calm(series: Series, hours: int, rule: GapRule) -> Iterator[Observation]:
    length, told = int(rule.number("days")), set[str]()
    needed, most = rule.number("share") * length * 24 / hours, rule.number("variation")
    days = [_day(day, own, rule) for day, own in by_day(series.points)]
    for index in range(len(days) - length + 1):
        window = days[index : index + length]
        month, count = f"{window[0].day:%Y-%m}", sum(one.count for one in window)
        if (window[-1].day - window[0].day).days != length - 1 or month in told or count < needed:
            continue
        mean = sum(one.total for one in window) / count
        # The quick sum rules most windows out; of the rest the deviation is reckoned without its rounding.
        if mean <= 0 or sum(one.squares for one in window) / count - mean * mean > (2 * most * mean) ** 2:
            continue
        points = [point for one in window for point in one.points]
        spread = pstdev([point.value for point in points if point.value is not None], mean) / mean
        if spread < most:
            told.add(month)
            words = (
                f"{place(series)}{window[0].day}至{window[-1].day}共{count}个值，均值{amount(mean, series.unit)}，"
                f"变异系数{spread:.2%}，低于{most:.0%}"
            )
            yield Observation(
                rule.severity(), "medium", words, max(point.first_seen for point in points), period=month,
                about=place(series), captures=captures_of(series, [points[0], points[-1]]),
            )  # fmt: skip
