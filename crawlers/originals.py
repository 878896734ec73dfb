"""Where the same bytes were stored before, so that an unchanged page costs a ``revisit`` and no second copy.

A cache beside the run folders: losing it costs disk, never evidence. Rows enter after the captures they point at are
synced, and a row whose file is gone or too short is not believed.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Original:
    """The stored bytes: run, file and offset of their member, with the address and instant of that capture."""

    run: str
    file: str
    offset: int
    url: str
    date: str


class Originals:
    """The cache of one source: digest → original."""

    def __init__(self, cache: Path, runs: Path) -> None:
        cache.parent.mkdir(parents=True, exist_ok=True)
        self.runs = runs
        self._db = sqlite3.connect(cache, isolation_level=None)
        self._db.execute("pragma journal_mode=wal")
        self._db.execute(
            "create table if not exists originals (digest text primary key, run text, file text, offset integer,"
            " url text, date text) without rowid"
        )
        self._fresh: dict[str, Original] = {}
        self._sizes: dict[tuple[str, str], int] = {}

    def get(self, digest: str) -> Original | None:
        """The original of these bytes, this run's own included, where it still lies there."""
        if digest in self._fresh:
            return self._fresh[digest]
        row = self._db.execute(
            "select run, file, offset, url, date from originals where digest = ?", (digest,)
        ).fetchone()
        original = Original(*row) if row else None
        return original if original and original.offset < self._size(original) else None

    def add(self, digest: str, original: Original) -> None:
        """Remember bytes just written; kept for later runs after ``commit``."""
        self._fresh[digest] = original

    def commit(self) -> None:
        """Keep what was added: its captures are synced now."""
        rows = [(digest, o.run, o.file, o.offset, o.url, o.date) for digest, o in self._fresh.items()]
        self._db.execute("begin")
        self._db.executemany("insert or replace into originals values (?, ?, ?, ?, ?, ?)", rows)
        self._db.execute("commit")
        for _, run, file, *_rest in rows:
            self._sizes.pop((run, file), None)
        self._fresh.clear()

    def close(self) -> None:
        """Close the cache; what was not committed is forgotten."""
        self._db.close()

    def _size(self, original: Original) -> int:
        key = (original.run, original.file)
        if key not in self._sizes:
            path = self.runs / original.run / original.file
            self._sizes[key] = path.stat().st_size if path.is_file() else 0
        return self._sizes[key]
