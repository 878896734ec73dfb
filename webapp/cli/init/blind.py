"""What a choice of sources cannot observe in a region, and why. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.law.model import Obligation, within

Cover = Mapping[str, Any]
"""One entry of a source's ``covers`` (contracts, section 6): kinds, classes, regions, channel."""


@dataclass(frozen=True)
class Blind:
    """One duty that will stay ``not_observable``, or can only be proven in part; ``why`` in one sentence."""

    obligation: str
    item: str
    why: str


def blind(rows: Iterable[Obligation], covers: Sequence[Cover], region: str) -> list[Blind]:
    """The duties that these covers leave unwatched in the region (a GB/T 2260 prefix).

    ``covers`` carry the channel of their source where they name none themselves.
    """
    return [Blind(row.id, row.item, why) for row in rows for why in _whys(row, covers, region)]


def _whys(row: Obligation, covers: Sequence[Cover], region: str) -> Iterator[str]:
    carrying = [cover for cover in covers if set(row.kinds).intersection(cover["kinds"])]
    if not carrying:
        yield f"no chosen source carries {', '.join(row.kinds)}"
        return
    here = [cover for cover in carrying if any(_overlap(region, code) for code in cover["regions"])]
    if not here:
        yield f"the chosen sources of {', '.join(row.kinds)} do not cover {region}"
        return
    lacking = [cls for cls in row.classes if not any(_carries(cover, cls) for cover in here)]
    if lacking:
        yield f"no chosen source covers members of {', '.join(lacking)}"
    elif row.must and not any(cover["channel"] in row.must for cover in here):
        yield f"the law prescribes {', '.join(row.must)}, and no chosen source is one: found elsewhere proves nothing"


def _carries(cover: Cover, cls: str) -> bool:
    """A source of KPU.W carries a part of KPU: what it covers can be observed."""
    return any(within(covered, cls) or within(cls, covered) for covered in cover["classes"])


def _overlap(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
