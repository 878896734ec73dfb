"""重点排污单位名录 of earlier years as a province gathers them from its cities; what two sites of other CMS publish."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from ..lists import HEADINGS, published
from ..model import Firm, World
from ..places import CITIES
from .bulletin import APART
from .site import Planted

COLUMNS = ("序号", "企业名称", "统一社会信用代码", "所在地市", "区县", "备注")
Row = tuple[str, ...]


@dataclass(frozen=True)
class KeyList:
    """One year's list of one city: class → rows; the province repeats what the city's own list of that day says."""

    year: int
    city: str
    day: date
    rows: dict[str, tuple[Row, ...]]

    @property
    def title(self) -> str:
        """Its heading."""
        return f"{self.year}年{CITIES[self.city].name}重点排污单位名录"

    @property
    def count(self) -> int:
        """Rows in all."""
        return sum(map(len, self.rows.values()))


@lru_cache(maxsize=16)
def lists(world: World, years: tuple[int, ...]) -> tuple[KeyList, ...]:
    """The lists of these years, newest first; cities without a list are left out."""
    found = [_of(world, year, city) for year in years for city in CITIES]
    return tuple(sorted((one for one in found if one.rows), key=lambda one: (one.day, one.city), reverse=True))


def _of(world: World, year: int, city: str) -> KeyList:
    day = published(world.seed, city, year)
    firms = [firm for firm in world.of_city(city) if firm.role not in APART and year not in firm.supplement]
    groups = {
        cls: tuple(_row(number, firm, day) for number, firm in enumerate(_listed(firms, cls, year), 1))
        for cls in HEADINGS
        if cls != "EL"
    }
    return KeyList(year, city, day + timedelta(days=20), {cls: rows for cls, rows in groups.items() if rows})


def _listed(firms: list[Firm], cls: str, year: int) -> list[Firm]:
    return [firm for firm in firms if cls in firm.lists.get(year, frozenset())]


def _row(number: int, firm: Firm, day: date) -> Row:
    return (str(number), firm.name_on(day), firm.uscc, CITIES[firm.city].name, firm.county, "")


def planted(world: World, years: tuple[int, ...]) -> Iterator[Planted]:
    """Every row of every list."""
    for one in lists(world, years):
        for rows in one.rows.values():
            for row in rows:
                fields = dict(zip(COLUMNS, row, strict=True))
                subject = {"name": row[1], "uscc": row[2], "region": row[3] + row[4]}
                yield Planted("listing", fields, subject, published_at=one.day.isoformat())
