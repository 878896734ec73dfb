"""CON-13: what cannot be (不合常理): a part greater than its whole, counts that do not add up, too many days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from indexer.gaps.checks.excused import is_marked
from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.steps import amount, beyond, by_day, captures_of, is_manual, month_of, place, slot_words
from indexer.gaps.checks.terms import in_unit, number, outlets
from indexer.gaps.checks.view import View
from indexer.gaps.params import GapRule
from indexer.law.facts import Found, Point, Series

PARAMS = ("slack", "most_days", "severity", "marks", "pairs", "kinds")


def run(view: View, rule: GapRule) -> Iterator[Observation]:
    """Parts against wholes at the same outlet and time; counts and days of reports."""
    yield from _values(view, rule)
    for item in view.found(*rule.texts("kinds")):
        yield from _counts(item, rule)


def _values(view: View, rule: GapRule) -> Iterator[Observation]:
    for pair in rule.texts("pairs"):
        part, whole = pair.split("≤")
        for small in view.series:
            if small.pollutant == part:
                for big in view.series:
                    if big.pollutant == whole and _together(small, big):
                        yield from _compared(small, big, rule)


def _together(one: Series, other: Series) -> bool:
    return one.source == other.source and one.averaging == other.averaging and bool(outlets(one) & outlets(other))


def _single_days(series: Series) -> dict[date, Point]:
    """The one result of each day of single sessions that has no more: samples of a day may state different hours."""
    if not is_manual(series):
        return {}
    return {day: points[0] for day, points in by_day(series.points) if len(points) == 1}


def _compared(small: Series, big: Series, rule: GapRule) -> Iterator[Observation]:
    whole, of_day = {point.time: point for point in big.points}, _single_days(big)
    wrong: list[tuple[Point, Point, float]] = []
    for point in small.points:
        other = whole.get(point.time) or of_day.get(point.time.date())
        value = in_unit(point.value, small.unit, big.unit)
        if other is None or value is None or is_marked(point, rule) or is_marked(other, rule):
            continue
        # A whole below its detection limit is at most that limit.
        most = other.value if other.value is not None else other.dl
        if most is not None and beyond(value, most * (1 + rule.number("slack"))):
            wrong.append((point, other, most))
    for month, some in groupby(wrong, key=lambda case: month_of(case[0])):
        own = list(some)
        point, other, most = own[0]
        more = f"；当月同类共{len(own)}个值" if len(own) > 1 else ""
        words = (
            f"{place(small)}{slot_words(small, point)}{amount(point.value or 0.0, small.unit)}，"
            f"大于同时的{big.pollutant}{amount(most, big.unit)}{more}"
        )
        yield Observation(
            rule.severity(), "high", words, min(max(a.first_seen, b.first_seen) for a, b, _ in own), period=month,
            about=f"{place(small)}|{point.time}",
            captures=(*captures_of(small, [point]), *captures_of(big, [other])),
        )  # fmt: skip


def _counts(item: Found, rule: GapRule) -> Iterator[Observation]:
    facts = item.facts
    total, right, over = (number(facts.get(key)) for key in ("n", "n_ok", "n_over"))
    watched, produced = number(facts.get("mon_days")), number(facts.get("prod_days"))
    where = "、".join(filter(None, (item.outlet, *item.pollutants)))
    if total is not None and right is not None and over is not None and right + over != total:
        yield _said(
            item, rule, f"{where}达标{right:g}次与超标{over:g}次之和{right + over:g}次，不等于监测{total:g}次", "n"
        )
    if watched is not None and produced is not None and watched > produced:
        yield _said(item, rule, f"{where}监测天数{watched:g}日，多于生产天数{produced:g}日", "days")
    for name, days in (("监测天数", watched), ("生产天数", produced)):
        if days is not None and days > rule.number("most_days"):
            yield _said(item, rule, f"{where}{name}{days:g}日，一年不超过{rule.number('most_days'):g}日", name)


def _said(item: Found, rule: GapRule, words: str, about: str) -> Observation:
    shown: Any = item.captures
    return Observation(
        rule.severity(), "high", f"{item.period or ''}报告载{words}", item.first_seen, period=item.period,
        about=f"{item.id}|{about}", captures=shown, found=(item.id,),
    )  # fmt: skip
