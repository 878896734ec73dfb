"""CON-03: a printed limit that is not the permit's (所载限值与许可不一致)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from indexer.gaps.checks.limit import Limit, limits_of
from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.steps import amount, captures_of, place, quarter_of
from indexer.gaps.checks.terms import terms
from indexer.gaps.checks.view import View
from indexer.gaps.params import GapRule
from indexer.law.facts import Found, Point, Series

PARAMS = ("looser", "stricter")


def run(view: View, rule: GapRule) -> Iterator[Observation]:
    """One observation for each printed limit of a series that differs from the permit's in force on its day."""
    rows = terms(view)
    for series in view.series:
        limits = limits_of(rows, series)
        for span in _spans(series):
            permitted = limits.permitted(span.points[0].time.date())
            if permitted is not None and permitted.term is not None:
                yield from _compared(series, span, permitted, permitted.term.item, rule)


@dataclass(frozen=True)
class _Span:
    """The values over which one printed limit holds."""

    low: float | None
    high: float | None
    points: tuple[Point, ...]


def _spans(series: Series) -> Iterator[_Span]:
    """A hand-made series has one limit for all; printed ones hold until the next."""
    ends = [start for start, _, _ in series.limits[1:]]
    for (start, low, high), end in zip_longest(series.limits, ends):
        points = tuple(one for one in series.points if one.time >= start and (end is None or one.time < end))
        if points:
            yield _Span(low, high, points)
    if not series.limits and series.points:
        yield _Span(series.limit_low, series.limit_high, series.points)


def _compared(series: Series, span: _Span, permitted: Limit, item: Found, rule: GapRule) -> Iterator[Observation]:
    looser = _differs(span.high, permitted.high, 1) or _differs(span.low, permitted.low, -1)
    stricter = _differs(span.high, permitted.high, -1) or _differs(span.low, permitted.low, 1)
    if looser or stricter:
        first = span.points[0]
        words = (
            f"{place(series)}自{first.time:%Y-%m-%d}起所载限值{_words(span.low, span.high, series.unit)}，"
            f"排污许可证为{_words(permitted.low, permitted.high, series.unit)}，{'宽于' if looser else '严于'}许可"
        )
        yield Observation(
            rule.severity("looser" if looser else "stricter"), "high", words, max(first.first_seen, item.first_seen),
            period=quarter_of(first.time.date()), about=place(series),
            captures=(*captures_of(series, [first]), *item.captures), found=(item.id,),
        )  # fmt: skip


def _differs(printed: float | None, permitted: float | None, sign: int) -> bool:
    """True where both are known and the printed one lies on that side of the permit's."""
    return printed is not None and permitted is not None and (printed - permitted) * sign > 1e-9 * abs(permitted)


def _words(low: float | None, high: float | None, unit: str | None) -> str:
    if low is not None and high is not None:
        return f"{low:g}～{amount(high, unit)}"
    return amount(high, unit) if high is not None else f"不低于{amount(low or 0.0, unit)}"
