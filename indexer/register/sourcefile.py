"""What the indexer reads of a source's effective definition (docs/reference/contracts.md, 6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from indexer.law.facts import Covers
from indexer.normalise import regions


@dataclass(frozen=True, eq=False)
class Source:
    """A source's definition made ready: coverage, channel, own headers, own regions, membership rules."""

    name: str
    title: str
    channel: str
    covers: tuple[Covers, ...]
    active_from: date | None
    active_to: date | None
    fields: dict[str, dict[str, str]]
    membership: dict[str, Any]
    regions: regions.Regions
    within: tuple[str, ...]
    """Codes of all regions it covers: words of a region are looked up inside them."""

    def channel_of(self, kind: str) -> str:
        """The channel by which the source publishes a kind."""
        return next((cover.channel for cover in self.covers if kind in cover.kinds), self.channel)

    @property
    def home(self) -> str | None:
        """The one region the source covers, where it is one: a subject of unknown region lies in it."""
        return self.within[0] if len(self.within) == 1 else None


def parse(data: dict[str, Any]) -> Source:
    """The source of a ``source.json``; raises ValueError naming what is wrong in it."""
    name = data.get("name")
    if not isinstance(name, str):
        raise ValueError("source.json: name is missing")
    channel = str(data.get("channel") or "other")
    covers = tuple(_cover(name, entry, channel) for entry in data.get("covers") or [])
    active = data.get("active") or {}
    own = {str(code): str(word) for code, word in (data.get("regions") or {}).items()}
    within = tuple(sorted({region for cover in covers for region in cover.regions}))
    return Source(
        name=name,
        title=str(data.get("title") or name),
        channel=channel,
        covers=covers,
        active_from=_day(name, active.get("from")),
        active_to=_day(name, active.get("to")),
        fields=_own_fields(data.get("fields") or {}),
        membership=data.get("membership") or {},
        regions=_regions(tuple(sorted(own.items()))),
        within=within,
    )


@lru_cache(maxsize=32)
def _regions(own: tuple[tuple[str, str], ...]) -> regions.Regions:
    """The table with a source's own codes: making it takes 30 ms, and sources of one area share theirs."""
    return regions.china().extended(dict(own))


def _cover(name: str, entry: dict[str, Any], channel: str) -> Covers:
    kinds, classes = entry.get("kinds") or [], entry.get("classes") or []
    if not kinds:
        raise ValueError(f"source {name}: an entry of covers names no kinds")
    places = tuple(regions.shorten(str(code)) for code in entry.get("regions") or [])
    return Covers(frozenset(kinds), frozenset(classes), places, str(entry.get("channel") or channel))


def _own_fields(data: dict[str, Any]) -> dict[str, dict[str, str]]:
    """``{kind: {header: key}}``; entries that are no mapping belong to the crawler's field map."""
    return {
        kind: {str(header): str(key) for header, key in headers.items()}
        for kind, headers in data.items()
        if isinstance(headers, dict)
    }


def _day(name: str, text: Any) -> date | None:
    if text in (None, ""):
        return None
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise ValueError(f"source {name}: active: {text!r} is not a day YYYY-MM-DD") from None
