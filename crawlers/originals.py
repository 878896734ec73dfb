"""Where bytes were stored before, and by which validators a page can be asked for only if it changed.

So an unchanged page costs a ``revisit`` and no second copy, and where the site allows it not even a transfer. A cache
beside the run folders: losing it costs disk and traffic, never evidence. Rows enter after the captures they point at
are synced, and a row whose file is gone or too short is not believed.
"""

from __future__ import annotations

import sqlite3
from dataclasses import astuple, dataclass
from pathlib import Path

_TABLES = (
    "create table if not exists bodies (digest text primary key, run text, file text, offset integer, url text,"
    " date text) without rowid",
    "create table if not exists validators (url text primary key, etag text, modified text, digest text, run text,"
    " file text, offset integer, stored_url text, date text) without rowid",
)


@dataclass(frozen=True)
class Original:
    """The stored bytes: run, file and offset of their member, with the address and instant of that capture."""

    run: str
    file: str
    offset: int
    url: str
    date: str


@dataclass(frozen=True)
class Validators:
    """What the site said of the last good answer at an address (RFC 9110, 8.8), and where its bytes lie."""

    etag: str | None
    modified: str | None
    digest: str
    original: Original


class Originals:
    """The cache of one source: digest → original, address → validators."""

    def __init__(self, cache: Path, runs: Path) -> None:
        cache.parent.mkdir(parents=True, exist_ok=True)
        self.runs = runs
        self._db = sqlite3.connect(cache, isolation_level=None)
        self._db.execute("pragma journal_mode=wal")
        for table in _TABLES:
            self._db.execute(table)
        self._fresh: dict[str, Original] = {}
        self._asked: dict[str, Validators] = {}
        self._sizes: dict[tuple[str, str], int] = {}

    def get(self, digest: str) -> Original | None:
        """The original of these bytes, this run's own included, where it still lies there."""
        if digest in self._fresh:
            return self._fresh[digest]
        row = self._db.execute("select run, file, offset, url, date from bodies where digest = ?", (digest,)).fetchone()
        return self._believed(Original(*row)) if row else None

    def add(self, digest: str, original: Original) -> None:
        """Remember bytes just written; kept for later runs after ``commit``."""
        self._fresh[digest] = original

    def forget(self, digest: str) -> None:
        """These bytes cannot be read where they were stored: store them anew when they come again."""
        self._fresh.pop(digest, None)
        self._db.execute("delete from bodies where digest = ?", (digest,))

    def validators(self, url: str) -> Validators | None:
        """How the last good answer at ``url`` can be asked for anew; None where its bytes no longer lie there."""
        row = self._db.execute(
            "select etag, modified, digest, run, file, offset, stored_url, date from validators where url = ?",
            (url,),
        ).fetchone()
        if row is None or self._believed(original := Original(*row[3:])) is None:
            return None
        return Validators(row[0], row[1], row[2], original)

    def remember(self, url: str, found: Validators) -> None:
        """Remember a good answer; kept for later runs after ``commit``."""
        self._asked[url] = found

    def commit(self) -> None:
        """Keep what was added: its captures are synced now."""
        bodies = [(digest, *astuple(original)) for digest, original in self._fresh.items()]
        asked = [
            (url, found.etag, found.modified, found.digest, *astuple(found.original))
            for url, found in self._asked.items()
        ]
        self._db.execute("begin")
        self._db.executemany("insert or replace into bodies values (?, ?, ?, ?, ?, ?)", bodies)
        self._db.executemany("insert or replace into validators values (?, ?, ?, ?, ?, ?, ?, ?, ?)", asked)
        self._db.execute("commit")
        self._sizes.clear()
        self._fresh.clear()
        self._asked.clear()

    def close(self) -> None:
        """Close the cache; what was not committed is forgotten."""
        self._db.close()

    def _believed(self, original: Original) -> Original | None:
        return original if original.offset < self._size(original) else None

    def _size(self, original: Original) -> int:
        key = (original.run, original.file)
        if key not in self._sizes:
            path = self.runs / original.run / original.file
            self._sizes[key] = path.stat().st_size if path.is_file() else 0
        return self._sizes[key]
