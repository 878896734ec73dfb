"""One identity reduced to what is compared, and the keys under which it meets those that could be the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.normalise import codes, cores, names, regions
from indexer.register.documents import IdentityDoc

_LONG = 6
"""Characters from which a core is looked for with a slip: shorter ones are too alike (宏泰化工, 宏恒化工)."""


@dataclass(frozen=True)
class Traits:
    """What an identity prints, folded. ``names`` are present and former; ``wrong`` are codes that fail GB 32100.

    A permit number begins with its holder's credit code (HJ 608-2017), which counts as printed.
    """

    key: str
    source: str
    own_id: bool
    names: frozenset[str]
    cores: frozenset[str]
    branches: frozenset[str]
    numbers: frozenset[frozenset[str]]
    places: frozenset[frozenset[str]]
    """Divisions that each name itself names."""
    generic: bool
    addresses: frozenset[str]
    usccs: frozenset[str]
    wrong: frozenset[str]
    permits: frozenset[str]
    counties: frozenset[str]
    cities: frozenset[str]
    legal_reps: frozenset[str]
    years: frozenset[int]
    """List years in which its source lists it."""


def of(document: IdentityDoc) -> Traits:
    """The traits of an identity; a name that the site cut proves nothing and is left out."""
    printed = [entry["name"] for entry in document["names"]] + document["former_names"]
    whole = [name for name in printed if not names.is_cut(name)]
    place = max((entry.get("name", "") for entry in document["regions"]), key=len, default="")
    bare = frozenset(cores.core(name, place) for name in whole)
    areas = {regions.china().current(entry["code"]) for entry in document["regions"] if entry.get("code")}
    cities = {regions.city(code) for code in areas}
    permitted = (codes.permit_no(number) for number in document["permit_nos"])
    found = [codes.uscc(code) for code in document["usccs"]] + [permit.code for permit in permitted if permit]
    return Traits(
        key=document["key"], source=document["source"], own_id=document["own_id"],
        names=frozenset(names.fold(name) for name in whole), cores=bare,
        branches=frozenset((cores.branch(name) or ("", ""))[1] for name in whole),
        numbers=frozenset(cores.numbers(core) for core in bare),
        places=frozenset(cores.places(name, place) for name in whole),
        generic=any(cores.is_generic(name, place) for name in whole),
        addresses=frozenset(filter(None, (names.fold_address(entry["value"]) for entry in document["addresses"]))),
        usccs=frozenset(code.value for code in found if code and code.valid),
        wrong=frozenset(code.value for code in found if code and not code.valid),
        permits=frozenset(document["permit_nos"]), counties=frozenset(code for code in areas if len(code) == 6),
        cities=frozenset(city for city in cities if city),
        legal_reps=frozenset(names.fold(entry["value"]) for entry in document["legal_reps"]),
        years=frozenset(line["year"] for line in document["memberships"] if line["year"] is not None),
    )  # fmt: skip


def blocks(traits: Traits) -> list[str]:
    """Keys that two identities must share one of to be compared at all.

    ``k:`` itself, ``u:`` credit code (or what a mistyped one was meant as), ``o:`` organisation code of a mistyped one,
    ``p:`` permit, ``n:`` name; and inside a city ``c:`` core of the name, ``d:`` a core with a slip, ``a:`` address.
    """
    keys = {f"k:{traits.key}"}
    keys |= {f"u:{code}" for code in traits.usccs | traits.wrong | set(_meant(traits.wrong))}
    keys |= {f"o:{code[8:17]}" for code in traits.usccs | traits.wrong}
    keys |= {f"p:{number}" for number in traits.permits}
    keys |= {f"n:{name}" for name in traits.names}
    for city in traits.cities:
        keys |= {f"c:{core}|{city}" for core in traits.cores}
        keys |= {f"d:{slip}|{city}" for core in traits.cores if len(core) >= _LONG for slip in cores.slips(core)}
        keys |= {f"a:{address}|{city}" for address in traits.addresses if len(address) >= _LONG}
    return sorted(keys)


def _meant(wrong: Iterable[str]) -> Iterable[str]:
    """The one code that each wrong code was surely meant as, where there is one."""
    return (found.suggestion for found in map(codes.uscc, wrong) if found and found.suggestion)
