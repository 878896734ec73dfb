"""Which duties each enterprise has on a day, by the law's text and what the visits could know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .dues import add_months, annual_due, list_due, quarter_due, quarter_start, quarters, report_due
from .lists import listed_on
from .looks import PLATFORMS
from .model import O31_KINDS, Firm, Version, World
from .places import DIRECT_CODE
from .script import VISIT_DAYS

O31_LAST_DUE = date(2022, 2, 7)
"""Last day of Order 31: duties that fall due later are not made."""
O24_FIRST_LIST = 2022
PR2_FIRST_YEAR = 2018
M23_FIRST_YEAR = 2023
ONE_OF = {"O31-4": frozenset({"eia_doc", "permit_no"})}
"""Obligations of which one of these fields is enough."""


@dataclass(frozen=True)
class Owed:
    """One enterprise × obligation × period: due day, kinds that answer it, channels, the prescribed among them."""

    obligation: str
    period: str
    due: date
    kinds: tuple[str, ...]
    channels: tuple[str, ...]
    prescribed: tuple[str, ...] = ()
    exempt: str | None = None

    @property
    def item_period(self) -> str | None:
        """Period of the items that answer it; the six items of Order 31 have none."""
        return None if self.period.startswith("once:") else self.period


def owed(world: World, firm: Firm, day: date) -> Iterator[Owed]:
    """Every duty made by ``day`` whose trigger a visit up to ``day`` could have captured."""
    last_visit = max((visit for visit in VISIT_DAYS if visit <= day), default=None)
    if last_visit is None:
        return
    yield from _order_31(world, firm, last_visit)
    yield from _annual_reports(world, firm, last_visit)
    if firm.permit is not None:
        versions = firm.permit.known(last_visit)
        yield from _execution_reports(firm, versions, day)
        yield from _quarterly_results(firm, versions, day)


def _platform(firm: Firm) -> tuple[str, ...]:
    return () if firm.region == DIRECT_CODE else (PLATFORMS[firm.city],)


def _listed(world: World, firm: Firm, year: int) -> date:
    return listed_on(world.seed, firm.city, year, year in firm.supplement)


def _order_31(world: World, firm: Firm, last_visit: date) -> Iterator[Owed]:
    years = firm.years("KPU")
    for year in (year for year in years if year - 1 not in years):
        published = _listed(world, firm, year)
        due = list_due(published)
        if published <= last_visit and due <= O31_LAST_DUE:
            for obligation, kinds in O31_KINDS.items():
                yield Owed(obligation, f"once:{year}", due, kinds, _platform(firm))


def _annual_reports(world: World, firm: Firm, last_visit: date) -> Iterator[Owed]:
    extra = ("platform",) if "platform" in _platform(firm) else ()
    for year in firm.years("EL"):
        if year >= O24_FIRST_LIST and _listed(world, firm, year) <= last_visit:
            yield Owed("O24-Y", str(year), annual_due(year), ("annual_report",), ("eid", *extra), ("eid",))


def _execution_reports(firm: Firm, versions: tuple[Version, ...], day: date) -> Iterator[Owed]:
    for year in range(PR2_FIRST_YEAR, day.year + 1):
        held = _held(versions, year)
        if held is None:
            continue
        shortly = add_months(held[0], 3) - timedelta(days=1) > held[1]
        yield Owed("PR-2", str(year), report_due(year, firm.industry), ("permit_report",), ("permit",), ("permit",),
                   "HJ 944-2018: 持证时间不足三个月" if shortly else None)  # fmt: skip


def _held(versions: tuple[Version, ...], year: int) -> tuple[date, date] | None:
    """First and last day of the year on which the permit was valid (renewals follow without a gap)."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    inside = [v for v in versions if v.start <= last and v.end >= first]
    return (max(first, inside[0].start), min(last, inside[-1].end)) if inside else None


def _quarterly_results(firm: Firm, versions: tuple[Version, ...], day: date) -> Iterator[Owed]:
    for period in quarters(M23_FIRST_YEAR, day):
        start = quarter_start(period)
        if any(v.start <= start <= v.end for v in versions):
            yield Owed("M23-1", period, quarter_due(period), ("monitoring",), _platform(firm), _platform(firm))
