"""Enterprises of 辛川市, a city of which no list of key units is crawled: what is told of them meets no duty."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from .. import identity
from ..model import World
from ..places import GUEST_COUNTIES, GUEST_NAME

MOST = 40


@dataclass(frozen=True)
class Guest:
    """One of them; ``id`` is a UUID, ``number`` counts from 1."""

    number: int
    name: str
    uscc: str
    region: str
    county: str
    industry: str
    sector: str
    address: str
    id: str

    @property
    def water(self) -> bool:
        """Whether it discharges waste water."""
        return "废水" in self.sector

    @property
    def air(self) -> bool:
        """Whether it discharges waste gas."""
        return "废气" in self.sector


@lru_cache(maxsize=4)
def all_guests(seed: int) -> tuple[Guest, ...]:
    """All of them: every site shows some, so that one may stand on several."""
    found: dict[str, Guest] = {}
    rng = identity.stream(seed, "guests")
    while len(found) < MOST:
        region = rng.choice(sorted(GUEST_COUNTIES))
        word, industry, sector, _ = rng.choice(identity.INDUSTRIES)
        name = identity.company_name(GUEST_NAME, word, rng)
        uscc = identity.credit_code(region, identity.organisation_code(rng))
        text = identity.hex32(seed, "guest", len(found))
        guest = Guest(
            len(found) + 1, name, uscc, region, GUEST_COUNTIES[region], industry, sector,
            f"{GUEST_NAME}{GUEST_COUNTIES[region]}示例大道{rng.randint(1, 999)}号",
            f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}",
        )  # fmt: skip
        found.setdefault(name, guest)
    return tuple(found.values())


def guests(world: World, count: int, skip: int = 0) -> tuple[Guest, ...]:
    """``count`` of them after the first ``skip``."""
    return all_guests(world.seed)[skip : skip + count]
