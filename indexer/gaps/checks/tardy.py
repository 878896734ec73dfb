"""LAT-03, LAT-05: values that came late (迟公开): slots after their grace, and a quarter's manual results in one lump.

Lateness is proven by a good look on a later day than the grace that did not show the value (visits are known to the
day; a gap between our own looks proves nothing), or said by the site's own time of publication, which nothing seen
contradicts.
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
from indexer.law.periods import bounds

_Late = tuple[Point, datetime, Look | None]
"""A value, when it was due, and the last good look after that which did not show it: None where the site says so."""
SLOT_PARAMS = ("grace", "grace_water", "grace_air", "share", "days", "severity", "severe", "marks")
_Result = tuple[Series, Point, Look | None]
LUMP_PARAMS = ("share", "fewest", "span_days", "grace_days", "severity")


def run_slots(view: View, rule: GapRule) -> Iterator[Observation]:
    """LAT-03: one observation a series and month; severe where a week has more than a share of late slots."""
    for series in view.series:
        hours = step(series)
        if hours in HOURLY and hours is not None:
            looks, wait = watch(view, series.source, True), timedelta(hours=hours + _grace(view, series, rule))
            late = [case for point in series.points if (case := _late(point, wait, looks, rule))]
            for month, some in groupby(late, key=lambda case: f"{case[0].time:%Y-%m}"):
                yield _told(series, month, list(some), rule)


def _grace(view: View, series: Series, rule: GapRule) -> int:
    """Hours of grace: of the region where its own text has one, else by medium."""
    for row in rule.texts("grace"):
        region, water, air = row.split()
        if region in view.subject.region_path:
            return int(water if series.medium == "water" else air)
    return int(rule.number("grace_water" if series.medium == "water" else "grace_air"))


def _late(point: Point, wait: timedelta, looks: Watch, rule: GapRule) -> _Late | None:
    due = point.time + wait
    day = due.date()
    if not point.says or is_marked(point, rule):
        return None
    # On the day after the one it was due, the first look that may have shown it did.
    if (published(point) - day).days > 1:
        look = looks.last_before(point.time.date(), day, published(point))
        if look is not None:
            return point, due, look
    said = point.stated
    # A time later than the capture that shows the value is no time of publication.
    return (point, due, None) if said is not None and said > due and said.date() <= published(point) else None


def _words(series: Series, late: _Late) -> str:
    point, due, look = late
    begun = f"{place(series)}{slot_words(series, point)}应于{due:%Y-%m-%d %H:%M}前公开，"
    if look is None:
        assert point.stated is not None
        apart = (point.stated - due).total_seconds() / 3600
        return f"{begun}所载发布时间为{point.stated:%Y-%m-%d %H:%M}，迟{apart:.1f}小时"
    hours = int((datetime.combine(look.day, datetime.min.time()) - due).total_seconds() // 3600)
    return f"{begun}{look.day}的有效查看未见，首次见于{published(point)}（查看记录精确到日），至少迟{max(hours, 0)}小时"


def _told(series: Series, month: str, late: list[_Late], rule: GapRule) -> Observation:
    proven = [case for case in late if case[2] is not None]
    worst = _most_in_a_week(series, [case[0] for case in late], int(rule.number("days")))
    severe = beyond(worst, rule.number("share"))
    more = f"；当月共{len(late)}个时段，{int(rule.number('days'))}日内最多占{worst:.0%}" if len(late) > 1 else ""
    return Observation(
        rule.severity("severe" if severe else "severity"), "high" if proven else "medium",
        f"{_words(series, (proven or late)[0])}{more}", min(published(case[0]) for case in late),
        period=month, about=place(series), captures=captures_of(series, [case[0] for case in proven or late]),
        visits=tuple(dict.fromkeys(look.visit for _, _, look in proven if look is not None))[:5],
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
    """LAT-05: most of a quarter's manual results appeared on one day, as the site says or though looked for before."""
    results: dict[tuple[str, str], list[tuple[Series, Point]]] = {}
    for series in view.series:
        if is_manual(series):
            for point in series.points:
                if point.says:
                    results.setdefault((series.source, quarter_of(point.time.date())), []).append((series, point))
    watches = {source: watch(view, source, False) for source, _ in results}
    for (source, quarter), rows in sorted(results.items()):
        span = bounds(quarter)
        if span is None or span[1] >= view.as_of:
            continue  # of a quarter that still goes on nobody knows all results
        appeared: dict[date, list[_Result]] = {}
        for series, point in rows:
            known = _appeared(point, watches[source], rule)
            if known is not None:
                appeared.setdefault(known[0], []).append((series, point, known[1]))
        for day, lump in sorted(appeared.items()):
            yield from _lump(quarter, day, lump, len(rows), rule)


def _appeared(point: Point, looks: Watch, rule: GapRule) -> tuple[date, Look | None] | None:
    """The day on which a result appeared, and the look some days after its session that did not show it yet.

    The day that the site states counts, unless a look between it and the first capture did not show the result; one
    without a day needs a look to prove that it was not there before.
    """
    at, seen = point.time.date(), published(point)
    if point.stated is not None and point.stated.date() <= seen:
        said = point.stated.date()
        if looks.last_before(at, said, seen) is None:
            return said, None
    look = looks.last_before(at, at + timedelta(days=int(rule.number("grace_days"))), seen)
    return (seen, look) if look is not None else None


def _lump(quarter: str, day: date, lump: list[_Result], every: int, rule: GapRule) -> Iterator[Observation]:
    sessions = sorted({point.time.date() for _, point, _ in lump})
    if len(lump) < rule.number("fewest") or not beyond(len(lump), rule.number("share") * every):
        return
    if (day - sessions[0]).days < rule.number("span_days"):
        return
    looks = [look for *_, look in lump if look is not None]
    how = f"首次见于{day}一日" if looks else f"所载发布日均为{day}"
    before = f"，此前的有效查看（最后为{max(look.day for look in looks)}）均未见" if looks else ""
    words = (
        f"{quarter}的手工监测结果{every}个，其中{len(lump)}个（{len(lump) / every:.0%}）{how}，"
        f"其监测日为{sessions[0]}至{sessions[-1]}{before}"
    )
    yield Observation(
        rule.severity(), "medium", words, max(published(point) for _, point, _ in lump), period=quarter, about=str(day),
        captures=tuple(capture for series, point, _ in lump[:5] for capture in captures_of(series, [point])),
        visits=tuple(dict.fromkeys(look.visit for look in looks))[:5],
    )  # fmt: skip
