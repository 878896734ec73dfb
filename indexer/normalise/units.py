"""Units as printed (``mg/m3``, ``毫克／升``, ``ug/L``) → one spelling, and the factors inside a dimension."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from indexer.normalise.data import load

_CHANGES = str.maketrans({"μ": "u", "µ": "u", "·": None, "每": "/", "⁻": "-", "−": "-", "∕": "/", "\\": "/"})


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, str], dict[str, tuple[str, float]]]:
    """(spelling → canonical unit, canonical unit → (dimension, factor to its base)).

    Raises ValueError where one spelling stands for two units.
    """
    spellings: dict[str, str] = {}
    dimensions: dict[str, tuple[str, float]] = {}
    for dimension, entries in load("units").items():
        for unit, entry in entries.items():
            dimensions[unit] = (dimension, float(entry["factor"]))
            for word in {fold(word) for word in [unit, *entry.get("as", [])]}:
                if spellings.setdefault(word, unit) != unit:
                    raise ValueError(f"vocabulary/units.yaml: {word!r} stands for {spellings[word]} and {unit}")
    return spellings, dimensions


def fold(text: str) -> str:
    """A unit for comparison: NFKC (³ → 3), lower case, no blanks, one kind of slash, dot and micro sign."""
    folded = unicodedata.normalize("NFKC", text.translate(_CHANGES)).translate(_CHANGES)
    return re.sub(r"[\s()^]+", "", folded).casefold()


@lru_cache(maxsize=10_000)
def normal(text: str) -> str | None:
    """The canonical spelling of a unit (``mg/m3`` → ``mg/m³``), or None where it is unknown."""
    return _tables()[0].get(fold(text))


@lru_cache(maxsize=1_000)
def dimension(unit: str | None) -> str | None:
    """The dimension of a canonical unit (``concentration_water``), or None for an unknown one."""
    found = _tables()[1].get(unit) if unit else None
    return found[0] if found else None


def convert(value: float, source: str, target: str) -> float | None:
    """``value`` in canonical unit ``source`` given in ``target``; None for other dimensions or unknown units."""
    dimensions = _tables()[1]
    if source not in dimensions or target not in dimensions:
        return None
    (kind, factor), (other, base) = dimensions[source], dimensions[target]
    return value * factor / base if kind == other else None
