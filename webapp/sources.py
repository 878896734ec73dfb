"""The sources in use: their effective definitions (``var/sources/<source>.json``), and the regions they name."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.normalise import regions

BAD = "source definition {path} is no JSON object: {error}; write it anew with the command that enables sources"


class SourceFileError(Exception):
    """A definition in ``var/sources`` cannot be read; the message says which and what to do."""


@dataclass(frozen=True)
class Source:
    """One source as the site shows it."""

    name: str
    title: str
    publisher: str
    level: str
    channel: str
    covers: tuple[dict[str, Any], ...]
    base_url: str
    verified: str
    demo: bool
    regions: dict[str, str]
    fields: dict[str, dict[str, str]]
    """Kind → the source's own headers → canonical field keys."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind it covers, each once."""
        return tuple(dict.fromkeys(kind for cover in self.covers for kind in cover.get("kinds") or ()))


@dataclass(frozen=True)
class SourceBook:
    """All sources by name, and the region table extended with the codes they bring."""

    sources: dict[str, Source]
    regions: regions.Regions

    def title(self, name: str) -> str:
        """The source's title, or its name where its definition is no longer there."""
        source = self.sources.get(name)
        return source.title if source else name


def source_of(definition: dict[str, Any], name: str) -> Source:
    """A source from its effective definition (contract, part 6); what is absent becomes empty."""
    publisher = definition.get("publisher") or {}
    return Source(
        name=str(definition.get("name") or name),
        title=str(definition.get("title") or name),
        publisher=str(publisher.get("name") or ""),
        level=str(publisher.get("level") or ""),
        channel=str(definition.get("channel") or ""),
        covers=tuple(definition.get("covers") or ()),
        base_url=str(definition.get("base_url") or ""),
        verified=str(definition.get("verified") or ""),
        demo=bool(definition.get("demo")),
        regions={str(code): str(word) for code, word in (definition.get("regions") or {}).items()},
        fields=dict(definition.get("fields") or {}),
    )


class SourceShelf:
    """Reads the folder of definitions, and reads it again when a file in it has changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stamp: tuple[tuple[str, int], ...] | None = None
        self._book = SourceBook({}, regions.china())

    def book(self) -> SourceBook:
        """The sources as they are now. Raises SourceFileError."""
        files = sorted(self._folder.glob("*.json"))
        stamp = tuple((path.name, path.stat().st_mtime_ns) for path in files)
        if stamp != self._stamp:
            self._book, self._stamp = _read(files), stamp
        return self._book


def _read(files: list[Path]) -> SourceBook:
    found = [source_of(_definition(path), path.stem) for path in files]
    table = regions.china()
    for source in found:
        table = table.extended(source.regions)
    return SourceBook({source.name: source for source in found}, table)


def _definition(path: Path) -> dict[str, Any]:
    try:
        definition = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise SourceFileError(BAD.format(path=path.name, error=error)) from None
    if not isinstance(definition, dict):
        raise SourceFileError(BAD.format(path=path.name, error=type(definition).__name__))
    return definition
