"""The enterprises of the cases by pool; each pool has a city, and the seasons share its enterprises in turn."""

from __future__ import annotations

from dataclasses import replace

from .. import identity
from .model import Cases, Firm
from .script import LATER, Season

CITIES: dict[str, tuple[str, dict[str, str]]] = {
    "9911": ("子川市", {"991102": "子东区", "991103": "子西区"}),
    "9912": ("丑川市", {"991202": "丑东区", "991203": "丑西区"}),
    "9913": ("寅川市", {"991302": "寅东区", "991303": "寅西区"}),
    "9914": ("卯川市", {"991402": "卯东区"}),
    "9915": ("辰川市", {"991502": "辰东区"}),
    "9916": ("巳川市", {"991602": "巳东区"}),
    "9917": ("午川市", {"991702": "午东区"}),
}
REGIONS: dict[str, str] = {
    "99": "示例省",
    **{code: name for code, (name, _) in CITIES.items()},
    **{code: name for _, counties in CITIES.values() for code, name in counties.items()},
}
POOLS: dict[str, tuple[str, int, tuple[Season, ...] | None]] = {
    "disclosing": ("9911", 48, None),
    "reporting": ("9912", 64, LATER),
    "keeping": ("9912", 64, LATER),
    "slots": ("9913", 64, LATER),
    "values": ("9913", 64, LATER),
    "loads": ("9913", 64, LATER),
    "down": ("9914", 6, None),
    "blocked": ("9915", 6, None),
    "changed": ("9916", 6, None),
    "flaky": ("9917", 6, None),
}
"""Pool → city, size, the seasons that its enterprises play in by turns (None: each plays in all)."""
_FIRST = "宏恒瑞鼎盛启晟嘉博信远泰华景源润凯隆茂腾"
_SECOND = "达丰和辉林诚通发安业祥元昌平新兴利康顺美"


def cast(cases: Cases) -> None:
    """Makes all enterprises."""
    number = 0
    for pool, (city, size, seasons) in POOLS.items():
        for index in range(size):
            season = seasons[index % len(seasons)] if seasons else None
            cases.firms.append(_firm(cases, pool, city, index, number, season))
            number += 1
    _spoil(cases)


def _spoil(cases: Cases) -> None:
    """CON-14: half of one pool prints a credit code whose check character is wrong, on every page."""
    wrong = {firm.key for firm, _, _, broken in seats(cases, "CON-14", "keeping") if broken}
    cases.firms = [replace(firm, uscc=identity.spoil(firm.uscc)) if firm.key in wrong else firm for firm in cases.firms]


def _firm(cases: Cases, pool: str, city: str, index: int, number: int, season: Season | None) -> Firm:
    rng = cases.rng("firm", pool, index)
    title, counties = CITIES[city]
    county = sorted(counties)[index % len(counties)]
    brand = _FIRST[number % 20] + _SECOND[number // 20 % 20]
    word = rng.choice(identity.INDUSTRIES)[0]
    name = f"{title.removesuffix('市')}{brand}{word}有限公司"
    organisation = identity.organisation_code(rng)
    return Firm(
        f"{pool}-{index + 1:02d}", name, identity.credit_code(county, organisation), f"C{number + 1001}",
        city, counties[county], pool, season,
    )  # fmt: skip


def pool(cases: Cases, name: str) -> list[Firm]:
    """The enterprises of a pool in order."""
    return [firm for firm in cases.firms if firm.pool == name]


def seats(cases: Cases, rule: str, name: str) -> list[tuple[Firm, Season, int, bool]]:
    """Every enterprise of a pool as (enterprise, its season, number, whether it breaks ``rule``), half of them do.

    The number counts within its side, so that edges can be taken in turn; who breaks which rule is drawn anew for
    each rule, season by season.
    """
    taken: list[tuple[Firm, Season, int, bool]] = []
    counts = {True: 0, False: 0}
    for season in LATER:
        firms = [firm for firm in pool(cases, name) if firm.season is season]
        order = list(firms)
        cases.rng("seats", rule, season.name).shuffle(order)
        breaking = {firm.key for firm in order[: len(order) // 2]}
        for firm in firms:
            side = firm.key in breaking
            taken.append((firm, season, counts[side], side))
            counts[side] += 1
    return taken
