"""Days on which a disclosed thing was not there any more (不再可见), from all looks at its place up to a day.

After each time that some version of a thing was seen, the first three days of good looks that saw none are kept: that
is how many prove that it was taken down (see ``withdrawal``). Unlike the marks stored on a document they tell of any
past day, also where the thing came back later.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from indexer.clock import day_of, parse
from indexer.register import looks
from indexer.register.documents import Disclosure
from indexer.register.looks import Look
from indexer.register.withdrawal import DAYS, ROLLING

Place = tuple[str, str]
"""(identity key, kind)"""


@lru_cache(maxsize=100_000)
def _day(instant: str) -> date:
    return day_of(parse(instant))


def absences(
    documents: Iterable[Disclosure],
    pages: Mapping[Place, list[Look]],
    walks: Mapping[str, Mapping[str, list[Look]]],
    region_path: Sequence[str],
    as_of: date,
) -> dict[str, tuple[date, ...]]:
    """By id of a document the days without any version of its thing; documents without such days are left out.

    ``pages`` are the looks at one enterprise's own pages, ``walks`` those at lists by source and kind.
    """
    things: dict[tuple[str, str, str], list[Disclosure]] = defaultdict(list)
    for document in documents:
        if document["kind"] not in ROLLING:
            things[document["identity_key"], document["kind"], document["key"]].append(document)
    found: dict[str, tuple[date, ...]] = {}
    around: dict[Place, list[Look]] = {}
    looked: dict[Place, frozenset[str]] = {}
    for (identity, kind, _), versions in things.items():
        place = (identity, kind)
        if place not in around:
            lists = walks.get(versions[0]["source"], {}).get(kind, [])
            combined = looks.combined(pages.get(place, []), lists, region_path)
            around[place] = [look for look in combined if look.good and _day(look.at) <= as_of]
            looked[place] = frozenset(look.run for look in around[place])
        if all(looked[place].issubset(one["runs"]) for one in versions):
            continue
        days = _spells(versions, around[place], as_of)
        if days:
            found.update({document["id"]: days for document in versions})
    return found


def _spells(versions: list[Disclosure], good: list[Look], as_of: date) -> tuple[date, ...]:
    """Of each spell without the thing the first days, as many as prove that it was taken down."""
    sighted = sorted(
        {(at, run) for one in versions for run, at in zip(one["runs"], one["sightings"], strict=True)
         if _day(at) <= as_of}
    )  # fmt: skip
    if not sighted or not good:
        return ()
    runs, days = {run for _, run in sighted}, {_day(at) for at, _ in sighted}
    period = versions[0]["period"]
    spells: dict[int, set[date]] = defaultdict(set)
    start = next((n for n, look in enumerate(good) if (look.at, look.run) > sighted[0]), len(good))
    for look in good[start:]:
        day = _day(look.at)
        if look.run not in runs and day not in days and looks.fits(look, period):
            spells[bisect_left(sighted, (look.at, look.run))].add(day)
    return tuple(day for number in sorted(spells) for day in sorted(spells[number])[:DAYS])
