"""LAT-03, LAT-05: values that came late (迟公开): slots after their grace, and a quarter's manual results in one lump.

Visits are known to the day, so lateness is proven only by a good look on a later day than the grace that did not show
the value; a gap between our own looks proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import groupby

from indexer.gaps.checks.excused import is_marked
from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.steps import (
    HOURLY,
    beyond,
    by_day,
    captures_of,
    is_manual,
    place,
    published,
    quarter_of,
    slot_words,
    step,
)
from indexer.gaps.checks.view import View
from indexer.gaps.checks.watch import Watch, watch
from indexer.gaps.params import GapRule
from indexer.law.facts import Look, Point, Series

SLOT_PARAMS = ("grace", "grace_water", "grace_air", "share", "days", "severity", "severe", "marks")
LUMP_PARAMS = ("share", "fewest", "span_days", "grace_days", "severity")


def run_slots(view: View, rule: GapRule) -> Iterator[Observation]:
    """LAT-03: one observation a series and month; severe where a week has more than a share of late slots."""
    for series in view.series:
        hours = step(series)
        if hours in HOURLY and hours is not None:
            looks, wait = watch(view, series.source, True), timedelta(hours=hours + _grace(view, series, rule))
            late = [case for point in series.points if (case := _late(point, wait, looks, rule))]
            for month, some in groupby(late, key=lambda case: f"{case[0].time:%Y-%m}"):
                yield _told(series, month, list(some), hours, rule)


def _grace(view: View, series: Series, rule: GapRule) -> int:
    """Hours of grace: of the region where its own text has one, else by medium."""
    for row in rule.texts("grace"):
        region, water, air = row.split()
        if region in view.subject.region_path:
            return int(water if series.medium == "water" else air)
    return int(rule.number("grace_water" if series.medium == "water" else "grace_air"))


def _late(point: Point, wait: timedelta, looks: Watch, rule: GapRule) -> tuple[Point, datetime, Look] | None:
    """(value, when it was due, the last good look after that which did not show it)."""
    due = point.time + wait
    day = due.date()
    # On the day after the one it was due, the first look that may have shown it did.
    if (published(point) - day).days <= 1 or not point.says or is_marked(point, rule):
        return None
    look = looks.last_before(point.time.date(), day, published(point))
    return (point, due, look) if look is not None else None


def _told(
    series: Series, month: str, late: list[tuple[Point, datetime, Look]], hours: int, rule: GapRule
) -> Observation:
    point, due, look = late[0]
    worst = _most_in_a_week(series, [case[0] for case in late], int(rule.number("days")))
    severe = beyond(worst, rule.number("share"))
    apart = int((datetime.combine(look.day, datetime.min.time()) - due).total_seconds() // 3600)
    more = f"；当月共{len(late)}个时段，{int(rule.number('days'))}日内最多占{worst:.0%}" if len(late) > 1 else ""
    words = (
        f"{place(series)}{slot_words(series, point)}应于{due:%Y-%m-%d %H:%M}前公开，{look.day}的有效查看未见，"
        f"首次见于{published(point)}（查看记录精确到日），至少迟{max(apart, 0)}小时{more}"
    )
    return Observation(
        rule.severity("severe" if severe else "severity"), "high", words, min(published(case[0]) for case in late),
        period=month, about=place(series), captures=captures_of(series, [case[0] for case in late]),
        visits=tuple(dict.fromkeys(case[2].visit for case in late))[:5],
    )  # fmt: skip


def _most_in_a_week(series: Series, late: list[Point], days: int) -> float:
    """The greatest share of late slots among the published ones of so many days that follow each other."""
    bad = {point.time for point in late}
    counts = [(day, len(points), sum(point.time in bad for point in points)) for day, points in by_day(series.points)]
    most = 0.0
    for index, (first, _, _) in enumerate(counts):
        window = [row for row in counts[index : index + days] if (row[0] - first).days < days]
        every = sum(row[1] for row in window)
        if len(window) == days and every:
            most = max(most, sum(row[2] for row in window) / every)
    return most


def run_lump(view: View, rule: GapRule) -> Iterator[Observation]:
    """LAT-05: most of a quarter's manual results were first there on one day, though looked for before."""
    results: dict[tuple[str, str], list[tuple[Series, Point]]] = {}
    for series in view.series:
        if is_manual(series):
            for point in series.points:
                if point.says:
                    results.setdefault((series.source, quarter_of(point.time.date())), []).append((series, point))
    for (source, quarter), rows in sorted(results.items()):
        looks, by_first = watch(view, source, False), dict[date, list[tuple[Series, Point]]]()
        for row in rows:
            by_first.setdefault(published(row[1]), []).append(row)
        for day, lump in sorted(by_first.items()):
            yield from _lump(quarter, day, _proven(lump, looks, rule), len(rows), rule)


def _proven(lump: list[tuple[Series, Point]], looks: Watch, rule: GapRule) -> list[tuple[Series, Point, Look]]:
    """Those that a good look some days after the session, and before the lump, did not show."""
    found = []
    for series, point in lump:
        at = point.time.date()
        look = looks.last_before(at, at + timedelta(days=int(rule.number("grace_days"))), published(point))
        if look is not None:
            found.append((series, point, look))
    return found


def _lump(
    quarter: str, day: date, proven: list[tuple[Series, Point, Look]], every: int, rule: GapRule
) -> Iterator[Observation]:
    sessions = sorted({point.time.date() for _, point, _ in proven})
    if len(proven) < rule.number("fewest") or len(proven) <= rule.number("share") * every:
        return
    if (sessions[-1] - sessions[0]).days < rule.number("span_days"):
        return
    words = (
        f"{quarter}的手工监测结果{every}个，其中{len(proven)}个（{len(proven) / every:.0%}）首次见于{day}一日，"
        f"其监测日为{sessions[0]}至{sessions[-1]}，"
        f"此前的有效查看（最后为{max(look.day for _, _, look in proven)}）均未见"
    )
    yield Observation(
        rule.severity(), "medium", words, day, period=quarter, about=str(day),
        captures=tuple(capture for series, point, _ in proven[:5] for capture in captures_of(series, [point])),
        visits=tuple(dict.fromkeys(look.visit for _, _, look in proven))[:5],
    )  # fmt: skip
