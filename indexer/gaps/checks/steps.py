"""How often a series has a value: slots of one or two hours, days, or single sessions; and how that is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby, pairwise

from indexer.law.facts import Point, Series

_STATED = {"1h": 1, "2h": 2, "1d": 24}
_LOOKED_AT = 400
"""Points from whose distances the step is told where no heading states it."""
_FEWEST = 12
_SHARE = 0.6
HOURLY = (1, 2)
_DAY = 24


def step(series: Series) -> int | None:
    """Hours from slot to slot: 1, 2 or 24 as stated, else as most values of it lie; None for single sessions."""
    if series.averaging in _STATED:
        return _STATED[series.averaging]
    if series.averaging == "manual" or len(series.points) < _FEWEST:
        return None
    gaps = [after.time - before.time for before, after in pairwise(series.points[:_LOOKED_AT])]
    gap, times = Counter(gaps).most_common(1)[0]
    if times < _SHARE * len(gaps):
        return None
    hours, rest = divmod(gap, timedelta(hours=1))
    if rest:
        return None
    # What is measured once a day may be a session a day, unless it is said to be measured automatically.
    return hours if hours in HOURLY or (hours == _DAY and series.averaging == "auto") else None


def is_manual(series: Series) -> bool:
    """True for the results of single sessions (手工监测)."""
    return series.averaging in ("manual", "auto+manual") or (series.averaging is None and step(series) is None)


def published(point: Point) -> date:
    """The day on which the slot first showed a value, whatever it was then."""
    return point.slot_seen or point.first_seen


def by_day(points: tuple[Point, ...]) -> Iterator[tuple[date, list[Point]]]:
    """The points of each day that has any, ascending."""
    for day, own in groupby(points, key=lambda point: point.time.date()):
        yield day, list(own)


def month_of(point: Point) -> str:
    """``2026-10``."""
    return f"{point.time:%Y-%m}"


def quarter_of(day: date) -> str:
    """``2026Q4``."""
    return f"{day.year}Q{(day.month + 2) // 3}"


def place(series: Series) -> str:
    """``排放口DW001化学需氧量``."""
    name = series.outlet or series.outlet_name or ""
    return f"{name if name.startswith('排') or not name else f'排放口{name}'}{series.pollutant}"


def slot_words(series: Series, point: Point) -> str:
    """``2026-10-12 03:00小时值``."""
    match step(series):
        case 1:
            return f"{point.time:%Y-%m-%d %H:%M}小时值"
        case 2:
            return f"{point.time:%Y-%m-%d %H:%M}两小时均值"
        case 24:
            return f"{point.time:%Y-%m-%d}日均值"
        case _:
            return f"{point.time:%Y-%m-%d}监测值"


def amount(value: float, unit: str | None) -> str:
    """``55 mg/L``."""
    return f"{value:.6g} {unit}" if unit and unit != "无量纲" else f"{value:.6g}"


def number(value: float, digits: int = 2) -> str:
    """A reckoned number without needless zeros at its end, at least one behind the point kept out."""
    return f"{value:.{digits}f}"


def beyond(amount: float, bound: float) -> bool:
    """True where a reckoned amount is greater than a bound by more than the rounding of the reckoning."""
    return amount > bound + 1e-9 * max(abs(bound), 1e-6)


def captures_of(
    series: Series, points: Iterator[Point] | list[Point] | tuple[Point, ...]
) -> tuple[dict[str, object], ...]:
    """The captures that show some points, each once, at most five."""
    places = dict.fromkeys(point.capture for point in points if 0 <= point.capture < len(series.captures))
    return tuple(series.captures[place] for place in list(places)[:5])
