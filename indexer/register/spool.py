"""The visits of a run, laid down on the disk until their enterprises are known: a run may look a million times."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator

import orjson

from indexer.register.documents import VisitDoc


class Spool:
    """Visit documents in the order they came; of two of one id the later look counts."""

    def __init__(self) -> None:
        # The file has no name and goes with the spool.
        self._file = tempfile.TemporaryFile(prefix="qingce-visits-")  # noqa: SIM115
        self._lines: dict[int, int] = {}
        """Key → number of the line that counts."""
        self._at: list[str] = []
        """Instant of each line; most instants are those of many."""
        self._walks: dict[int, VisitDoc] = {}
        self.kinds: set[str] = set()

    def put(self, visit: VisitDoc) -> None:
        """Lays one visit down."""
        key = _key(visit)
        known = self._lines.get(key)
        if known is None or self._at[known] <= visit["at"]:
            self._file.write(orjson.dumps(visit, option=orjson.OPT_APPEND_NEWLINE))
            self._lines[key] = len(self._at)
            self._at.append(sys.intern(visit["at"]))
            self.kinds.add(visit["kind"])
            if visit["scope"] == "walk":
                self._walks[key] = visit

    def __iter__(self) -> Iterator[VisitDoc]:
        self._file.seek(0)
        try:
            # Nothing is laid down while it is read, so the file's position is the iteration's own.
            for number, line in enumerate(self._file):
                visit: VisitDoc = orjson.loads(line)
                if self._lines[_key(visit)] == number:
                    yield visit
        finally:
            self._file.seek(0, 2)

    @property
    def walks(self) -> list[VisitDoc]:
        """The looks at whole lists: few, and at hand without reading all."""
        return list(self._walks.values())

    def __len__(self) -> int:
        return len(self._lines)


def _key(visit: VisitDoc) -> int:
    """The hash in the id (``v-`` and 16 hex): a fourth of the memory of its text."""
    return int(visit["id"][2:], 16)
