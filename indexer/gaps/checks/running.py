"""CON-17: facilities said to run well on days that say otherwise, and stop marks while the outlet flows (标停未停)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from statistics import median

from indexer.gaps.checks.flow import flows, is_flow
from indexer.gaps.checks.limit import limits_of
from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.steps import beyond, captures_of, month_of, place, slot_words
from indexer.gaps.checks.terms import Term, terms
from indexer.gaps.checks.view import View
from indexer.gaps.params import GapRule
from indexer.law.facts import Found, Point, Series
from indexer.law.periods import bounds

PARAMS = ("most", "flow_share", "severity", "stops", "normal", "lawful", "kinds")


def run(view: View, rule: GapRule) -> Iterator[Observation]:
    """Days under a statement of normal running; slots marked as stopped with flow."""
    statements = [item for item in view.found(*rule.texts("kinds")) if _is_normal(item, rule)]
    bad = dict[date, tuple[int, int, Series, list[Point]]]()
    rows = terms(view)
    for series in view.series:
        for day, over, stopped, points in _bad_days(series, rows, rule) if statements else ():
            if day not in bad or max(over, stopped) > max(bad[day][:2]):
                bad[day] = over, stopped, series, points
        if not is_flow(series):
            yield from _flowing(view, series, rule)
    for item in statements:
        yield from _contradicted(item, bad, rule)


def _is_normal(item: Found, rule: GapRule) -> bool:
    said = str(item.facts.get("running") or "")
    return any(word in said for word in rule.texts("normal")) and not any(word in said for word in ("不", "异常", "非"))


def _bad_days(series: Series, rows: tuple[Term, ...], rule: GapRule) -> Iterator[tuple[date, int, int, list[Point]]]:
    """(day, values over the limit, stop marks, those values) of days with more than a few of either."""
    limits, lawful, stops = limits_of(rows, series), rule.texts("lawful"), rule.texts("stops")
    bad: dict[date, tuple[list[Point], list[Point]]] = {}
    for point, limit in limits.each():
        if point.mark in stops:
            bad.setdefault(point.time.date(), ([], []))[1].append(point)
            continue
        counts = point.mark not in lawful and limits.comparable and (series.medium != "air" or point.converted)
        if counts and point.value is not None and limit is not None and limit.over(point.value):
            bad.setdefault(point.time.date(), ([], []))[0].append(point)
    for day, (over, stopped) in bad.items():
        if max(len(over), len(stopped)) >= rule.number("most"):
            yield day, len(over), len(stopped), over or stopped


def _contradicted(
    item: Found, bad: dict[date, tuple[int, int, Series, list[Point]]], rule: GapRule
) -> Iterator[Observation]:
    """The days of its period, or on which it stood, that have too many values over the limit or stop marks."""
    start, end = (bounds(item.period) if item.period else None) or (item.first_seen, item.last_seen)
    days = [day for day in sorted(bad) if start <= day <= end]
    for month, some in groupby(days, key=lambda day: f"{day:%Y-%m}"):
        own = list(some)
        over, stopped, series, points = bad[own[0]]
        what = f"超标{over}次" if over >= rule.number("most") else f"停运标记{stopped}次"
        name = item.facts.get("facility") or "污染防治设施"
        more = f"；当月同类共{len(own)}日" if len(own) > 1 else ""
        words = f"{name}载明运行情况“{item.facts['running']}”，而{place(series)}{own[0]}{what}{more}"
        yield Observation(
            rule.severity(), "medium", words, max(item.first_seen, *(point.first_seen for point in points)),
            period=month, about=f"{item.id}|{own[0]}", captures=(*item.captures, *captures_of(series, points)),
            found=(item.id,),
        )  # fmt: skip


def _flowing(view: View, series: Series, rule: GapRule) -> Iterator[Observation]:
    stopped = [point for point in series.points if point.mark in rule.texts("stops")]
    if not stopped:
        return
    flow = flows(view, series)
    marked = {point.time for point in stopped}
    usual = [value for time, value in flow.items() if time not in marked and value > 0]
    if not usual:
        return
    middle = median(usual)
    still = [point for point in stopped if beyond(flow.get(point.time, 0.0), rule.number("flow_share") * middle)]
    for month, some in groupby(still, key=month_of):
        own = list(some)
        point, now = own[0], flow[own[0].time]
        more = f"；当月同类共{len(own)}个时段" if len(own) > 1 else ""
        words = (
            f"{place(series)}{slot_words(series, point)}标记为停运，而该时段流量{now:.4g} m³/h，为平时中位数"
            f"{middle:.4g} m³/h的{now / middle:.0%}{more}"
        )
        yield Observation(
            rule.severity(), "medium", words, min(one.first_seen for one in own), period=month,
            about=f"{place(series)}|{point.time}", captures=captures_of(series, own),
        )  # fmt: skip
