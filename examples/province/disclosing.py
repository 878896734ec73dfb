"""An enterprise's items on every site, obligation by obligation (O31, O24-Y, PR-2, M23-1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from .cast import Part
from .dues import annual_due, list_due, quarter_due, quarter_start, quarters, report_due
from .identity import stream
from .lists import listed_on
from .looks import PLATFORMS
from .model import O31_KINDS, Firm, Item
from .plants import Duty, plant
from .script import AS_OF_DAYS, LAST_DAY

VOLUNTARY_DUE = date(2019, 6, 3)
"""A day to scatter voluntary pages around: firms never on a KPU list owe nothing under Order 31."""
FIRST_QUARTER_YEAR = 2023
FIRST_REPORT_YEAR = 2018


def o31_due(firm: Firm, seed: int) -> date:
    """Due day of the first unbroken run of KPU lists that Order 31 still caught."""
    years = [year for year in firm.years("KPU") if year <= 2021]
    if not years:
        return VOLUNTARY_DUE
    return list_due(listed_on(seed, firm.city, years[0], years[0] in firm.supplement))


def disclose(firm: Firm, part: Part, seed: int) -> None:
    """Fills ``firm.items`` and ``firm.broken`` from its part."""
    rng = stream(seed, firm.key, "items")
    if firm.role != "no-channel":
        profile = _six_items(firm, part, seed, rng)
        if profile is not None:
            _monitoring(firm, part, rng)
            _not_before(firm, profile)
    _annual_reports(firm, part, rng)
    _interim_reports(firm, rng)
    _execution_reports(firm, part, rng)


def _six_items(firm: Firm, part: Part, seed: int, rng: Random) -> Item | None:
    site, due = PLATFORMS[firm.city], o31_due(firm, seed)
    duties = {
        name: Duty(name, site, _kind(firm, name, kinds, due, rng), due, kinds=frozenset(kinds))
        for name, kinds in O31_KINDS.items()
    }
    behaviour = part.o31.get("O31-1") or (rng.choice(("early", "early", "early", "unstated")) if not part.o31 else None)
    profile = plant(firm, duties["O31-1"], behaviour, rng)
    if profile is None:
        return None
    for name in list(duties)[1:]:
        plant(firm, duties[name], part.o31.get(name), rng)
    return profile


def _kind(firm: Firm, obligation: str, kinds: tuple[str, ...], due: date, rng: Random) -> str:
    """Which of an obligation's kinds it discloses: some ordinary firms answer O31-4 with their permit alone."""
    if obligation == "O31-6":
        return rng.choice(kinds)
    held = firm.permit is not None and firm.permit.versions[0].start < due - timedelta(days=60)
    return kinds[-1] if obligation == "O31-4" and held and firm.role == "ordinary" and rng.random() < 0.3 else kinds[0]


def _not_before(firm: Firm, profile: Item) -> None:
    """A platform shows nothing of an enterprise that its directory does not list (yet, or any more)."""
    until = profile.until
    firm.items = [
        replace(item, shown=max(item.shown, profile.shown), until=item.until or until)
        if item.site == profile.site
        else item
        for item in firm.items
    ]


def _monitoring(firm: Firm, part: Part, rng: Random) -> None:
    for period in quarters(FIRST_QUARTER_YEAR, LAST_DAY):
        start = quarter_start(period)
        if firm.permit is None or not any(v.start <= start <= v.end for v in firm.permit.versions):
            continue
        due = quarter_due(period)
        if due <= LAST_DAY:
            behaviour = part.m23.get(period) or part.m23.get("*")
            plant(firm, Duty("M23-1", PLATFORMS[firm.city], "monitoring", due, period, (1, 4)), behaviour, rng)


def _annual_reports(firm: Firm, part: Part, rng: Random) -> None:
    for year in firm.years("EL"):
        due = annual_due(year)
        if due <= LAST_DAY:
            behaviour = part.o24.get(str(year)) or part.o24.get("*")
            plant(firm, Duty("O24-Y", "eid", "annual_report", due, str(year)), behaviour, rng)


def _interim_reports(firm: Firm, rng: Random) -> None:
    """A penalty or a permit change now and then (O24 art. 17); the register keeps them, no duty is judged."""
    for year in firm.years("EL"):
        if rng.random() < 0.15:
            day = date(year, rng.randint(4, 9), rng.randint(1, 28))
            firm.items.append(Item("eid", "interim_report", day, day.isoformat(), day))


def _execution_reports(firm: Firm, part: Part, rng: Random) -> None:
    if firm.permit is None:
        return
    for year in range(FIRST_REPORT_YEAR, AS_OF_DAYS[-1].year):
        due = report_due(year, firm.industry)
        if not _held(firm, year):
            continue
        behaviour = part.pr2.get(str(year)) or part.pr2.get("*")
        plant(firm, Duty("PR-2", "permit", "permit_report", due, str(year), (5, 25)), behaviour, rng)


def _held(firm: Firm, year: int) -> bool:
    """True where some permit was held for a month or more of the year: who held one shortly reports or not."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return firm.permit is not None and any(
        min(v.end, last) - max(v.start, first) >= timedelta(days=30) for v in firm.permit.versions
    )
