"""How much speaks for and against two identities being one enterprise: a sum of weighed evidence that can be read.

The weights stand in ``normalise/vocabulary/likeness.yaml``, with the reason of each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from indexer.normalise import codes, cores
from indexer.normalise.data import load
from indexer.register.traits import Traits

_SHORT_ADDRESS = 6


@dataclass(frozen=True)
class Likeness:
    """``points`` is the sum of ``evidence`` (name, weight), in the order it was looked at; ``vetoed`` by which ones."""

    points: float
    evidence: tuple[tuple[str, float], ...]
    vetoed: tuple[str, ...] = ()

    @property
    def merges(self) -> bool:
        """Enough speaks for one enterprise, and nothing against which only a person may decide."""
        return self.points >= threshold("merge") and not self.vetoed

    @property
    def doubtful(self) -> bool:
        """Enough speaks for it to ask a person."""
        return self.points >= threshold("doubtful")


@lru_cache(maxsize=8)
def threshold(name: str) -> float:
    """``merge``, ``doubtful`` or ``margin``, in points."""
    return float(load("likeness")["thresholds"][name])


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    return {name: float(weight) for name, weight in load("likeness")["weights"].items()}


@lru_cache(maxsize=1)
def _vetoes() -> frozenset[str]:
    return frozenset(load("likeness")["vetoes"])


def compare(one: Traits, other: Traits) -> Likeness:
    """What speaks for and against the two being one; the order of the two does not matter."""
    found = tuple((name, _weights()[name]) for name in _evidence(one, other))
    vetoed = () if one.permits & other.permits else tuple(name for name, _ in found if name in _vetoes())
    return Likeness(round(sum(weight for _, weight in found), 3), found, vetoed)


def _evidence(one: Traits, other: Traits) -> Iterator[str]:
    if one.permits & other.permits:
        yield "permit_same"
    yield from _codes(one, other)
    yield from _names(one, other)
    yield from _addresses(one, other)
    yield from _regions(one, other)
    if one.legal_reps and other.legal_reps:
        yield "legal_rep_same" if one.legal_reps & other.legal_reps else "legal_rep_differs"


def _codes(one: Traits, other: Traits) -> Iterator[str]:
    if one.usccs & other.usccs:
        yield "uscc_same"
    elif one.usccs and other.usccs:
        yield "uscc_differs"
    elif _near_codes(one, other) or _near_codes(other, one):
        yield "uscc_near"
    elif {code[8:17] for code in one.usccs | one.wrong} & {code[8:17] for code in other.usccs | other.wrong} and (
        one.usccs or other.usccs
    ):
        yield "org_same"


def _near_codes(wrong: Traits, good: Traits) -> bool:
    """A code of ``wrong`` that fails its check digit is one slip away from a good code of ``good``."""
    return any(
        code in (found.suggestion if (found := codes.uscc(text)) else None,) or _one_character(text, code)
        for text in wrong.wrong
        for code in good.usccs
    )


def _one_character(text: str, code: str) -> bool:
    """One character differs, or two neighbours are swapped."""
    places = [i for i, (a, b) in enumerate(zip(text, code, strict=True)) if a != b]
    if len(places) == 2:
        first, second = places
        return second == first + 1 and text[first] == code[second] and text[second] == code[first]
    return len(places) == 1


def _names(one: Traits, other: Traits) -> Iterator[str]:
    if one.names & other.names:
        yield "name_same"
        if one.generic and other.generic:
            yield "name_generic"
        return
    if not one.names or not other.names:
        return
    if one.cores & other.cores:
        yield "core_same"
        if one.generic or other.generic:
            yield "name_generic"
    elif any(cores.near(a, b) for a in one.cores for b in other.cores):
        yield "name_near"
    else:
        yield "name_differs"
    if not one.branches & other.branches:
        yield "branch_differs"
    if not one.numbers & other.numbers:
        yield "number_differs"
    if not any(a <= b or b <= a for a in one.places for b in other.places):
        yield "place_differs"


def _addresses(one: Traits, other: Traits) -> Iterator[str]:
    if not one.addresses or not other.addresses:
        return
    if one.addresses & other.addresses:
        yield "address_same"
    elif any(_holds(a, b) or _holds(b, a) for a in one.addresses for b in other.addresses):
        yield "address_near"
    else:
        yield "address_differs"


def _holds(longer: str, shorter: str) -> bool:
    return len(shorter) >= _SHORT_ADDRESS and shorter in longer


def _regions(one: Traits, other: Traits) -> Iterator[str]:
    if not one.cities or not other.cities:
        return
    if not one.cities & other.cities:
        yield "city_differs"
        return
    yield "city_same"
    if one.counties and other.counties:
        yield "county_same" if one.counties & other.counties else "county_differs"
