"""Pollutants (污染物): the words and codes of sites → one canonical name with its HJ 212 code and medium.

Legal source of the codes: HJ 212-2017 annex B (HJ 524, HJ 525); codes of 2005 and plain names are accepted beside them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from indexer.normalise import units
from indexer.normalise.data import load


@dataclass(frozen=True)
class Pollutant:
    """One canonical pollutant; ``code`` is of HJ 212-2017, ``medium`` water, air, noise or soil."""

    name: str
    code: str | None
    medium: str
    unit: str | None


@lru_cache(maxsize=1)
def _table() -> dict[str, Pollutant]:
    table: dict[str, Pollutant] = {}
    for name, entry in load("pollutants").items():
        pollutant = Pollutant(name, entry.get("code"), entry["medium"], entry.get("unit"))
        for word in (name, entry.get("code"), entry.get("old"), *entry["as"]):
            if word and table.setdefault(fold(word), pollutant) is not pollutant:
                raise ValueError(f"vocabulary/pollutants.yaml: {word!r} stands for {table[fold(word)].name} and {name}")
    return table


def fold(word: str) -> str:
    """A word for comparison: NFKC, lower case, no blanks, one kind of dash."""
    return re.sub(r"[\s_]+", "", unicodedata.normalize("NFKC", word)).replace("—", "-").lower()


@lru_cache(maxsize=50_000)
def resolve(word: str) -> Pollutant | None:
    """The pollutant that a site's word or code means, or None.

    ``化学需氧量(mg/L)`` (unit in brackets), ``a21026z`` and ``二氧化硫折算浓度`` (converted) are understood.
    """
    folded = fold(word)
    for form in (folded, _bare(folded)):
        if form in _table():
            return _table()[form]
    return None


def _bare(folded: str) -> str:
    """The word without a unit in brackets and without words of averaging and conversion."""
    without_unit = re.sub(r"\(([^()]*)\)$", lambda m: "" if units.normal(m[1]) else m[0], folded)
    if re.fullmatch(r"[aw]\d{5}z", without_unit):
        return without_unit[:-1]
    return re.sub(r"(?:-?(?:zs)?(?:avg|rtd))$|(?:实测|折算)?(?:排放)?浓度$", "", without_unit)


def split(text: str) -> list[str]:
    """The single pollutants of a printed list (``氨氮,颗粒物、烟尘``); brackets' content is never cut."""
    parts, depth, word = [], 0, ""
    for char in unicodedata.normalize("NFKC", text):
        depth += (char == "(") - (char == ")")
        if char in ",、;;，\n" and depth <= 0:
            parts.append(word)
            word = ""
        else:
            word += char
    return [part.strip() for part in [*parts, word] if part.strip()]


def canonical(text: str) -> tuple[list[str], list[str]]:
    """(canonical names, words not understood) of a printed list, each once, in the printed order."""
    known, unknown = [], []
    for word in split(text):
        found = resolve(word)
        if found:
            known.append(found.name)
        else:
            unknown.append(word)
    return list(dict.fromkeys(known)), list(dict.fromkeys(unknown))
