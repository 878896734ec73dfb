"""Captures: every exchange with a site as WARC 1.1 records, one gzip member a record, bytes as they were sent.

A source that keeps only digests leaves the body out and says so (``WARC-Truncated: unspecified``); bytes that were
stored before become a ``revisit`` that leads to them.
"""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any, BinaryIO, TypedDict

from crawlers.originals import Original, Originals
from crawlers.segments import sync
from crawlers.warcrecords import NOT_MODIFIED, SAME_BYTES, Builder, Exchange, Headers, record_id, sha256

__all__ = ["Archive", "CaptureRef", "Exchange", "Headers"]
SMALLEST_REVISIT = 512
"""Bodies below so many bytes are stored again: a revisit's own headers are as long."""
SEGMENT_BYTES = 1024**3
"""A WARC file beyond this size is followed by one with the next number."""


class CaptureRef(TypedDict):
    """Where the archived bytes lie, as records and visits name it."""

    run: str
    file: str
    offset: int
    digest: str


class Archive:
    """The WARC segments of one run. ``keep``: ``bytes``, ``digest`` (headers and SHA-256) or ``none`` (SHA-256)."""

    def __init__(self, folder: Path, number: int, originals: Originals, keep: str = "bytes") -> None:
        self.folder, self.run, self.number = folder, folder.name, number
        self.originals, self.keep = originals, keep
        self.count = 0
        self.bytes = 0
        self._file: BinaryIO | None = None
        self._offset = 0
        self._build = Builder()

    def write(self, exchange: Exchange) -> CaptureRef:
        """Store an exchange; durable after ``sync``."""
        digest, file = sha256(exchange.body), self._open(exchange.at)
        ref, identifier = self._ref(digest), self._id(self.run, self._name, self._offset)
        may_refer = self.keep == "bytes" and len(exchange.body) >= SMALLEST_REVISIT
        original = self.originals.get(digest) if may_refer else None
        if original is None:
            response = self._build.response(identifier, exchange, digest, self.keep)
        else:
            response = self._revisit(identifier, exchange, digest, original, SAME_BYTES)
        self._pair(file, identifier, exchange, response)
        if may_refer and original is None:
            self.originals.add(digest, Original(self.run, ref["file"], ref["offset"], exchange.url, exchange.at))
        return ref

    def write_unmodified(self, exchange: Exchange, digest: str, original: Original) -> CaptureRef:
        """Store an answer 304 (not modified) as a revisit of ``original``, whose entity has ``digest``."""
        file = self._open(exchange.at)
        ref, identifier = self._ref(digest), self._id(self.run, self._name, self._offset)
        self._pair(file, identifier, exchange, self._revisit(identifier, exchange, digest, original, NOT_MODIFIED))
        return ref

    def write_resource(self, url: str, content_type: str, body: bytes, at: str, filename: str) -> CaptureRef:
        """Store material that a person supplied as a WARC ``resource``, whole whatever ``keep`` says.

        ``url`` is where the person says it is from, ``at`` when it was taken there. Durable after ``sync``.
        """
        file = self._open(at)
        ref = self._ref(sha256(body))
        self._append(file, self._build.resource(url, content_type, body, at, filename))
        self._tally(body)
        return ref

    def sync(self) -> None:
        """Everything written is on the disk when this returns; a full segment is closed."""
        if self._file is None:
            return
        sync(self._file)
        self.originals.commit()
        if self._offset > SEGMENT_BYTES:
            self._file.close()
            self._file = None
            self.number += 1

    def close(self) -> None:
        """Sync and close."""
        self.sync()
        if self._file is not None:
            self._file.close()
            self._file = None
        self.originals.close()

    def _pair(self, file: BinaryIO, identifier: str, exchange: Exchange, response: Any) -> None:
        self._append(file, response)
        self._append(file, self._build.request(exchange, identifier))
        self._tally(exchange.body)

    def _revisit(self, identifier: str, exchange: Exchange, digest: str, original: Original, profile: str) -> Any:
        refers_to = self._id(original.run, original.file, original.offset)
        return self._build.revisit(identifier, exchange, digest, original, refers_to, profile)

    def _id(self, run: str, file: str, offset: int) -> str:
        return record_id(self.folder.parent.name, run, file, offset)

    def _ref(self, digest: str) -> CaptureRef:
        return CaptureRef(run=self.run, file=self._name, offset=self._offset, digest=digest)

    def _tally(self, body: bytes) -> None:
        self.count += 1
        self.bytes += len(body)

    @property
    def _name(self) -> str:
        return f"captures-{self.number:05d}.warc.gz"

    def _open(self, at: str) -> BinaryIO:
        if self._file is None:
            self._file = (self.folder / self._name).open("xb")
            self._offset = 0
            facts = {"software": "Qingce", "format": "WARC File Format 1.1", "isPartOf": self.run}
            self._append(self._file, self._build.info(self._name, facts, at))
        return self._file

    def _append(self, file: BinaryIO, record: Any) -> None:
        # Level 6 instead of warcio's 9: a third of its time for one percent more bytes.
        deflate = zlib.compressobj(6, zlib.DEFLATED, zlib.MAX_WBITS + 16)
        self._offset += file.write(deflate.compress(self._build.plain(record)) + deflate.flush())
