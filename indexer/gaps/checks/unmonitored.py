"""MIS-05: an outlet or pollutant of the permit that no monitoring or report of a period shows (许可项目未见监测)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from indexer.gaps.checks import frequency
from indexer.gaps.checks.excused import stated_stops, stopped_on
from indexer.gaps.checks.frequency import Frequency
from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.terms import Term, fold, outlets, same_outlet, terms, under_another_name
from indexer.gaps.checks.view import View
from indexer.gaps.checks.watch import all_covered, monitored_sources, watch
from indexer.gaps.params import GapRule
from indexer.law.facts import Series
from indexer.law.periods import bounds

PARAMS = ("period", "grace_days", "severity", "reports")


def run(view: View, rule: GapRule) -> Iterator[Observation]:
    """One observation an outlet, pollutant and period, where results were looked for and others seen."""
    singles, slots = ([watch(view, source, kind) for source in monitored_sources(view)] for kind in (False, True))
    if not any(one.shows and one.reach for one in (*singles, *slots)):
        return
    stops, told = stated_stops(view), set[tuple[frozenset[str], str, str]]()
    rows = terms(view)
    named = frozenset(name for term in rows for name in outlets(term))
    for term in rows:
        if not term.permitted:
            continue
        asked = frequency.parse(term.frequency or "") or Frequency(1, str(rule.params["period"]))
        for name, start, end in frequency.spans(asked, term.since, view.as_of):
            key = (outlets(term), term.pollutant, name)
            if (
                key in told
                or not term.valid_on(start)
                or not term.valid_on(end)
                or stopped_on(stops, start, end, outlets(term))
            ):
                continue
            told.add(key)
            if not _known(view, term) and under_another_name(view, term.pollutant, outlets(term), named):
                continue
            if _shown(view, term, start, end) or _reported(view, term, start, end, rule):
                continue
            # What is measured automatically goes on: never shown by any look, it was not there before either.
            known = _known(view, term)
            watches = [*singles, *(one if known else replace(one, shows=False) for one in slots)]
            proven = all_covered(watches, start, end, int(rule.number("grace_days")))
            if proven is not None:
                yield _said(term, name, proven, [v for one in watches for v in one.visits(start, end)], rule)


def _shown(view: View, term: Term, start: date, end: date) -> bool:
    return any(
        _is_of(series, term) and any(start <= point.time.date() <= end for point in series.points)
        for series in view.series
    )


def _known(view: View, term: Term) -> bool:
    return any(_is_of(series, term) for series in view.series)


def _is_of(series: Series, term: Term) -> bool:
    """True for the term's pollutant at its outlet, at any where the permit names none."""
    return series.pollutant == term.pollutant and (not outlets(term) or same_outlet(term, series))


def _reported(view: View, term: Term, start: date, end: date, rule: GapRule) -> bool:
    """True where a report names the pollutant, of the outlet or of none, within or over the period; also in prose."""
    for item in view.found(*rule.texts("reports")):
        span = bounds(item.period) if item.period else None
        touches = span is None or (span[0] <= end and span[1] >= start)
        names = {fold(str(name)) for name in (item.outlet, item.facts.get("outlet_name")) if name}
        own = not names or not outlets(term) or bool(names & outlets(term))
        said = (*item.pollutants, *str(item.facts.get("pollutant") or "").split("、"))
        if touches and own and (term.pollutant in said or term.pollutant in item.text):
            return True
    return False


def _said(term: Term, name: str, proven: date, visits: list[str], rule: GapRule) -> Observation:
    outlet = term.outlet or term.outlet_name or ""
    words = (
        f"排污许可载明的{f'排放口{outlet}' if outlet else ''}{term.pollutant}，{name}的监测结果和报告中均未见，"
        f"至{proven}的有效查看覆盖该期各日"
    )
    return Observation(
        rule.severity(), "medium", words, max(proven, term.item.first_seen), period=name,
        about=f"{outlet}|{term.pollutant}", captures=term.item.captures,
        visits=tuple(dict.fromkeys(visits)), found=(term.item.id,),
    )  # fmt: skip
