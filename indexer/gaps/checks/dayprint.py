"""Prints of days (日数据指纹): what makes the values of two days the same whoever disclosed them. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date

from indexer.gaps.checks.steps import by_day, step
from indexer.law.facts import Point, Series

FULL = 20
"""Hourly values that a day has at least; half as many of two hours."""
DISTINCT = 8
"""Different values among them: a flat day is like many others for no wrong reason."""


def day_print(series: Series, day: date) -> str | None:
    """16 hex digits of a day's values; None for one with too few, or with too few different ones.

    Neither outlet, enterprise, source nor the day itself is part of it, so that a copied day has its model's print.
    """
    return next((found for at, found in prints(series) if at == day), None)


def prints(series: Series) -> Iterator[tuple[date, str]]:
    """Every day of a series that has a print, with it, ascending."""
    hours = step(series)
    if hours in (1, 2) and hours is not None:
        for day, points in by_day(series.points):
            found = of_day(series, hours, points)
            if found is not None:
                yield day, found


def of_day(series: Series, hours: int, points: list[Point]) -> str | None:
    """The print of the values of one day."""
    vector = vector_of(hours, points)
    if len(vector) < FULL // hours or len(set(vector.values())) < DISTINCT // hours:
        return None
    told = ";".join(f"{slot}={value:g}" for slot, value in sorted(vector.items()))
    return hashlib.sha256(f"{series.pollutant}|{series.unit}|{hours}|{told}".encode()).hexdigest()[:16]


def vector_of(hours: int, points: list[Point]) -> dict[int, float]:
    """Slot of the day → value, of those that were measured above the detection limit and carry no mark."""
    return {
        point.time.hour // hours: point.value
        for point in points
        if point.value is not None and point.mark is None and point.value > (point.dl or 0.0)
    }
