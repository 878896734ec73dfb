"""The limit in force for a series: of the permit, else of the standard it names, else as its own rows print it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as clock

from indexer.gaps.checks.steps import step
from indexer.gaps.checks.terms import Term, in_unit
from indexer.law import limits as law
from indexer.law.facts import Point, Series


@dataclass(frozen=True)
class Limit:
    """``low``..``high`` in the series' unit, whence it comes in words, and the row of the permit behind it."""

    low: float | None
    high: float | None
    whence: str
    term: Term | None = None

    def over(self, value: float, slack: float = 0.0) -> bool:
        """True where a value lies outside, ``slack`` being a share of the limit."""
        above = self.high is not None and value > self.high * (1 + slack)
        return above or (self.low is not None and value < self.low * (1 - slack))


@dataclass(eq=False)
class Limits:
    """The limits of one series; ``comparable`` is False where the standard asks for another averaging than it has."""

    series: Series
    terms: tuple[Term, ...]
    standard: str | None
    comparable: bool = field(init=False)
    _known: dict[tuple[date, int], Limit | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._own = _averaging(self.series)
        asked = law.averaging(self.standard or "")
        self.comparable = asked is None or self._own is None or self._own in asked

    def at(self, time: datetime) -> Limit | None:
        """The limit of a slot: the permit's, else the stricter of national standard and print; None where unknown.

        What is printed stands for a local standard, which is never looser than the national one.
        """
        key = time.date(), bisect_right(self.series.limits, time, key=_start_of)
        if key not in self._known:
            self._known[key] = self._find(time)
        return self._known[key]

    def each(self) -> Iterator[tuple[Point, Limit | None]]:
        """Every value of the series with its limit, which is asked for once a day or change of print."""
        limit: Limit | None = None
        until = datetime.min
        for point in self.series.points:
            if point.time >= until:
                limit = self.at(point.time)
                place = bisect_right(self.series.limits, point.time, key=_start_of)
                midnight = datetime.combine(point.time.date(), clock()) + timedelta(days=1)
                until = min([midnight, *(row[0] for row in self.series.limits[place : place + 1])])
            yield point, limit

    def _find(self, time: datetime) -> Limit | None:
        permitted = self.permitted(time.date())
        if permitted is not None:
            return permitted
        known = [limit for limit in (self._national(time.date()), self.printed(time)) if limit is not None]
        return min(known, key=lambda limit: limit.high if limit.high is not None else float("inf"), default=None)

    def permitted(self, day: date) -> Limit | None:
        """The permit's own."""
        for term in self.terms:
            if term.permitted and term.valid_on(day):
                low, high = (in_unit(value, term.unit, self.series.unit) for value in (term.low, term.high))
                if low is not None or high is not None:
                    return Limit(low, high, "许可限值", term)
        return None

    def printed(self, time: datetime) -> Limit | None:
        """What the rows print."""
        low, high = self.series.limit_low, self.series.limit_high
        if self.series.limits:
            place = bisect_right(self.series.limits, time, key=_start_of)
            low, high = self.series.limits[max(place - 1, 0)][1:]
        return Limit(low, high, "限值") if low is not None or high is not None else None

    def _national(self, day: date) -> Limit | None:
        row = law.find(self.standard or "", self.series.pollutant, self.series.medium, day, self._own)
        if row is None:
            return None
        low, high = (in_unit(value, row.unit, self.series.unit) for value in (row.low, row.high))
        doubt = "" if row.seen == "S" else "（待核对）"
        return Limit(low, high, f"{row.standard}限值{doubt}") if low is not None or high is not None else None


def _start_of(row: tuple[datetime, float | None, float | None]) -> datetime:
    return row[0]


def limits_of(rows: tuple[Term, ...], series: Series) -> Limits:
    """The limits of a series, by the terms of its view."""
    own = tuple(term for term in rows if term.concerns(series))
    named = [term.standard for term in own if term.standard]
    known = next((name for name in named if law.averaging(name)), None)
    return Limits(series, own, series.standard or known or next(iter(named), None))


def _averaging(series: Series) -> str | None:
    hours = step(series)
    return {1: "1h", 2: "2h", 24: "1d"}[hours] if hours is not None else None
