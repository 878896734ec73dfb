"""What the script of events is made of: enterprises, permits, list lines and disclosed items."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

O31_KINDS: dict[str, tuple[str, ...]] = {
    "O31-1": ("profile",),
    "O31-2": ("emission",),
    "O31-3": ("facility",),
    "O31-4": ("eia", "permit"),
    "O31-5": ("emergency_plan",),
    "O31-6": ("other", "social_report", "monitoring_plan"),
}


@dataclass(frozen=True)
class Item:
    """One disclosed thing on one site: shown from ``shown`` on, until ``until`` (exclusive) where it is taken off.

    ``stated`` is the publication day the page prints, ``blank`` the canonical fields left empty, ``not_produced``
    those stated as 未产生; ``mark`` tells ``contradicted`` or ``stale`` content.
    """

    site: str
    kind: str
    shown: date
    period: str | None = None
    stated: date | None = None
    until: date | None = None
    blank: frozenset[str] = frozenset()
    not_produced: frozenset[str] = frozenset()
    mark: str | None = None

    def visible(self, day: date) -> bool:
        """True where the site shows it on ``day``."""
        return self.shown <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Version:
    """One line of a permit's history: 业务类型 and validity, both days included."""

    act: str
    start: date
    end: date


@dataclass(frozen=True)
class Permit:
    """A discharge permit (排污许可证); ``management`` is 重点管理 (class PK) or 简化管理 (class PS)."""

    number: str
    management: str
    versions: tuple[Version, ...]

    @property
    def cls(self) -> str:
        """Class of the holder."""
        return {"重点管理": "PK", "简化管理": "PS"}[self.management]

    def known(self, day: date) -> tuple[Version, ...]:
        """The history that the platform shows on ``day``."""
        return tuple(version for version in self.versions if version.start <= day)


@dataclass(frozen=True)
class Broken:
    """One enterprise's pages of ``kinds`` on ``site`` answer 500 on ``days``."""

    site: str
    kinds: frozenset[str]
    days: frozenset[date]


@dataclass(eq=False)
class Firm:
    """One enterprise's site (企业) with everything it ever disclosed."""

    key: str
    city: str
    name: str
    uscc: str
    organisation: str
    region: str
    county: str
    industry: str
    sector: str
    product: str
    address: str
    legal_rep: str
    phone: str
    wry_code: str
    platform_id: str
    eid_id: str
    dataid: str
    former: str | None = None
    renamed: date | None = None
    lists: dict[int, frozenset[str]] = field(default_factory=dict)
    supplement: frozenset[int] = frozenset()
    """List years in which it stands on the supplement (增补名单), not on the main list."""
    permit: Permit | None = None
    items: list[Item] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    role: str = "ordinary"

    def name_on(self, day: date) -> str:
        """The name it bears on ``day``."""
        return self.former if self.former and self.renamed and day < self.renamed else self.name

    def years(self, prefix: str) -> list[int]:
        """List years in which it stands on a list of a class that starts with ``prefix``."""
        return sorted(y for y, classes in self.lists.items() if any(c.startswith(prefix) for c in classes))

    def visible(self, site: str, kind: str, day: date) -> list[Item]:
        """Its items of that kind that the site shows on ``day``."""
        return [i for i in self.items if i.site == site and i.kind == kind and i.visible(day)]

    def is_broken(self, site: str, kind: str, day: date) -> bool:
        """True where its pages of that kind answer 500 on ``day``."""
        return any(b.site == site and kind in b.kinds and day in b.days for b in self.broken)


@dataclass(frozen=True, eq=False)
class World:
    """The whole province: what ``build_world(enterprises, seed)`` returns."""

    seed: int
    firms: tuple[Firm, ...]

    def of_city(self, letters: str) -> list[Firm]:
        """The enterprises of these cities, in the order of their keys."""
        return [firm for firm in self.firms if firm.city in letters]
