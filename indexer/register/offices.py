"""What one authority (主管机关) published, gathered item by item; made into a subject of the law. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from indexer.clock import day_of, parse
from indexer.law import facts as law
from indexer.law.facts import Covers, Found, Membership, Profile
from indexer.law.model import within_any
from indexer.law.offices import CITY, PROVINCE, OfficeItem, classes_of
from indexer.law.rules import Rules
from indexer.normalise import regions
from indexer.register import events
from indexer.register.looks import Look

LISTING = "listing"
FOR_GOOD = date(9998, 12, 31)
"""An office has no last day."""
WHOLE_COUNTRY = frozenset({"", "00", "10"})
Years = Mapping[str, str | None]
"""Source → the one year its lists are of, None where each list tells its own; others tell no year at all."""
Walks = Mapping[str, Mapping[str, list[Look]]]
"""Source → kind → walks."""


@dataclass
class Office:
    """One authority while its facts are gathered. ``undated``: lists of these items without a year, by source."""

    code: str
    since: date
    lists: dict[tuple[str, int, str], Found] = field(default_factory=dict)
    undated: dict[tuple[str, str], date] = field(default_factory=dict)
    groups: dict[tuple[str, str | None, str], Found] = field(default_factory=dict)
    each: list[Found] = field(default_factory=list)

    @property
    def id(self) -> str:
        """``a-`` and the code of its region."""
        return f"a-{self.code}"

    @property
    def path(self) -> tuple[str, ...]:
        """Codes from province to city."""
        return (self.code,) if len(self.code) == 2 else (self.code[:2], self.code)

    def known(self, day: date) -> None:
        """The register knew something of its region on ``day``."""
        self.since = min(self.since, day)

    def listed(self, item: str, year: int | None, member: Membership, channel: str, capture: dict[str, object]) -> None:
        """One line of a list: of several lines the list came out with the first."""
        if year is None:
            key = (item, member.source)
            self.undated[key] = min(member.first_seen, self.undated.get(key, member.first_seen))
            return
        published = None if member.assumed else member.published
        self.known(date(year, 1, 1))
        line = Found(
            id=f"list:{member.source}:{item}:{year}", source=member.source, channel=channel, kind=item,
            period=str(year), published=published, first_seen=member.first_seen, last_seen=member.first_seen,
            sightings=(member.first_seen,), present=frozenset(), not_produced=frozenset(), facts={},
            captures=(capture,), key=f"{item}|{year}", title=f"{year}年{item}",
        )  # fmt: skip
        place = (item, year, member.source)
        self.lists[place] = _together(self.lists[place], line) if place in self.lists else line

    def recorded(self, item: OfficeItem, found: Found) -> None:
        """One record that is the item."""
        self.known(found.first_seen)
        made = replace(found, kind=item.item, period=_period(item, found))
        if item.each:
            self.each.append(made)
            return
        place = (item.item, made.period, made.source)
        whole = replace(made, title=item.title, text="", fields={}, facts={}, key=f"{item.item}|{made.period}")
        self.groups[place] = _together(self.groups[place], whole) if place in self.groups else whole


def subject(
    office: Office, name: str, channels: Iterable[law.Channel], walks: Walks, years: Years, rules: Rules
) -> law.Subject:
    """The authority as the law sees it, with looks at everything that a source's whole walk would have shown."""
    mine = [own for channel in channels if (own := _channel(channel, office, rules)).covers]
    lists = [_seen_again(line, walks.get(line.source, {}).get(LISTING, []), office) for line in office.lists.values()]
    found = tuple(sorted([*lists, *office.groups.values(), *office.each], key=lambda f: (f.kind, f.first_seen, f.id)))
    start = date(office.since.year, 1, 1)
    return law.Subject(
        id=office.id, name=name, region_path=office.path, industry=None,
        memberships=tuple(
            Membership(cls, None, None, None, None, start, FOR_GOOD, start) for cls in classes_of(office.code)
        ),
        found=found, looks=tuple(_looks(office, mine, found, walks, years, rules)), channels=tuple(mine),
        events=events.drawn(found, Profile(), rules),
    )  # fmt: skip


def _together(one: Found, other: Found) -> Found:
    """Two records of one item as one: the earliest counts, every sighting of either is a sighting."""
    first, later = sorted((one, other), key=lambda item: (item.first_seen, item.id))
    days = tuple(sorted({*one.sightings, *other.sightings}))
    stated = [day for day in (one.published, other.published) if day is not None]
    return replace(
        first, published=min(stated, default=None), last_seen=max(one.last_seen, other.last_seen), sightings=days,
        present=one.present | later.present, rows=one.rows + other.rows,
    )  # fmt: skip


def _period(item: OfficeItem, found: Found) -> str | None:
    if item.period == "printed":
        return found.period if found.period and "Q" in found.period else None
    text = found.facts.get("date")
    own = date.fromisoformat(text) if isinstance(text, str) and len(text) == 10 else None
    day = own or found.published or found.first_seen
    if item.period == "month":
        return f"{day:%Y-%m}"
    return f"{day.year}Q{(day.month + 2) // 3}" if item.period == "quarter" else str(day.year)


def _channel(channel: law.Channel, office: Office, rules: Rules) -> law.Channel:
    """The source as far as it covers the whole of the authority's region, kinds told as items."""
    covers = []
    for cover in channel.covers:
        places = tuple(code for code in cover.regions if _around(code, office.code))
        items = frozenset(item.item for item in rules.items if _yields(cover, item))
        if items and (places or not cover.regions):
            covers.append(Covers(items, frozenset({CITY, PROVINCE}), places, cover.channel))
    return replace(channel, covers=tuple(covers))


def _yields(cover: Covers, item: OfficeItem) -> bool:
    if item.lists and LISTING in cover.kinds and any(within_any(cls, item.lists) for cls in cover.classes):
        return True
    return bool(cover.kinds & frozenset(item.origins)) and (not item.channels or cover.channel in item.channels)


def _around(code: str, own: str) -> bool:
    short = regions.shorten(code)
    return short in WHOLE_COUNTRY or own.startswith(short)


def _seen_again(line: Found, walks: list[Look], office: Office) -> Found:
    """A list stands where it was first seen; each whole walk since then has seen it again."""
    days = {look_day(walk) for walk in walks if walk.good and _here(walk, office)}
    sightings = tuple(sorted({*line.sightings, *(day for day in days if day >= line.first_seen)}))
    return replace(line, sightings=sightings, last_seen=sightings[-1])


def _looks(
    office: Office, channels: list[law.Channel], found: tuple[Found, ...], walks: Walks, years: Years, rules: Rules
) -> Iterator[law.Look]:
    seen = {(item.source, item.kind, day) for item in found for day in item.sightings}
    items = {item.item: item for item in rules.items}
    for channel in channels:
        yielded = sorted({kind for cover in channel.covers for kind in cover.kinds})
        for name in yielded:
            listed = bool(items[name].lists)
            if listed and channel.source not in years:
                continue  # a list that tells no year neither is nor lacks the list of a year
            kinds = {*items[name].origins, *([LISTING] if listed else [])}
            only = years[channel.source] if listed else None
            for kind in sorted(kinds & walks.get(channel.source, {}).keys()):
                for walk in walks[channel.source][kind]:
                    if _here(walk, office):
                        yield _look(walk, channel.source, name, only, seen, office)


def _look(
    walk: Look, source: str, item: str, only: str | None, seen: set[tuple[str, str, date]], office: Office
) -> law.Look:
    """A whole walk found the item where a record of it stood there that day, or a list that tells no year.

    ``only``: the one year that the source's lists are of; of other years the walk says nothing.
    """
    day = look_day(walk)
    undated = office.undated.get((item, source))
    there = (source, item, day) in seen or (undated is not None and undated <= day)
    outcome: str = walk.outcome if not walk.good else "found" if there else "absent"
    return law.Look(source, item, day, outcome, walk.reason, walk.visit, only or walk.period)


def _here(walk: Look, office: Office) -> bool:
    return walk.region is None or walk.region in office.path


def look_day(look: Look) -> date:
    """The Shanghai day of a look."""
    return day_of(parse(look.at))
