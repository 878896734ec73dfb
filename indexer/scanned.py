"""Up to which day everybody was judged, by which rules: ``scanned.json`` in the data folder, written by a scan of all.

A duty's row does not tell it: a row whose judgement is still the same stays as it was written.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TypedDict

import orjson

from indexer.settings import Settings


class Scanned(TypedDict):
    """The last scan of all; ``prefix`` is that of the indices it kept."""

    prefix: str
    day: str
    rules_version: str
    vocabulary_version: str


def write(settings: Settings, told: Scanned) -> None:
    """Notes a scan of all that is done."""
    settings.var.mkdir(parents=True, exist_ok=True)
    draft = _file(settings).with_suffix(".part")
    draft.write_bytes(orjson.dumps(told))
    draft.replace(_file(settings))


def read(settings: Settings, prefix: str) -> Scanned | None:
    """The last scan of all these indices; None where there was none."""
    try:
        told: Scanned = orjson.loads(_file(settings).read_bytes())
    except FileNotFoundError:
        return None
    return told if told["prefix"] == prefix else None


def until(settings: Settings, prefix: str) -> date | None:
    """The day up to which everybody was judged."""
    told = read(settings, prefix)
    return date.fromisoformat(told["day"]) if told else None


def _file(settings: Settings) -> Path:
    return settings.var / "scanned.json"
