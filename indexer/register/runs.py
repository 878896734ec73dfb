"""Reads run folders: segments in order, each up to its first bad member; bad lines become issues and stop nothing."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from indexer.register.documents import CaptureRef
from indexer.register.records import Record, Visit, record_error, visit_error
from indexer.register.unknown import Unknown

FORMAT = 1
_CHUNK = 65_536
"""Bytes of a segment read at a time: segments grow to hundreds of megabytes."""


class RunError(Exception):
    """A run folder that cannot be read at all; the words say what was wrong, where, and what to do."""


@dataclass
class Issues:
    """Issue rows of one run, equal ones counted once; crawl and interpretation together."""

    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    first: dict[tuple[str, str, str], dict[str, Any]] = field(default_factory=dict)
    unknown: Unknown = field(default_factory=Unknown)
    """Words that the vocabulary lacks, with their own counts."""

    def add(self, severity: str, code: str, message: str, url: str = "", place: str = "", count: int = 1) -> None:
        """Counts an issue; of equal ones (severity, code, message) the first place is kept."""
        key = (severity, code, message)
        self.counts[key] += count
        self.first.setdefault(key, {"url": url, "place": place})

    def rows(self, limit: int = 200) -> list[dict[str, Any]]:
        """At most ``limit`` rows, errors first, then the most frequent."""
        order = {"error": 0, "warning": 1, "info": 2}
        keys = sorted(self.counts, key=lambda k: (order.get(k[0], 3), -self.counts[k], k))
        return [
            {"severity": key[0], "code": key[1], "message": key[2], **self.first[key], "count": self.counts[key]}
            for key in keys[:limit]
        ]

    def total(self) -> int:
        """All issues, repeated ones counted each time."""
        return sum(self.counts.values())


@dataclass
class Run:
    """One run folder. ``meta`` is run.json, ``source`` the effective definition the run used."""

    folder: Path
    meta: dict[str, Any]
    source: dict[str, Any]
    sha256: str
    issues: Issues = field(default_factory=Issues)

    @property
    def name(self) -> str:
        """The run's name, its folder's name."""
        return str(self.meta["run"])

    @property
    def walks_count(self) -> bool:
        """Only a finished run has walks: an aborted or stopped one never saw its whole list."""
        return bool(self.meta["status"] == "finished")

    @property
    def doubtful(self) -> dict[str, str]:
        """Kind → why what the run says of it is not believed (its layout fell out of the source's history)."""
        return dict(self.meta.get("doubtful") or {})

    def records(self) -> Iterator[Record]:
        """Every good record in order; those of a doubtful kind are held back and counted."""
        doubtful = self.doubtful
        for where, line in self._lines("records"):
            data = self._parse(where, line)
            error = record_error(data) if data is not None else None
            if error:
                self.issues.add("error", "bad-record", f"record skipped, {error}", place=where)
            elif data is not None and data["source"] != self.meta["source"]:
                self.issues.add("error", "bad-record", f"record of source {data['source']!r} skipped", place=where)
            elif data is not None and data["kind"] in doubtful:
                self.issues.add("warning", "record-held", f"records held: {doubtful[data['kind']]}", place=where)
            elif data is not None:
                yield data

    def records_with(self, marker: bytes) -> Iterator[Record]:
        """The good records whose line holds ``marker``; what is wrong with others is no concern here."""
        lines = (line for part in self._members("records") if marker in part for line in part.splitlines())
        for line in lines:
            data = self._parse("", line) if marker in line else None
            if data is None or record_error(data) is not None or data["source"] != self.meta["source"]:
                continue
            if data["kind"] not in self.doubtful:
                yield data

    def visits(self) -> Iterator[Visit]:
        """Every good visit in order; a look at a doubtful kind is no look."""
        doubtful = self.doubtful
        for where, line in self._lines("visits"):
            data = self._parse(where, line)
            error = visit_error(data) if data is not None else None
            if error:
                self.issues.add("error", "bad-visit", f"visit skipped, {error}", place=where)
            elif data is not None:
                if data["kind"] in doubtful and data["outcome"] in ("found", "absent"):
                    data |= {"outcome": "unreadable", "reason": doubtful[data["kind"]]}
                yield data

    def read_crawl_issues(self) -> None:
        """Adds the issue rows that the crawl wrote."""
        for where, line in self._lines("issues"):
            data = self._parse(where, line)
            if isinstance(data, dict):
                self.issues.add(
                    str(data.get("severity", "warning")), str(data.get("code", "crawl")), str(data.get("message", "")),
                    str(data.get("url") or ""), str(data.get("place") or ""),
                )  # fmt: skip

    def _parse(self, where: str, line: bytes) -> Any:
        try:
            return orjson.loads(line)
        except orjson.JSONDecodeError as error:
            self.issues.add("error", "bad-line", f"line skipped, not JSON: {error}", place=where)
            return None

    def _members(self, part: str) -> Iterator[bytes]:
        for segment in sorted(self.folder.glob(f"{part}-*.jsonl.gz")):
            yield from members(segment, self.issues)

    def _lines(self, part: str) -> Iterator[tuple[str, bytes]]:
        for segment in sorted(self.folder.glob(f"{part}-*.jsonl.gz")):
            number, before = 0, f"{segment.name} line "
            for member in members(segment, self.issues):
                for line in member.splitlines():
                    number += 1
                    if line.strip():
                        yield f"{before}{number}", line


def members(segment: Path, issues: Issues) -> Iterator[bytes]:
    """Each whole gzip member of a segment; the first torn or broken one ends it and is reported."""
    offset, ahead = 0, b""
    with segment.open("rb") as file:
        while ahead or (ahead := file.read(_CHUNK)):
            try:
                content, ahead = _inflate(file, ahead)
            except zlib.error as error:
                message = f"{segment.name}: bad member at byte {offset} ({error}); later lines of this segment are lost"
                issues.add("warning", "torn-segment", message, place=segment.name)
                return
            offset = file.tell() - len(ahead)
            yield content


def _inflate(file: BinaryIO, ahead: bytes) -> tuple[bytes, bytes]:
    """The member that starts with ``ahead``, and what was read behind it; raises zlib.error for a broken one."""
    inflate = zlib.decompressobj(wbits=31)
    parts = [inflate.decompress(ahead)]
    while not inflate.eof:
        chunk = file.read(_CHUNK)
        if not chunk:
            raise zlib.error("the file ends inside it")
        parts.append(inflate.decompress(chunk))
    return b"".join(parts), inflate.unused_data


def open_run(folder: Path) -> Run:
    """The run in ``folder``; raises RunError where run.json or source.json is missing or broken."""
    raw = _read(folder / "run.json")
    meta, source = _json(folder / "run.json", raw), _json(folder / "source.json", _read(folder / "source.json"))
    if meta.get("format") != FORMAT:
        raise RunError(f"{folder / 'run.json'}: format {meta.get('format')!r}, this program reads {FORMAT}; update it")
    for name in ("run", "source", "kind", "status", "started_at"):
        if not isinstance(meta.get(name), str):
            raise RunError(
                f"{folder / 'run.json'}: {name!r} is missing or no text; the folder was not written by a crawl"
            )
    return Run(folder, meta, source, hashlib.sha256(raw).hexdigest())


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror
        raise RunError(f"{path}: {reason}; the run cannot be indexed, check or remove the folder") from error


def _json(path: Path, raw: bytes) -> dict[str, Any]:
    try:
        data = json.loads(raw)
    except ValueError as error:
        raise RunError(f"{path}: not JSON ({error}); restore it or remove the folder") from error
    if not isinstance(data, dict):
        raise RunError(f"{path}: a JSON object was expected; restore it or remove the folder")
    return data


def is_live(meta: dict[str, Any], now: datetime) -> bool:
    """True for a running run whose lease has not ended by ``now`` (UTC): its crawl still writes."""
    until = (meta.get("lease") or {}).get("until")
    if meta.get("status") != "running" or not until:
        return False
    return bool(datetime.fromisoformat(str(until)) > now)


def capture_order(at: str, ref: CaptureRef) -> tuple[str, str, str, int]:
    """Sorts captures by instant, then run, file and offset: a total order that does not depend on indexing."""
    return at, ref["run"], ref["file"], ref["offset"]
