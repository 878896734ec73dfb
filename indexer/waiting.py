"""Runs that are indexed and whose subjects are not judged anew yet: ``waiting.jsonl`` in the data folder.

Written before a run's document, so that neither a killed process nor an indexing by hand leaves anybody unjudged.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path
from typing import TypedDict

import orjson

from indexer.engine.filelock import held
from indexer.settings import Settings


class Indexed(TypedDict):
    """One run. ``wide``: it looked at whole lists, came out of order or is the first that read its source, so that it
    bears on all whom the source holds.

    ``moved`` are the enterprises that gained or lost an identity.
    """

    source: str
    run: str
    wide: bool
    moved: list[str]


def note(settings: Settings, indexed: Indexed) -> None:
    """Adds a run; on the disk when this returns."""
    with held(settings.var / "waiting.lock", wait=True):
        _write(settings, [*read(settings), indexed])


def read(settings: Settings) -> list[Indexed]:
    """The runs that wait, in the order of their indexing."""
    try:
        lines = _file(settings).read_bytes().splitlines()
    except FileNotFoundError:
        return []
    found: list[Indexed] = [orjson.loads(line) for line in lines]
    return found


def settle(settings: Settings, judged: Collection[Indexed]) -> None:
    """Takes away those whose subjects have been judged; what came in meanwhile goes on waiting."""
    if judged:
        with held(settings.var / "waiting.lock", wait=True):
            rest = read(settings)
            for one in judged:
                if one in rest:
                    rest.remove(one)
            _write(settings, rest)


def _write(settings: Settings, rows: Collection[Indexed]) -> None:
    path = _file(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    with draft.open("wb") as file:
        file.writelines(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _file(settings: Settings) -> Path:
    return settings.var / "waiting.jsonl"
