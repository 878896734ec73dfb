"""Lays out the chart of a series: values against the limit. Pure: numbers in, coordinates for an inline SVG out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from indexer.clock import SHANGHAI

WIDTH, HEIGHT = 720.0, 260.0
LEFT, RIGHT, TOP, BOTTOM = 56.0, 12.0, 14.0, 34.0
SHORT = 3 * 24 * 3600.0
"""Seconds; below it the days at the foot of the chart would all be the same, so hours are shown."""
MAX_MARKS = 300
"""Above this many values single marks are left out (except those over the limit): they would cover the line."""


@dataclass(frozen=True)
class Mark:
    """One value: its place in the drawing, whether the site or the limit calls it over, whether below detection."""

    x: float
    y: float
    over: bool
    censored: bool
    label: str


@dataclass(frozen=True)
class Drawing:
    """A drawing of WIDTH × HEIGHT; ``lines`` and ``limits`` are point lists of polylines."""

    lines: tuple[str, ...]
    limits: tuple[str, ...]
    marks: tuple[Mark, ...]
    ticks: tuple[tuple[float, str], ...]
    """Horizontal grid lines: y and its number."""
    days: tuple[tuple[float, str, str], ...]
    """Labels below: x, the day, and how the text is anchored."""
    width: float = WIDTH
    height: float = HEIGHT


def draw(rows: Sequence[dict[str, Any]]) -> Drawing | None:
    """The drawing of values in ascending time; None where fewer than two can be placed."""
    placed = [(_seconds(row["time"]), row) for row in rows if _height(row) is not None]
    if len({seconds for seconds, _row in placed}) < 2:
        return None
    top = _ceiling([value for _s, row in placed for value in (_height(row), row["limit_high"]) if value is not None])
    low = min(0.0, *(value for _s, row in placed if (value := _height(row)) is not None))
    scale = _Scale(placed[0][0], placed[-1][0], low, top)
    return Drawing(
        lines=_runs(scale, [(s, _height(row)) for s, row in placed]),
        limits=_runs(scale, [(s, row["limit_high"]) for s, row in placed]),
        marks=_marks(scale, placed),
        ticks=tuple((scale.y(value), f"{value:g}") for value in _ticks(low, top)),
        days=_days(scale),
    )


@dataclass(frozen=True)
class _Scale:
    first: float
    last: float
    low: float
    high: float

    def x(self, seconds: float) -> float:
        return round(LEFT + (seconds - self.first) / (self.last - self.first) * (WIDTH - LEFT - RIGHT), 1)

    def y(self, value: float) -> float:
        return round(HEIGHT - BOTTOM - (value - self.low) / (self.high - self.low) * (HEIGHT - TOP - BOTTOM), 1)


def _seconds(instant: str) -> float:
    return datetime.fromisoformat(instant).timestamp()


def _height(row: dict[str, Any]) -> float | None:
    """What is drawn: the value, or the detection limit where the value lies below it (the worst case)."""
    value = row["value"] if row["value"] is not None else row["dl"]
    return float(value) if value is not None else None


UNJUDGED = frozenset({
    "stopping", "stopped", "starting", "maintenance", "calibration", "accident", "fault", "communication",
})  # fmt: skip
"""Marks under which a value is not held against its limit (``indexer/normalise/vocabulary/marks.yaml``)."""


def is_over(row: dict[str, Any]) -> bool:
    """True where the site says so, or the value passes the limit the site itself states beside it.

    A value marked as one of no operation (停运, 校准 …) passes none by itself.
    """
    if row["verdict"] == "over":
        return True
    if row.get("mark") in UNJUDGED:
        return False
    value, high, low = row["value"], row["limit_high"], row["limit_low"]
    return value is not None and ((high is not None and value > high) or (low is not None and value < low))


def _runs(scale: _Scale, points: list[tuple[float, float | None]]) -> tuple[str, ...]:
    """Polylines, broken where a point has no value."""
    runs: list[list[str]] = [[]]
    for seconds, value in points:
        if value is None:
            runs.append([])
        else:
            runs[-1].append(f"{scale.x(seconds)},{scale.y(value)}")
    return tuple(" ".join(run) for run in runs if len(run) > 1)


def _marks(scale: _Scale, placed: list[tuple[float, dict[str, Any]]]) -> tuple[Mark, ...]:
    marks = []
    for seconds, row in placed:
        over, value = is_over(row), _height(row)
        if value is not None and (over or len(placed) <= MAX_MARKS):
            sign = "<" if row["censored"] else ""
            label = f"{row['time'][:10]} {sign}{value:g}"
            marks.append(Mark(scale.x(seconds), scale.y(value), over, bool(row["censored"]), label))
    return tuple(marks)


def _ceiling(values: Sequence[float]) -> float:
    """A round number at or above the highest value, so that the top grid line has a short label."""
    highest = max(values)
    if highest <= 0:
        return 1.0
    step = 10.0 ** math.floor(math.log10(highest))
    return next(step * factor for factor in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if step * factor >= highest * 0.999999)


def _ticks(low: float, high: float) -> list[float]:
    return [low + (high - low) * part / 4 for part in range(5)]


def _days(scale: _Scale) -> tuple[tuple[float, str, str], ...]:
    """First, middle and last day; the outer ones stay inside the drawing."""
    anchors = ((0.0, "start"), (0.5, "middle"), (1.0, "end"))
    moments = [(scale.first + (scale.last - scale.first) * share, anchor) for share, anchor in anchors]
    form = "%Y-%m-%d" if scale.last - scale.first > SHORT else "%m-%d %H:%M"
    return tuple((scale.x(s), datetime.fromtimestamp(s, SHANGHAI).strftime(form), anchor) for s, anchor in moments)
