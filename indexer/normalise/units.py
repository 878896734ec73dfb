"""Units as printed (``mg/m3``, ``毫克／升``, ``ug/L``) → one spelling, and the factors inside a dimension."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from indexer.normalise.data import load

Factors = dict[str, float]


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, str], dict[str, tuple[str, float]]]:
    """(folded spelling → canonical unit, canonical unit → (dimension, factor to its base))."""
    spellings: dict[str, str] = {}
    dimensions: dict[str, tuple[str, float]] = {}
    for dimension, entries in load("units").items():
        for unit, entry in entries.items():
            dimensions[unit] = (dimension, float(entry["factor"]))
            for word in [unit, *entry.get("as", [])]:
                spellings[fold(word)] = unit
    return spellings, dimensions


def fold(text: str) -> str:
    """A unit for comparison: NFKC (³ → 3), lower case, no blanks, one kind of slash, dot and micro sign."""
    folded = unicodedata.normalize("NFKC", text).replace("μ", "u").replace("µ", "u").replace("·", "").replace("每", "/")
    return re.sub(r"[\s()()^]+", "", folded).lower()


@lru_cache(maxsize=10_000)
def normal(text: str) -> str | None:
    """The canonical spelling of a unit (``mg/m3`` → ``mg/m³``), or None where it is unknown."""
    return _tables()[0].get(fold(text))


def convert(value: float, source: str, target: str) -> float | None:
    """``value`` in canonical unit ``source`` given in ``target``; None for other dimensions or unknown units."""
    dimensions = _tables()[1]
    if source not in dimensions or target not in dimensions:
        return None
    (kind, factor), (other, base) = dimensions[source], dimensions[target]
    return value * factor / base if kind == other else None
