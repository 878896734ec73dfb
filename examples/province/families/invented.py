"""Enterprises beside the cast, on no list of key units, without a permit: what is told of them meets no duty."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from .. import identity
from ..model import World
from ..places import CITIES

TRADES = (
    ("塑料", "塑料制品业"),
    ("家具", "家具制造业"),
    ("陶瓷", "陶瓷制品制造"),
    ("饲料", "饲料加工"),
    ("木业", "木材加工"),
)
"""Word in the name and 行业; none of them is an industry of the cast, so no name can be one of the cast's."""


@dataclass(frozen=True)
class Other:
    """One of them: names and codes as sites print them."""

    name: str
    trade: str
    uscc: str
    organisation: str
    city: str
    county: str

    @property
    def code(self) -> str:
        """组织机构代码 with its hyphen."""
        return f"{self.organisation[:8]}-{self.organisation[8]}"


@lru_cache(maxsize=8)
def others(world: World, tag: str, count: int) -> tuple[Other, ...]:
    """``count`` enterprises of one site, spread over the cities; the same world and tag give the same ones."""
    found: dict[str, Other] = {}
    rng = identity.stream(world.seed, "others", tag)
    letters = sorted(CITIES)
    while len(found) < count:
        city = CITIES[letters[len(found) % len(letters)]]
        word, trade = rng.choice(TRADES)
        name = identity.company_name(city.name, word, rng)
        county = rng.choice(sorted(city.counties))
        organisation = identity.organisation_code(rng)
        code = identity.credit_code(county, organisation)
        found.setdefault(name, Other(name, trade, code, organisation, city.name, city.counties[county]))
    return tuple(found.values())
