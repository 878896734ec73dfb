"""Pollutants (污染物): the words and codes of sites → one canonical name with its HJ 212 code and medium.

Legal source of the codes: HJ 212-2017 annex B (HJ 524, HJ 525) and HJ/T 212-2005; plain names are accepted beside them.
A word that stands for something in water and in air (氟化物, 苯) is told by the unit or the medium beside it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from indexer.normalise import units
from indexer.normalise.data import load

# A comma between digits belongs to a name (1,2-二氯乙烷).
_CUTS = re.compile(r"[()、;；\n]|(?<!\d),|,(?!\d)")


@dataclass(frozen=True)
class Pollutant:
    """One canonical pollutant; ``code`` is of HJ 212-2017, ``medium`` water, air, noise or soil.

    ``ppm`` are mg/m³ a µmol/mol where a standard (``ppm_by``) gives the factor.
    """

    name: str
    code: str | None
    medium: str
    unit: str | None
    ppm: float | None = None
    ppm_by: str | None = None


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[Pollutant, ...]]:
    """Folded word → what it may stand for, at most one a medium; a plain word's usual meaning comes first."""
    table: dict[str, tuple[Pollutant, ...]] = {}
    for name, entry in load("pollutants").items():
        for pollutant, words in _meanings(name, entry):
            for word in {fold(word) for word in words}:
                known = table.get(word, ())
                if any(other.medium == pollutant.medium and other != pollutant for other in known):
                    raise ValueError(f"vocabulary/pollutants.yaml: {word!r} stands for {known[0].name} and {name}")
                table[word] = (*known, pollutant) if pollutant not in known else known
    return table


def _meanings(name: str, entry: dict[str, Any]) -> Iterator[tuple[Pollutant, list[str]]]:
    """The pollutant of each medium that an entry names, with the words that mean it there."""
    ppm = entry.get("ppm") or {}
    own = Pollutant(name, entry.get("code"), entry["medium"], entry.get("unit"), ppm.get("factor"), ppm.get("by"))
    plain = [name, *entry["as"]]
    yield own, [*plain, *_codes(entry)]
    for medium, other in entry.get("also", {}).items():
        twin = Pollutant(name, other.get("code"), medium, other.get("unit"))
        yield twin, [*plain, *other.get("as", []), *_codes(other)]


def _codes(entry: dict[str, Any]) -> list[str]:
    return [str(code) for code in (entry.get("code"), entry.get("old")) if code]


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """A word for comparison: NFKC, lower case, no blanks, one kind of dash."""
    return re.sub(r"[\s_]+", "", unicodedata.normalize("NFKC", word)).replace("—", "-").lower()


@lru_cache(maxsize=50_000)
def resolve(word: str, medium: str | None = None) -> Pollutant | None:
    """The pollutant that a site's word or code means (in ``medium`` where that is known), or None.

    ``化学需氧量(mg/L)`` (unit in brackets), ``a21026z`` and ``二氧化硫折算浓度`` (converted) are understood, and
    ``val_316``, the value column of online monitoring.
    """
    folded = fold(word)
    table = _table()
    for form in (folded, _bare(folded)):
        if form in table:
            found = table[form]
            return next((one for one in found if one.medium == medium), found[0])
    return None


def _bare(folded: str) -> str:
    """The word without a unit in brackets and without words of averaging and conversion."""
    without_unit = re.sub(r"\(([^()]*)\)$", lambda m: "" if units.normal(m[1]) else m[0], folded)
    if coded := re.fullmatch(r"val([aw]\d{5}|\d{2,3})", without_unit):
        return coded[1]
    if re.fullmatch(r"(?:[aw]\d{5}|\d\d|b02)z", without_unit):
        return without_unit[:-1]
    return re.sub(r"(?:-?(?:zs)?(?:avg|rtd))$|(?:实测|折算)?(?:排放)?(?:浓度|值)$", "", without_unit)


@lru_cache(maxsize=5_000)
def is_converted(word: str) -> bool:
    """True for a heading of values at reference oxygen: ``二氧化硫折算浓度``, ``a21026z``, ``a21026-ZsAvg``."""
    folded = fold(word)
    return "折算" in folded or bool(re.fullmatch(r"(?:val)?(?:[aw]\d{5}|\d\d)z|.*-zs(?:avg|rtd)", folded))


@lru_cache(maxsize=1)
def _media() -> tuple[dict[str, str], dict[str, str]]:
    """(folded word of a medium → medium, dimension that only one medium has → medium)."""
    data = load("media")
    words = {fold(word): medium for medium, listed in data["words"].items() for word in listed}
    dimensions: dict[str, list[str]] = {}
    for medium in data["words"]:
        for dimension in data[medium]:
            dimensions.setdefault(dimension, []).append(medium)
    return words, {dimension: media[0] for dimension, media in dimensions.items() if len(media) == 1}


@lru_cache(maxsize=5_000)
def medium_of(word: str | None, unit: str | None = None) -> str | None:
    """The medium that a site's word (废水, AIR) says, else the one that the printed unit belongs to, or None."""
    words, dimensions = _media()
    said = words.get(fold(word)) if word else None
    return said or dimensions.get(units.dimension(units.normal(unit) if unit else None) or "")


@lru_cache(maxsize=20_000)
def unit_problem(pollutant: Pollutant, unit: str) -> str | None:
    """Why a canonical unit cannot be one of this pollutant's values, or None: the check of dimensions."""
    dimension = units.dimension(unit)
    if dimension in {units.dimension(pollutant.unit), "none"} or dimension in load("media")[pollutant.medium]:
        return None
    return f"{pollutant.name} ({pollutant.medium}) is not measured in {unit}"


def in_usual_unit(pollutant: Pollutant, value: float, unit: str) -> float | None:
    """``value`` in canonical ``unit`` given in the pollutant's usual unit; None where the dimensions differ.

    µmol/mol (ppm) becomes mg/m³ only by the factor that a standard gives for this pollutant.
    """
    if pollutant.unit is None:
        return None
    if units.dimension(unit) == "concentration_volume" and pollutant.ppm is not None:
        volume = units.convert(value, unit, "umol/mol")
        return None if volume is None else units.convert(volume * pollutant.ppm, "mg/m³", pollutant.unit)
    return units.convert(value, unit, pollutant.unit)


def split(text: str) -> list[str]:
    """The single pollutants of a printed list (``氨氮,颗粒物、烟尘``); brackets' content is never cut."""
    if fold(text) in _table():
        return [text.strip()]
    parts, depth, start = [], 0, 0
    words = unicodedata.normalize("NFKC", text)
    for mark in _CUTS.finditer(words):
        depth += (mark[0] == "(") - (mark[0] == ")")
        if mark[0] not in "()" and depth <= 0:
            parts.append(words[start : mark.start()])
            start = mark.end()
    return [part.strip() for part in [*parts, words[start:]] if part.strip()]


@lru_cache(maxsize=20_000)
def listed(text: str) -> tuple[str, ...]:
    """The canonical names of a printed list, words not understood as printed, each once, in the printed order."""
    words = split(text)
    found = (resolve(word) for word in words)
    return tuple(dict.fromkeys(one.name if one else word for one, word in zip(found, words, strict=True)))


def canonical(text: str) -> tuple[list[str], list[str]]:
    """(canonical names, words not understood) of a printed list, each once, in the printed order."""
    words = split(text)
    found = [resolve(word) for word in words]
    known = [one.name for one in found if one]
    unknown = [word for one, word in zip(found, words, strict=True) if one is None]
    return list(dict.fromkeys(known)), list(dict.fromkeys(unknown))
