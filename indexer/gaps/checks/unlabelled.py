"""INC-04, INC-05: values without a unit, limits without a standard; result rows without limit or verdict."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.steps import amount, beyond, place
from indexer.gaps.checks.terms import fold, number, outlets
from indexer.gaps.checks.view import View
from indexer.gaps.params import GapRule
from indexer.law.facts import Found, Series
from indexer.law.periods import bounds

UNIT_PARAMS = ("severity", "kinds")
ROW_PARAMS = ("share", "severity")


def run_units(view: View, rule: GapRule) -> Iterator[Observation]:
    """INC-04: series without a unit by quarter; rows that print a limit and no name of a standard."""
    for series in view.series:
        for count in series.rows:
            if count.unitless:
                words = f"{place(series)}{count.quarter}有{count.unitless}个监测值未标明单位"
                yield Observation(
                    rule.severity(), "high", words, _known(series, count.quarter), period=count.quarter,
                    about=place(series), captures=series.captures[:1],
                )  # fmt: skip
    named = _named(view)
    yield from _unnamed(view, named, rule)
    for item in view.found(*rule.texts("kinds")):
        if number(item.facts.get("limit")) is not None and not {"", _outlet(item)} & named:
            where = "、".join(filter(None, (item.outlet, *item.pollutants)))
            words = f"{where}载有限值{number(item.facts['limit']):g}，未载所执行的排放标准名称"
            yield Observation(
                rule.severity(), "high", words, item.first_seen, about=item.id, captures=item.captures, found=(item.id,)
            )


def _unnamed(view: View, named: set[str], rule: GapRule) -> Iterator[Observation]:
    """Series that print a limit at an outlet for which nothing names a standard, by quarter."""
    by_rows = {name for series in view.series if series.standard for name in outlets(series) or {""}}
    for series in view.series:
        if series.limits and "" not in named and not (outlets(series) or {""}) & (named | by_rows):
            low, high = series.limits[-1][1:]
            for count in series.rows:
                words = (
                    f"{place(series)}{count.quarter}的{count.rows}个监测值载有限值"
                    f"{amount(high if high is not None else low or 0.0, series.unit)}，未载所执行的排放标准名称"
                )
                yield Observation(
                    rule.severity(), "high", words, _known(series, count.quarter), period=count.quarter,
                    about=f"{place(series)}|standard", captures=series.captures[:1],
                )  # fmt: skip


def _named(view: View) -> set[str]:
    """Outlets of which any row names a standard: sites print it once an outlet; "" where a row of no outlet does."""
    return {_outlet(item) for item in view.found("emission", "permit", "monitoring_plan") if item.facts.get("standard")}


def _outlet(item: Found) -> str:
    name = item.outlet or item.facts.get("points")
    return fold(str(name)) if name else ""


def run_rows(view: View, rule: GapRule) -> Iterator[Observation]:
    """INC-05: of a quarter's result rows of one source more than a share lack the limit or the verdict."""
    sums: dict[tuple[str, str], list[tuple[Series, int, int]]] = {}
    for series in view.series:
        for count in series.rows:
            sums.setdefault((series.source, count.quarter), []).append((series, count.rows, count.unjudged))
    for (_source, quarter), rows in sorted(sums.items()):
        every, lacking = sum(row[1] for row in rows), sum(row[2] for row in rows)
        if beyond(lacking, rule.number("share") * every):
            worst = max(rows, key=lambda row: (row[2], place(row[0])))[0]
            words = (
                f"{quarter}的{every}行监测结果中，{lacking}行（{lacking / every:.0%}）未载标准限值或达标情况，"
                f"如{place(worst)}"
            )
            yield Observation(
                rule.severity(), "high", words, max(_known(series, quarter) for series, _, _ in rows), period=quarter,
                captures=worst.captures[:1],
            )  # fmt: skip


def _known(series: Series, quarter: str) -> date:
    """The day on which the first value of a quarter was seen."""
    span = bounds(quarter)
    return min(p.first_seen for p in series.points if span is None or span[0] <= p.time.date() <= span[1])
