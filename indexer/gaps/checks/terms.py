"""What permit and own statements say of an outlet and pollutant: limits, loads, frequencies, standards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from indexer.gaps.checks.view import View
from indexer.law.facts import Found, Series

KINDS = ("permit", "emission")
_NUMBER = re.compile(r"[≤<]?\s*(\d+(?:\.\d+)?)\s*(?:mg/L|mg/m³|mg/m3|ug/L|t/a|吨/年|吨|t)?", re.IGNORECASE)
_RANGE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:~|-|至|—|～)\s*(\d+(?:\.\d+)?)")
_STATION = re.compile(r"[(（][^()（）]*(?:在线|自动|手工|站房)[^()（）]*[)）]$")
_CODE = re.compile(r"(?:DW|DA)\d{3}(?!\d)")
"""Code of an outlet by the national rules (HJ 608): of waste water DW001, of gas DA001."""
_UNIT = re.compile(r"[≤<]?\s*(\d+(?:\.\d+)?)\s*([mugμµ]+/(?:L|m³|m3))", re.IGNORECASE)
_SPELT = {"m3": "m³", "l": "L", "μ": "u", "µ": "u"}
_FACTORS = {"mg/L": 1.0, "mg/m³": 1.0, "ug/L": 0.001, "μg/L": 0.001, "g/L": 1000.0, "ug/m³": 0.001}
"""Units of concentration → their factor to mg/L in water and mg/m³ in air."""


@dataclass(frozen=True)
class Term:
    """One row of a permit or of the enterprise's own statement, for one pollutant; loads in t a year."""

    item: Found
    outlet: str | None
    outlet_name: str | None
    pollutant: str
    low: float | None
    high: float | None
    unit: str | None
    load: float | None
    frequency: str | None
    standard: str | None
    permitted: bool
    """True for the permit's own row, False for what the enterprise states of itself."""

    def valid_on(self, day: date) -> bool:
        """True unless the row's own term says otherwise."""
        span = self.item.facts.get("valid")
        start, end = (_day(span.get("from")), _day(span.get("to"))) if isinstance(span, dict) else (None, None)
        return (start is None or start <= day) and (end is None or day <= end)

    @property
    def since(self) -> date:
        """The day from which the row is known to bind: as it states itself, else its stated or first sighting."""
        facts = self.item.facts
        span = facts.get("valid")
        said = [_day(facts.get(key)) for key in ("issued", "valid_from")]
        said.append(_day(span.get("from")) if isinstance(span, dict) else None)
        return max((day for day in said if day is not None), default=stated_since(self.item))

    def concerns(self, series: Series) -> bool:
        """True where the row is of the series' outlet and pollutant."""
        return self.pollutant == series.pollutant and same_outlet(self, series)


def terms(view: View) -> tuple[Term, ...]:
    """Every row, permits first."""
    rows = [term for item in view.found(*KINDS) for term in _of(item)]
    return tuple(sorted(rows, key=lambda term: (not term.permitted, term.item.first_seen, term.item.id)))


def _of(item: Found) -> Iterator[Term]:
    facts, permitted = item.facts, is_permitted(item)
    low, high = _limits(facts.get("limit_conc", facts.get("limit")), facts.get("limit_low"))
    load = number(facts.get("limit_load", facts.get("quota")))
    single = len(item.pollutants) == 1
    for pollutant in item.pollutants:
        yield Term(
            item, _text(facts.get("outlet")) or item.outlet, _text(facts.get("outlet_name")), pollutant,
            low if single else None, high if single else None, _unit_behind(item, high) or _text(facts.get("unit")),
            load if single else None,
            _text(facts.get("frequency")), _text(facts.get("standard")), permitted,
        )  # fmt: skip


def _unit_behind(item: Found, limit: float | None) -> str | None:
    """The unit that a row prints behind its limit, which outranks that of its column of units."""
    for text in item.fields.values() if limit is not None else ():
        match = _UNIT.fullmatch(text.strip())
        if match and float(match[1]) == limit:
            unit = match[2].casefold()
            for spelt, usual in _SPELT.items():
                unit = unit.replace(spelt, usual)
            return unit
    return None


def stated_since(item: Found) -> date:
    """From when a disclosure is known to have stood: the day that it states, else its first sighting."""
    return min(item.first_seen, item.published or item.first_seen)


def is_permitted(item: Found) -> bool:
    """True for what the permit itself fixes: of the permit platform, or under a heading of permits (许可…)."""
    return item.kind == "permit" or item.channel == "permit_platform" or any("许可" in header for header in item.fields)


def same_outlet(one: Term | Series, other: Term | Series) -> bool:
    """True where a code or name of both is the same."""
    return bool(outlets(one) & outlets(other))


def outlets(one: Term | Series) -> frozenset[str]:
    """Code and name of an outlet, folded."""
    return frozenset(fold(name) for name in (one.outlet, one.outlet_name) if name)


def under_another_name(view: View, pollutant: str, sought: frozenset[str], named: frozenset[str]) -> bool:
    """True where the pollutant is measured at an outlet that is none of the ``named`` ones: perhaps the ``sought`` one.

    Of two outlets that both have a national code neither is the other.
    """
    coded = any(map(_CODE.fullmatch, sought))
    return any(
        one.pollutant == pollutant and not own & named and not (coded and any(map(_CODE.fullmatch, own)))
        for one in view.series if (own := outlets(one))
    )  # fmt: skip


@lru_cache(maxsize=20_000)
def fold(name: str) -> str:
    """An outlet's code or name for comparison, without the station in brackets behind it (总排口（1#在线监测站房）).

    A name that holds one national code (废水排放口DW001) is that code.
    """
    folded = _STATION.sub("", re.sub(r"\s+", "", name)).upper()
    codes = {match[0] for match in _CODE.finditer(folded)}
    if len(codes) == 1:
        return str(codes.pop())
    return folded.removeprefix("排放口") or folded


def number(said: Any) -> float | None:
    """A fact that is one number, also with its unit behind it; None for anything else."""
    if isinstance(said, bool) or said is None:
        return None
    if isinstance(said, int | float):
        return float(said)
    match = _NUMBER.fullmatch(str(said).strip())
    return float(match[1]) if match else None


def _limits(said: Any, low: Any) -> tuple[float | None, float | None]:
    match = _RANGE.fullmatch(str(said).strip()) if isinstance(said, str) else None
    if match:
        return float(match[1]), float(match[2])
    return number(low), number(said)


def in_unit(value: float | None, unit: str | None, wanted: str | None) -> float | None:
    """A concentration in another unit; None where the units cannot be compared."""
    if value is None or unit == wanted or unit is None or wanted is None:
        return value
    if unit in _FACTORS and wanted in _FACTORS:
        return value * _FACTORS[unit] / _FACTORS[wanted]
    return None


def _text(said: Any) -> str | None:
    return str(said) if said not in (None, "") else None


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)) if text else None
    except ValueError:  # what was not understood is kept as it was printed
        return None
