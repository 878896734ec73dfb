"""What a run brought, counted for its floors: rows a kind, filled cells of the watched columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Counts:
    """``rows[kind]``; of a watched column the rows that have it (``carried``) and those that fill it (``filled``)."""

    watched: Mapping[str, list[str]]
    rows: Counter[str] = field(default_factory=Counter)
    carried: Counter[tuple[str, str]] = field(default_factory=Counter)
    filled: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, record: Mapping[str, Any]) -> None:
        """Count one record with the rows merged into it."""
        kind, rows = record["kind"], record["rows"]
        self.rows[kind] += rows
        for column in self.watched.get(kind, ()):
            if column in record["fields"]:
                self.carried[kind, column] += rows
                self.filled[kind, column] += rows if record["fields"][column] else 0
