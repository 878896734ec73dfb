"""``build_world``: the province's enterprises, lists, permits and items from one seed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from random import Random

from . import identity
from .cast import Part, part
from .disclosing import disclose
from .dues import add_months
from .model import Firm, Permit, Version, World
from .places import CITIES, DIRECT_CODE, DIRECT_NAME, sizes
from .script import EL_YEARS, LAST_DAY, LIST_YEARS

RENAME_DAY = date(2022, 6, 1)
SAME_NAME = "示范联合化工有限公司"


@lru_cache(maxsize=4)
def build_world(enterprises: int = 120, seed: int = 7) -> World:
    """The province of that size; the same arguments give the same world. Raises ValueError below 6 enterprises."""
    firms: list[Firm] = []
    for letter, count in sizes(enterprises).items():
        for index in range(count):
            firms.append(_firm(seed, letter, index))
    _relate({firm.role: firm for firm in firms})
    _unique_names(firms)
    for firm in firms:
        cast = part(firm.city, int(firm.key[2:]) - 1)
        firm.lists, firm.supplement = _lists(firm, cast, seed)
        firm.permit = _permit(firm, cast, seed)
        disclose(firm, cast, seed)
    return World(seed, tuple(firms))


def _firm(seed: int, letter: str, index: int) -> Firm:
    city, cast = CITIES[letter], part(letter, index)
    key = f"{letter}-{index + 1:03d}"
    rng = identity.stream(seed, key, "identity")
    county = rng.choice(sorted(city.counties))
    word, industry, sector, product = identity.POWER if cast.industry == "power" else rng.choice(identity.INDUSTRIES)
    organisation = identity.organisation_code(rng)
    firm = Firm(
        key,
        letter,
        identity.company_name(city.name, word, rng),
        identity.credit_code(county, organisation),
        organisation,
        county,
        city.counties[county],
        industry,
        sector,
        product,
        f"{city.name}{city.counties[county]}示例大道{rng.randint(1, 999)}号",
        identity.person(rng),
        f"0990-8{rng.randint(100000, 999999)}",
        organisation + "001",
        str(int(city.code[2:]) * 1000 + 101 + index),
        identity.hex32(seed, key, "eid")[:12],
        identity.hex32(seed, key, "permit"),
        role=cast.role,
    )
    return _dress(firm)


def _dress(firm: Firm) -> Firm:
    """Parts that need an identity of their own."""
    if firm.role == "no-channel":
        code = identity.credit_code(DIRECT_CODE, firm.organisation)
        return replace(firm, region=DIRECT_CODE, county=DIRECT_NAME, uscc=code, address=f"{DIRECT_NAME}示例大道1号")
    if firm.role == "renamed":
        return replace(firm, former=firm.name.replace("川", "川老", 1), renamed=RENAME_DAY)
    if firm.role == "wrong-check-digit":
        return replace(firm, uscc=identity.spoil(firm.uscc))
    if firm.role in ("same-name-1", "same-name-2"):
        return replace(firm, name=SAME_NAME)
    return firm


def _relate(by_role: dict[str, Firm]) -> None:
    """Two sites (厂区) of one company share its credit code; each is an enterprise of its own."""
    first, second = by_role.get("shared-code-1"), by_role.get("shared-code-2")
    if first is None or second is None:
        return
    base = first.name
    first.name, second.name = base + "东厂区", base + "西厂区"
    second.uscc, second.organisation = first.uscc, first.organisation
    second.wry_code = first.organisation + "002"


def _unique_names(firms: list[Firm]) -> None:
    """Names drawn twice get another brand; only the planted pair stays the same."""
    seen: set[str] = set()
    for firm in firms:
        for extra in "一二三四五六七八九十":
            if firm.name not in seen or firm.name == SAME_NAME:
                break
            firm.name = firm.name.replace("川", f"川第{extra}", 1)
        seen.add(firm.name)


def _lists(firm: Firm, cast: Part, seed: int) -> tuple[dict[int, frozenset[str]], frozenset[int]]:
    rng = identity.stream(seed, firm.key, "lists")
    years, classes = cast.years, cast.classes
    if years is None:
        start = rng.choice((2016, 2016, 2017, 2018, 2019, 2020, 2021, 2021, 2022))
        end = 2026 if rng.random() < 0.85 else rng.randint(start, 2026)
        years = tuple(range(start, end + 1))
        classes = rng.choice((("KPU.W",), ("KPU.A",), ("KPU.W", "KPU.A"), ("KPU.W", "SOIL"), ("KPU.A", "RISK")))
    if firm.role == "class-changed":
        lists = {year: {"KPU.W" if year < 2021 else "KPU.A"} for year in years}
    else:
        lists = {year: set(classes) for year in years if year in LIST_YEARS}
    el = cast.el
    if el is None:
        el = tuple(y for y in years if y in EL_YEARS) if rng.random() < 0.85 or cast.o24 else ()
    for year in el:
        lists.setdefault(year, set()).add("EL")
    supplement = frozenset({2021}) if firm.role.startswith("supplement") else frozenset()
    return {year: frozenset(names) for year, names in lists.items()}, supplement


def _permit(firm: Firm, cast: Part, seed: int) -> Permit | None:
    rng = identity.stream(seed, firm.key, "permit")
    if cast.no_permit or (cast.permit is None and rng.random() < 0.12):
        return None
    first = cast.permit or _first_validity(rng)
    number = firm.uscc + firm.wry_code[-3:] + rng.choice("PPPUVQ")
    management = "重点管理" if any(c.startswith("KPU") for cs in firm.lists.values() for c in cs) else "简化管理"
    if rng.random() < 0.2:
        management = "简化管理"
    return Permit(number, management, tuple(_history(firm, first)))


def _first_validity(rng: Random) -> tuple[date, date]:
    """Three years from some day of 2018-04 to 2020-11, the years in which permits were first issued."""
    start = date(2018, 4, 1) + timedelta(days=rng.randint(0, 970))
    return start, add_months(start, 36) - timedelta(days=1)


def _history(firm: Firm, first: tuple[date, date]) -> list[Version]:
    """申领, then 延续 for five years at a time; the firms that closed or let it lapse do not renew."""
    start, end = first
    versions = [Version("申领", start, end)]
    while end < LAST_DAY and firm.role not in ("closed", "permit-expired"):
        start = end + timedelta(days=1)
        end = add_months(start, 60) - timedelta(days=1)
        versions.append(Version("延续", start, end))
    return versions
