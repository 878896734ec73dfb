"""MIS-04: fewer manual sessions than the plan or permit demands (手工监测次数不足)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from indexer.gaps.checks import frequency
from indexer.gaps.checks.excused import stated_stops, stopped_on
from indexer.gaps.checks.frequency import Frequency
from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.steps import HOURLY, step
from indexer.gaps.checks.terms import fold, outlets, stated_since, terms, under_another_name
from indexer.gaps.checks.view import View
from indexer.gaps.checks.watch import Watch, all_covered, monitored_sources, watch
from indexer.gaps.params import GapRule
from indexer.law.facts import Found, Series

PARAMS = ("grace_days", "tolerance", "severity", "none", "stops")


@dataclass(frozen=True)
class Demand:
    """An outlet and pollutant with the frequency that a plan or permit prints for it."""

    item: Found
    outlet: frozenset[str]
    shown: str
    pollutant: str
    frequency: Frequency
    text: str
    since: date
    """The day from which it is known to bind."""


def run(view: View, rule: GapRule) -> Iterator[Observation]:
    """One observation an outlet, pollutant and whole period whose days were all looked at afterwards."""
    watches = [watch(view, source, False) for source in monitored_sources(view)]
    if not any(one.shows for one in watches):
        return
    stops = stated_stops(view)
    grace, asked = int(rule.number("grace_days")), demands(view)
    named = frozenset(name for demand in asked for name in demand.outlet)
    for demand in asked:
        for name, start, end in frequency.spans(demand.frequency, demand.since, view.as_of):
            own = [series for series in view.series if is_of(series, demand)]
            if not own and under_another_name(view, demand.pollutant, demand.outlet, named):
                continue
            if any(_is_automatic(series, start, end) for series in own) or stopped_on(stops, start, end, demand.outlet):
                continue
            if not _marked_stop(own, start, end, rule):
                yield from _counted(demand, own, (name, start, end), watches, grace, rule)


def demands(view: View) -> list[Demand]:
    """Those of the monitoring plan and of permits, each outlet and pollutant once, plans first."""
    found: dict[tuple[frozenset[str], str], Demand] = {}
    for item in view.found("monitoring_plan"):
        point, text = str(item.facts.get("points") or item.outlet or ""), str(item.facts.get("frequency") or "")
        pollutants = str(item.facts.get("indicators") or "").split("、")
        _add(found, item, point, tuple(filter(None, pollutants)) or item.pollutants, text, stated_since(item))
    for term in terms(view):
        outlet = term.outlet or term.outlet_name or ""
        _add(found, term.item, outlet, (term.pollutant,), term.frequency or "", term.since)
    return [found[key] for key in sorted(found, key=lambda key: (sorted(key[0]), key[1]))]


def _add(
    found: dict[tuple[frozenset[str], str], Demand], item: Found, point: str, pollutants: tuple[str, ...], text: str,
    since: date,
) -> None:  # fmt: skip
    asked = frequency.parse(text)
    if asked is None or not point or "自动" in str(item.facts.get("monitoring_mode") or ""):
        return
    outlet = frozenset({fold(point)})
    for pollutant in pollutants:
        found.setdefault((outlet, pollutant), Demand(item, outlet, point, pollutant, asked, text, since))


def is_of(series: Series, demand: Demand) -> bool:
    """True for the values of the demanded outlet and pollutant."""
    return series.pollutant == demand.pollutant and bool(outlets(series) & demand.outlet)


def _is_automatic(series: Series, start: date, end: date) -> bool:
    """True where the outlet is measured automatically in the period: sessions may then be fewer."""
    return step(series) in HOURLY and any(start <= point.time.date() <= end for point in series.points)


def _marked_stop(own: list[Series], start: date, end: date, rule: GapRule) -> bool:
    return any(
        point.mark in rule.texts("stops") and start <= point.time.date() <= end
        for series in own
        for point in series.points
    )


def _counted(
    demand: Demand, own: list[Series], span: tuple[str, date, date], watches: list[Watch], grace: int, rule: GapRule
) -> Iterator[Observation]:
    name, start, end = span
    days = sorted({
        point.time.date() for series in own for point in series.points
        if start <= point.time.date() <= end and point.says
    })  # fmt: skip
    asked = frequency.demanded(demand.frequency, start, end)
    if len(days) >= asked - rule.number("tolerance"):
        return
    proven = all_covered(watches, start, end, grace)
    if proven is None:
        return
    seen = f"见{len(days)}次（{'、'.join(map(str, days[:5]))}）" if days else "未见"
    words = (
        f"排放口{demand.shown}{demand.pollutant}监测频次“{demand.text}”，{name}应有{asked}次手工监测结果，"
        f"在已查渠道{seen}，期满{grace}日后至{proven}的有效查看覆盖该期各日"
    )
    yield Observation(
        rule.severity("severity" if days else "none"), "medium", words, proven, period=name,
        about=f"{demand.shown}|{demand.pollutant}", captures=demand.item.captures, found=(demand.item.id,),
        visits=tuple(dict.fromkeys(visit for one in watches for visit in one.visits(start, end + timedelta(grace)))),
    )  # fmt: skip
