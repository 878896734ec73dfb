"""A source as the crawl sees it: one YAML file of facts, checked, with all that it extends.

source = effective("shanghai-eic")
for source in enabled(): ...
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from marshmallow import ValidationError

from crawlers import settings, sourcefiles
from crawlers.errors import SourceError
from crawlers.sourceschema import SourceSchema, walk_kinds

EXPORTED = (
    "name", "title", "publisher", "family", "channel", "covers", "active", "cadence", "key", "fields", "membership",
    "floors", "keep", "licence", "robots", "verified", "loopback", "demo", "enabled", "base_url", "allowed_hosts",
    "encoding", "pace", "walk", "regions", "sizes", "notes",
)  # fmt: skip


@dataclass(frozen=True)
class Pace:
    """How gently a site is asked; seconds and counts."""

    delay: float
    concurrency: int
    autothrottle: bool
    timeout: float
    retries: int


@dataclass(frozen=True)
class Source:
    """One checked definition: ``data`` is all of it, as source.json shows it, the rest its parts that a crawl reads."""

    name: str
    family: str
    base_url: str
    hosts: tuple[str, ...]
    """``host`` or ``host:port``; the base address's own where none are listed."""
    pace: Pace
    loopback: bool
    enabled: bool
    keep: str
    walk: Mapping[str, Any]
    key: Mapping[str, list[str]]
    kinds: tuple[str, ...]
    """Every kind that the walk can yield."""
    floors: Mapping[str, Any]
    data: Mapping[str, Any]
    path: Path

    def url(self, path: str) -> str:
        """An address of the walk, absolute."""
        return urljoin(self.base_url, path)


def effective(name: str, folders: tuple[Path, ...] | None = None) -> Source:
    """The source ``name`` with all that it extends; raises UnknownSourceError, or SourceError naming the field."""
    files = sourcefiles.find(folders or settings.load().source_folders)
    return _source(name, files)


def all_sources(folders: tuple[Path, ...] | None = None) -> Iterator[Source]:
    """Every source of the folders by name; raises SourceError at the first that cannot be used."""
    files = sourcefiles.find(folders or settings.load().source_folders)
    return (_source(name, files) for name in sorted(files))


def enabled(folders: tuple[Path, ...] | None = None) -> list[Source]:
    """The sources that are switched on, by name."""
    return [source for source in all_sources(folders) if source.enabled]


def export(source: Source, folder: Path, filename: str = "source.json") -> Path:
    """Write the effective definition into ``folder`` (contracts, section 6); returns the file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / filename
    text = json.dumps({key: source.data[key] for key in EXPORTED}, ensure_ascii=False, indent=1)
    temporary = path.with_name(f".{path.name}.new")
    temporary.write_text(f"{text}\n", encoding="utf-8")
    temporary.replace(path)
    return path


def from_export(path: Path) -> Source:
    """A source as a run folder's ``source.json`` shows it, checked anew; raises SourceError."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SourceError(f"{path}: cannot be read: {error}") from error
    return checked(data, path)


def _source(name: str, files: dict[str, Path]) -> Source:
    path = sourcefiles.path_of(name, files)
    raw = sourcefiles.merged(name, files)
    own = sourcefiles.load(path).get("name", name)
    if own != name:
        raise SourceError(f"{path}: field name: {own!r} is not the file's name {name!r}; make them equal")
    return checked({**raw, "name": name}, path)


def checked(raw: Mapping[str, Any], path: Path) -> Source:
    """The raw mapping as a source; raises SourceError with one line: file, field, what is wrong."""
    try:
        loaded: dict[str, Any] = SourceSchema().load(raw)
    except ValidationError as error:
        problems = "; ".join(_lines(error.messages))
        raise SourceError(f"{path}: {problems}; see docs/reference/source.md") from error
    return _built(loaded, path)


def _built(loaded: dict[str, Any], path: Path) -> Source:
    loaded["fields"] = loaded.pop("fields_")
    loaded["active"] = {end: _day(loaded["active"][end]) for end in ("from", "to")}
    return Source(
        name=loaded["name"],
        family=loaded["family"],
        base_url=loaded["base_url"],
        hosts=tuple(loaded["allowed_hosts"]) or (urlsplit(loaded["base_url"]).netloc,),
        pace=Pace(**loaded["pace"]),
        loopback=loaded["loopback"],
        enabled=loaded["enabled"],
        keep=loaded["keep"],
        walk=loaded["walk"],
        key=loaded["key"],
        kinds=tuple(sorted(walk_kinds(loaded["walk"]))),
        floors=loaded["floors"],
        data=loaded,
        path=path,
    )


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _lines(messages: Any, at: str = "") -> Iterator[str]:
    if isinstance(messages, dict):
        for key, value in messages.items():
            own = at if key == "_schema" else f"{at}.{key}".lstrip(".")
            yield from _lines(value, own)
    else:
        yield f"field {at or '(whole file)'}: {' '.join(map(str, messages))}"
