"""Numbered segments of a run folder: JSON lines in gzip members, one member a flush.

Bytes after a torn member are lost to every reader, so nothing is ever appended to a file that an earlier start wrote.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, BinaryIO

NAME = re.compile(r"^(captures|records|visits|issues|requests)-(\d{5})\.(?:warc|jsonl)\.gz$")
_SYNCING = ThreadPoolExecutor(4, thread_name_prefix="sync")
ROWS_A_MEMBER = 2000
"""A flush of more rows is cut into members of so many, so that a reader never inflates much at once."""


def next_number(folder: Path) -> int:
    """The number that a start in this folder opens: one beyond every segment that is there."""
    numbers = [int(match[2]) for path in folder.iterdir() if (match := NAME.match(path.name))]
    return max(numbers, default=0) + 1


class Lines:
    """Rows of one sort (``records``, ``visits``, ``issues``, ``requests``), in memory until ``flush`` keeps them.

    The file is made at the first flush that has rows. ``count`` is the number of rows given.
    """

    def __init__(self, folder: Path, sort: str, number: int) -> None:
        self.path = folder / f"{sort}-{number:05d}.jsonl.gz"
        self.count = 0
        self._waiting: list[Mapping[str, Any]] = []
        self._file: BinaryIO | None = None

    def add(self, row: Mapping[str, Any]) -> None:
        """Take a row; it is durable after the next flush."""
        self._waiting.append(row)
        self.count += 1

    def flush(self) -> None:
        """Write what waits as complete gzip members and sync them to the disk."""
        if (file := self.write()) is not None:
            sync(file)

    def write(self) -> BinaryIO | None:
        """Write what waits; gives the file, which the caller syncs, or None where nothing waited."""
        if not self._waiting:
            return None
        if self._file is None:
            self._file = self.path.open("xb")
        for start in range(0, len(self._waiting), ROWS_A_MEMBER):
            self._file.write(_member(self._waiting[start : start + ROWS_A_MEMBER]))
        self._waiting.clear()
        return self._file

    def close(self) -> None:
        """Flush and close."""
        self.flush()
        if self._file is not None:
            self._file.close()


def sync(file: BinaryIO) -> None:
    """Everything written to ``file`` is on the disk when this returns."""
    file.flush()
    os.fsync(file.fileno())


def sync_all(files: Iterable[BinaryIO]) -> None:
    """As ``sync`` of each, side by side: the disk takes several files in about the time of one."""
    list(_SYNCING.map(sync, files))


def sync_folder(folder: Path) -> None:
    """The names in a folder are on the disk when this returns."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _member(rows: list[Mapping[str, Any]]) -> bytes:
    text = "".join(f"{json.dumps(row, ensure_ascii=False, separators=(',', ':'))}\n" for row in rows)
    # Level 4 costs half the time of 6 and a tenth more bytes; a surrogate from a broken page must not end the run.
    return gzip.compress(text.encode("utf-8", "backslashreplace"), 4, mtime=0)


def read_lines(folder: Path, sort: str) -> Iterator[dict[str, Any]]:
    """Every durable row of one sort; a segment ends at its first bad member and the next segment goes on."""
    for path in sorted(folder.glob(f"{sort}-*.jsonl.gz")):
        for member in members(path.read_bytes()):
            for line in member.decode("utf-8").splitlines():
                yield json.loads(line)


def members(data: bytes) -> Iterator[bytes]:
    """The complete gzip members at the start of ``data``; a torn or bad one ends it."""
    while data:
        inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)
        try:
            content = inflate.decompress(data)
        except zlib.error:
            return
        if not inflate.eof:
            return
        yield content
        data = inflate.unused_data
