"""Whom to look at first: duties that fall due, then those not looked at for longest.

The indexer writes ``frontier/<source>.jsonl`` into the data folder after each scan (contracts, section 1); a crawl
only reads it. Without the file all are alike.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

STEP = 20
"""Priority of one level of urgency: more than the pages of one subject are deep."""
BEFORE, AFTER = timedelta(days=14), timedelta(days=10)
"""The days around a due day on which a look proves most: the schedule is dense in the same days."""
DUE, NEVER, STALE = 9, 6, 5
LONG = (timedelta(days=90), timedelta(days=30), timedelta(days=14), timedelta(days=7))
"""Not looked at for so long: urgency ``STALE``, one less, …"""


class Frontier:
    """Urgency of subjects, 0 (any time) to 9 (a duty falls due); ``problem`` says why the file could not be read."""

    def __init__(self, levels: Mapping[str, int], problem: str | None = None) -> None:
        self._levels, self.problem = levels, problem

    def __len__(self) -> int:
        return len(self._levels)

    def urgency(self, subject: Mapping[str, Any] | None) -> int:
        """Of one subject as the site names it."""
        if subject is None or not self._levels:
            return 0
        return self._levels.get(identity(subject), 0)


def identity(subject: Mapping[str, Any]) -> str:
    """How both sides name a subject of one source: its own id there, else its printed name."""
    return str(subject.get("external_id") or subject.get("name"))


def load(var: Path, source: str, today: date) -> Frontier:
    """The file's subjects by urgency. A broken file costs the order alone: nobody is urgent, and it is said."""
    path = var / "frontier" / f"{source}.jsonl"
    if not path.is_file():
        return Frontier({})
    try:
        return Frontier(dict(_levels(path, today)))
    except (ValueError, TypeError, AttributeError) as error:
        return Frontier({}, f"{path.name} of the frontier cannot be read: {error}; `qingce scan` writes it anew")


def _levels(path: Path, today: date) -> Iterator[tuple[str, int]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            if level := _level(row, today):
                yield identity(row), level


def _level(row: Mapping[str, Any], today: date) -> int:
    due = [date.fromisoformat(day) for day in row.get("due", [])]
    if any(day - BEFORE <= today <= day + AFTER for day in due):
        return DUE
    if row.get("looked") is None:
        return NEVER
    age = today - date.fromisoformat(row["looked"])
    return next((STALE - place for place, long in enumerate(LONG) if age >= long), 0)
