"""All cases of a seed: enterprises, what they publish, what the law finds."""

from __future__ import annotations

from functools import lru_cache

from .cast import cast
from .model import Cases
from .plants import broken, due, files, kept, listed, loads, reported, sessions, silent, slots, values
from .plants.papers import Papers

SEED = 7


@lru_cache(maxsize=2)
def build(seed: int = SEED) -> Cases:
    """The whole set; the same seed gives the same rows and the same truth."""
    cases = Cases(seed)
    cast(cases)
    papers = Papers(cases)
    for module in (slots, values, sessions, loads, files):
        module.plant(cases)
    for written in (due, listed, reported, kept, silent, broken):
        written.plant(cases, papers)
    papers.show({firm.key: firm for firm in cases.firms})
    cases.settle()
    return cases
