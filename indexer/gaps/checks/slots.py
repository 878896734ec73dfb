"""MIS-03: slots of automatic monitoring without a value (自动监测缺数), where we looked for them and found others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from indexer.gaps.checks.excused import is_marked, stated_stops, stopped_on
from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.steps import HOURLY, by_day, captures_of, place, step
from indexer.gaps.checks.terms import outlets
from indexer.gaps.checks.view import View
from indexer.gaps.checks.watch import watch
from indexer.gaps.params import GapRule
from indexer.law.facts import Look, Point, Series

PARAMS = (
    "day_share", "empty_days", "within_days", "grace_hours_air", "grace_hours_water", "severity", "severe", "marks",
)  # fmt: skip


@dataclass(frozen=True)
class Day:
    """One day of a series: slots owed (without marked ones), published, proven lacking; and the look that proves."""

    day: date
    owed: int
    published: int
    lacking: int
    look: Look
    points: tuple[Point, ...]


def run(view: View, rule: GapRule) -> Iterator[Observation]:
    """One observation a day that lacks too much; one more a stretch of days wholly empty."""
    for series in view.series:
        hours = step(series)
        if hours in HOURLY and hours is not None:
            days = list(judged(view, series, hours, rule))
            yield from _partly(series, days, rule)
            yield from _empty(series, days, rule)


def judged(view: View, series: Series, hours: int, rule: GapRule) -> Iterator[Day]:
    """The days after that of the first value whose slots were looked for afterwards."""
    known, looks, stops = dict(by_day(series.points)), watch(view, series.source, True), stated_stops(view)
    grace = int(rule.number("grace_hours_water" if series.medium == "water" else "grace_hours_air"))
    day = min(known) + timedelta(days=1)
    while day < view.as_of:
        look = looks.first_after(day, day + timedelta(days=1)) or looks.first_after(day, day)
        if look is not None and not stopped_on(stops, day, day, outlets(series)) and not _within_mark(known, day, rule):
            yield _counted(day, look, tuple(known.get(day, ())), hours, grace, rule)
        day += timedelta(days=1)


def _counted(day: date, look: Look, points: tuple[Point, ...], hours: int, grace: int, rule: GapRule) -> Day:
    marked = {point.time.hour // hours for point in points if is_marked(point, rule)}
    published = {point.time.hour // hours for point in points if point.says} - marked
    # A look is known to the day: on the next one it may have come before the grace of the last slots had ended.
    late = look.day > day + timedelta(days=1)
    due = {slot for slot in range(24 // hours) if late or (slot + 1) * hours + grace <= 24}
    return Day(day, 24 // hours - len(marked), len(published), len(due - marked - published), look, points)


def _within_mark(known: dict[date, list[Point]], day: date, rule: GapRule) -> bool:
    """True for an empty day between days that end and begin with a lawful mark: the stop went on."""
    if day in known:
        return False
    before = max((other for other in known if other < day), default=None)
    return before is not None and is_marked(known[before][-1], rule)


def _partly(series: Series, days: list[Day], rule: GapRule) -> Iterator[Observation]:
    for one in days:
        if one.owed and one.lacking > rule.number("day_share") * one.owed:
            words = (
                f"{place(series)}{one.day}应公开{one.owed}个时段，见{one.published}个，"
                f"缺{one.lacking}个（{one.lacking / one.owed:.0%}），{one.look.day}的有效查看仍未见"
            )
            yield Observation(
                rule.severity(), "high", words, one.look.day, period=f"{one.day:%Y-%m}",
                about=f"{place(series)}|{one.day}", captures=captures_of(series, one.points), visits=(one.look.visit,),
            )  # fmt: skip


def _empty(series: Series, days: list[Day], rule: GapRule) -> Iterator[Observation]:
    """The first stretch of each month in which so many days of seven are wholly empty."""
    most, least, told = int(rule.number("within_days")), int(rule.number("empty_days")), set[str]()
    empty = [one for one in days if one.owed and not one.published]
    for index in range(len(empty) - least + 1):
        some = empty[index : index + least]
        month = f"{some[0].day:%Y-%m}"
        if (some[-1].day - some[0].day).days < most and month not in told:
            told.add(month)
            days_words = "、".join(str(one.day) for one in some)
            words = f"{place(series)}{most}日内有{least}日全天无数据（{days_words}），其后的有效查看均未见"
            yield Observation(
                rule.severity("severe"), "high", words, max(one.look.day for one in some), period=month,
                about=f"{place(series)}|{some[0].day}",
                visits=tuple(dict.fromkeys(one.look.visit for one in some)),
            )  # fmt: skip
