"""CON-05: a stated load against the sum of concentration times flow over the same period (浓度×流量与排放量不符).

Water: kg = mg/L · m³ · 10⁻³. Gas: kg = mg/m³ · m³/h · h · 10⁻⁶, of measured concentrations, not converted ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from indexer.gaps.checks.flow import flows
from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.stated import Load, folded, loads
from indexer.gaps.checks.steps import beyond, captures_of, place, step
from indexer.gaps.checks.terms import in_unit, outlets
from indexer.gaps.checks.view import View
from indexer.gaps.params import GapRule
from indexer.law.facts import Point, Series
from indexer.law.periods import bounds

PARAMS = ("coverage", "s2", "s3", "severity", "severe", "kinds", "stops")


@dataclass(frozen=True)
class Sum:
    """The load that values and flows give, t; slots that had both, slots of the period (without stopped ones)."""

    series: Series
    tonnes: float
    slots: int
    due: int
    points: tuple[Point, ...]


def run(view: View, rule: GapRule) -> Iterator[Observation]:
    """Loads of an outlet, and of the whole enterprise where it has one outlet of the pollutant with values."""
    for load in loads(view, *rule.texts("kinds")):
        span = bounds(load.period) if load.period else None
        if span is None or span[1] >= view.as_of:
            continue
        own = [one for one in view.series if one.pollutant == load.pollutant and step(one) is not None]
        if load.outlet:
            own = [one for one in own if folded(load.outlet) in outlets(one)]
        found = [made for one in own if (made := summed(view, one, span, rule)) is not None]
        # Two sources of one outlet would be counted twice, two outlets of one load are not known to be all.
        if len(found) == 1 and (load.outlet or len(_outlets(view, load.pollutant)) == 1):
            yield from _compared(load, found[0], rule)


def _outlets(view: View, pollutant: str) -> set[frozenset[str]]:
    return {outlets(one) for one in view.series if one.pollutant == pollutant}


def summed(view: View, series: Series, span: tuple[date, date], rule: GapRule) -> Sum | None:
    """Σ C·Q over a period, spread over its slots without both; None where too few slots have both."""
    hours = step(series)
    unit = "mg/L" if series.medium == "water" else "mg/m³"
    flow = flows(view, series)
    if hours is None or not flow:
        return None
    start, end = datetime.combine(span[0], time()), datetime.combine(span[1], time()) + timedelta(days=1)
    own = [point for point in series.points if start <= point.time < end]
    stopped = {point.time for point in own if point.mark in rule.texts("stops")}
    due = int((end - start).total_seconds() // 3600) // hours - len(stopped)
    kilos, used = 0.0, []
    for point in own:
        value = in_unit(_concentration(point), series.unit, unit)
        if point.time not in stopped and value is not None and point.time in flow:
            kilos += value * flow[point.time] * hours * (1e-3 if series.medium == "water" else 1e-6)
            used.append(point)
    if not used or len(used) < rule.number("coverage") * due:
        return None
    return Sum(series, kilos / 1000 * due / len(used), len(used), due, tuple(used))


def _concentration(point: Point) -> float | None:
    """As measured; half the detection limit below it."""
    if point.measured is not None:
        return point.measured
    return point.value if point.value is not None else point.dl / 2 if point.dl is not None else None


def _compared(load: Load, made: Sum, rule: GapRule) -> Iterator[Observation]:
    most = max(made.tonnes, load.tonnes)
    apart = abs(made.tonnes - load.tonnes) / most if most > 0 else 0.0
    if not beyond(apart, rule.number("s2")):
        return
    words = (
        f"{place(made.series)}{load.period}按{made.slots}个时段（应有{made.due}个）的浓度×流量计得{made.tonnes:.4g} t，"
        f"报告载排放量{load.tonnes:g} t，相差{apart:.0%}"
    )
    yield Observation(
        rule.severity("severe" if beyond(apart, rule.number("s3")) else "severity"), "medium", words,
        max(load.item.first_seen, *(point.first_seen for point in made.points)), period=load.period, about=load.where,
        captures=(*load.item.captures, *captures_of(made.series, (made.points[0], made.points[-1]))),
        found=(load.item.id,),
    )  # fmt: skip
