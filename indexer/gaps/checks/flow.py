"""Flow of an outlet by slot, m³/h: of a series of its own, else as the rows of a pollutant print it."""

from __future__ import annotations

from datetime import datetime

from indexer.gaps.checks.terms import same_outlet
from indexer.gaps.checks.view import View
from indexer.law.facts import Series

CODES = frozenset({"w00000", "a00000"})
_FACTORS = {
    "m³/h": 1.0, "L/s": 3.6, "m³/d": 1 / 24, "m³/s": 3600.0, "m³/min": 60.0, "L/min": 0.06, "L/h": 0.001,
    "万m³/h": 10_000.0, "万m³/d": 10_000.0 / 24, "t/h": 1.0, "t/d": 1 / 24,
}  # fmt: skip
"""Unit → m³/h; a tonne of waste water is a cubic metre."""


def is_flow(series: Series) -> bool:
    """True for the series of an outlet's flow."""
    return series.code in CODES or series.pollutant.endswith("流量")


def flows(view: View, series: Series) -> dict[datetime, float]:
    """Flow by slot at the series' outlet, m³/h."""
    found = {point.time: point.flow for point in series.points if point.flow is not None}
    for other in view.series:
        factor = _FACTORS.get(other.unit or "")
        if is_flow(other) and factor and other.source == series.source and same_outlet(other, series):
            found |= {point.time: point.value * factor for point in other.points if point.value is not None}
    return found
