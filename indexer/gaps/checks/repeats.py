"""CON-09: a day whose values repeat another day's, another outlet's or another enterprise's (整日数据雷同)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from indexer.gaps.checks.dayprint import DISTINCT, of_day, vector_of
from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.steps import HOURLY, by_day, captures_of, place, step
from indexer.gaps.checks.terms import same_outlet
from indexer.gaps.checks.view import View
from indexer.gaps.params import GapRule
from indexer.law.facts import Point, Series

PARAMS = ("equal", "severity", "skip")


@dataclass(frozen=True)
class Day:
    """One day of one series with enough different values to be told from others."""

    series: Series
    day: date
    vector: dict[int, float]
    points: list[Point]
    hours: int


def run(view: View, rule: GapRule) -> Iterator[Observation]:
    """One observation a day that repeats an earlier one, and one a day that another enterprise disclosed as well."""
    for days in _groups(view, rule).values():
        yield from _own(days, rule)
        for one in days:
            yield from _others(view, one, rule)


def _groups(view: View, rule: GapRule) -> dict[tuple[str, str, int], list[Day]]:
    """Days by source, pollutant and step: another source may show the same outlet once more."""
    groups: dict[tuple[str, str, int], list[Day]] = {}
    for series in view.series:
        hours = step(series)
        if hours not in HOURLY or hours is None or series.pollutant in rule.texts("skip"):
            continue
        for day, points in by_day(series.points):
            vector = vector_of(hours, points)
            if len(set(vector.values())) >= DISTINCT // hours and len(vector) * hours >= rule.number("equal"):
                groups.setdefault((series.source, series.pollutant, hours), []).append(
                    Day(series, day, vector, points, hours)
                )
    return {key: sorted(days, key=lambda one: (one.day, place(one.series))) for key, days in groups.items()}


def _own(days: list[Day], rule: GapRule) -> Iterator[Observation]:
    """Compares by counting, for each day, the slots in which an earlier one has the very same value."""
    where: dict[tuple[int, float], list[int]] = {}
    for number, one in enumerate(days):
        shared = Counter(earlier for slot in one.vector.items() for earlier in where.get(slot, ()))
        same = [earlier for earlier, count in shared.items() if count * one.hours >= rule.number("equal")]
        found = next((days[earlier] for earlier in sorted(same) if _another(days[earlier], one)), None)
        if found is not None:
            count = len(set(one.vector.items()) & set(found.vector.items()))
            yield _repeat(one, found, count, rule)
        for slot in one.vector.items():
            where.setdefault(slot, []).append(number)


def _another(earlier: Day, one: Day) -> bool:
    """False for the same outlet on the same day, told twice under another unit or averaging."""
    return earlier.day != one.day or not same_outlet(earlier.series, one.series)


def _repeat(one: Day, earlier: Day, count: int, rule: GapRule) -> Observation:
    of_other = "" if same_outlet(one.series, earlier.series) else f"{place(earlier.series)}的"
    words = f"{place(one.series)}{one.day}的{len(one.vector)}个值中有{count}个与{of_other}{earlier.day}同时段的值相同"
    return Observation(
        rule.severity(), "medium", words, max(p.first_seen for p in (*one.points, *earlier.points)),
        period=f"{one.day:%Y-%m}", about=f"{place(one.series)}|{one.day}",
        captures=(*captures_of(one.series, one.points[:1]), *captures_of(earlier.series, earlier.points[:1])),
    )  # fmt: skip


def _others(view: View, one: Day, rule: GapRule) -> Iterator[Observation]:
    print_ = of_day(one.series, one.hours, one.points)
    firms = view.shared.days.get(print_, ()) if print_ else ()
    if firms:
        named = "、".join(sorted(firms)[:3])
        more = f"等{len(firms)}家" if len(firms) > 3 else ""
        words = f"{place(one.series)}{one.day}的{len(one.vector)}个值与{named}{more}某日公开的全部相同"
        yield Observation(
            rule.severity(), "medium", words, max(p.first_seen for p in one.points), period=f"{one.day:%Y-%m}",
            about=f"{place(one.series)}|{one.day}|他", captures=captures_of(one.series, one.points[:1]),
        )  # fmt: skip
