"""Enterprises whose only system is down, blocked, changed or seen twice: nobody there is accused of anything."""

from __future__ import annotations

from datetime import date

from ..cast import pool
from ..model import Cases, Firm
from ..script import SEASONS
from ..sites import BAD
from .due import ITEMS
from .papers import DUE, YEARS, Papers


def plant(cases: Cases, papers: Papers) -> None:
    """Half of them disclosed before their system failed, half never did."""
    for site in BAD:
        for number, firm in enumerate(pool(cases, site)):
            papers.on_list(firm, "水环境重点排污单位", [2016])
            papers.on_list(firm, "环境信息依法披露企业", [2022, 2023, 2024, 2025, 2026])
            told = number % 2 == 0
            if site == "flaky":
                for rule, obligation in (("MIS-01", "O31-9"), ("MIS-01", "O34-1"), ("MIS-02", ""), ("STA-01", "SW-1"),
                                         ("STA-03", "")):  # fmt: skip
                    cases.undecided(firm, rule, obligation)
            for obligation, (kind, columns, _) in ITEMS.items():
                if told:
                    early = date(2016, 4, 2)
                    cases.put(site, kind, firm, {"单位名称": firm.name, **columns}, early, published=early)
                _state(cases, firm, obligation, "once:2016", told, 0)
            for turn, year in enumerate(YEARS, 1):
                report = papers.year(firm, year)
                report.sites = (site,) if told and year == 2022 else ()
                report.published = DUE[2022].replace(day=6)
                _state(cases, firm, "O24-Y", str(year), told and year == 2022, turn)


def _state(cases: Cases, firm: Firm, obligation: str, period: str, told: bool, season: int) -> None:
    for number, one in enumerate(SEASONS[season:]):
        # The flaky one has two good looks in each season: from the second season on they prove absence together.
        proven = firm.pool == "flaky" and number > 0 and not told
        state, why = ("missing", "good looks of several seasons") if proven else _UNSEEN
        if told:
            state, why = "met", "seen before the system failed"
        cases.stands(firm, obligation, period, state, why, (one.as_of,))
        for rule in ("MIS-01", "LAT-01"):
            found = proven and rule == "MIS-01"
            cases.expect(firm, rule, found, firm.pool, why, as_of=(one.as_of,), obligation=obligation, period=period)


_UNSEEN = ("not_observable", "fewer than three good looks behind due day and grace")
