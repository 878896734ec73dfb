"""CON-04: loads of a year above what the permit allows, or close to it (超许可排放量)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.stated import Load, folded, loads
from indexer.gaps.checks.steps import beyond
from indexer.gaps.checks.terms import Term, terms
from indexer.gaps.checks.view import View
from indexer.gaps.params import GapRule

PARAMS = ("near", "severity", "near_severity", "kinds")


def run(view: View, rule: GapRule) -> Iterator[Observation]:
    """Rows that print both loads; else the sum over outlets against the permit's rows."""
    rows = terms(view)
    for kind in rule.texts("kinds"):
        groups: dict[tuple[str, str, str], list[Load]] = {}
        for load in loads(view, kind):
            year = (load.period or "")[:4]
            if load.quota is not None and (load.period is None or len(load.period) == 4):
                yield from _judged(load.where, load.period, (load,), load.quota, "所载许可量", (), rule)
            if year:
                groups.setdefault((load.item.source, year, load.pollutant), []).append(load)
        for (_source, year, pollutant), own in sorted(groups.items(), key=lambda pair: pair[0]):
            yield from _summed(year, pollutant, own, rows, rule)


def _summed(year: str, pollutant: str, own: list[Load], rows: tuple[Term, ...], rule: GapRule) -> Iterator[Observation]:
    """Of a year: its own row, else its parts, of which a sum above the year's quota is proof even if some lack."""
    whole = [load for load in own if load.period == year]
    parts = whole or _finest(own)
    total = [load for load in parts if not load.outlet]
    outlets = {folded(load.outlet) for load in parts if load.outlet}
    permitted = [term for term in rows if term.permitted and term.pollutant == pollutant and term.load is not None
                 and term.valid_on(date(int(year), 12, 31))]  # fmt: skip
    of_firm = [term for term in permitted if not (term.outlet or term.outlet_name)]
    of_outlets = {folded(name): term for term in permitted if (name := term.outlet or term.outlet_name)}
    if of_firm:
        quota, behind = of_firm[0].load, of_firm[:1]
    elif of_outlets and (outlets <= set(of_outlets) or total):
        behind = list(of_outlets.values())
        quota = sum(term.load for term in behind if term.load is not None)
    else:
        return
    summed = total or parts
    if quota is not None and not (len(summed) == 1 and summed[0].quota is not None and whole):
        yield from _judged(pollutant, year, tuple(summed), quota, "许可年排放量", tuple(behind), rule)


def _finest(own: list[Load]) -> list[Load]:
    """Of months, quarters and halves only one kind, so that nothing is counted twice."""
    for length, mark in ((7, "-"), (6, "Q"), (6, "H")):
        found = [load for load in own if load.period and len(load.period) == length and mark in load.period]
        if found:
            return found
    return []


def _judged(
    where: str, period: str | None, summed: tuple[Load, ...], quota: float, name: str, behind: tuple[Term, ...],
    rule: GapRule,
) -> Iterator[Observation]:  # fmt: skip
    stated = sum(load.tonnes for load in summed)
    over = beyond(stated, quota)
    if quota <= 0 or beyond(rule.number("near") * quota, stated):
        return
    added = f"（{'＋'.join(f'{load.tonnes:g}' for load in summed)}）" if len(summed) > 1 else ""
    words = (
        f"{where}{f'{period}年度' if period and len(period) == 4 else period or ''}排放量{stated:g} t{added}，"
        f"{name}{quota:g} t，"
        f"{f'超出{stated - quota:.4g} t' if over else f'已达{stated / quota:.0%}'}"
    )
    items = [*(load.item for load in summed), *(term.item for term in behind)]
    yield Observation(
        rule.severity() if over else rule.severity("near_severity"), "high", words,
        max(item.first_seen for item in items), period=period, about=where,
        captures=tuple(capture for item in items for capture in item.captures)[:5],
        found=tuple(dict.fromkeys(item.id for item in items)),
    )  # fmt: skip
