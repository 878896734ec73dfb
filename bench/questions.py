"""What is asked of the search box: names, pieces of names, codes and facets of the enterprises that are there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from indexer.search.queries import Filters

PIECE = 4
"""Characters typed from the middle of a name."""


@dataclass(frozen=True)
class Question:
    """Text of the search box and the facets chosen."""

    text: str
    filters: Filters


def questions(enterprises: Sequence[Mapping[str, Any]], number: int, seed: int) -> list[Question]:
    """A fifth of each sort; the same enterprises and seed give the same. Raises ValueError without enterprises."""
    if not enterprises:
        raise ValueError("no enterprises to ask for")
    chance = Random(seed)
    ordered = sorted(enterprises, key=lambda one: str(one["id"]))
    return [_question(index % 5, chance.choice(ordered), chance) for index in range(number)]


def _question(sort: int, one: Mapping[str, Any], chance: Random) -> Question:
    name, region = str(one["name"]), one["region_path"][-1] if one["region_path"] else None
    start = chance.randrange(max(1, len(name) - PIECE))
    piece = name[start : start + PIECE]
    match sort:
        case 0:
            return Question(name, Filters())
        case 1:
            return Question(piece, Filters())
        case 2:
            return Question(piece, Filters(region=region))
        case 3:
            return Question(str(one["uscc"] or name)[:8], Filters())
        case 4:
            return Question("", Filters(region=region, kind=next(iter(one["kinds"]), None)))
        case _:
            raise ValueError(f"no such sort of question: {sort}")
