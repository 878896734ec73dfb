"""Captures: every exchange with a site as WARC 1.1 records, one gzip member a record, bytes as they were sent.

Beside the standard headers a ``revisit`` carries ``Qingce-Refers-To-Run``, ``-File`` and ``-Offset``: where they lie.
A source that keeps only digests leaves the body out and says so (``WARC-Truncated: unspecified``).
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, TypedDict
from urllib.parse import quote

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawlers.originals import Original, Originals
from crawlers.segments import sync

Headers = list[tuple[str, str]]
SMALLEST_REVISIT = 512
"""Bodies below so many bytes are stored again: a revisit's own headers are as long."""
SEGMENT_BYTES = 1024**3
"""A WARC file beyond this size is followed by one with the next number."""
_NAME = "!#$&'*+^`|~"
_DROPPED = frozenset({"transfer-encoding"})
"""The body is stored without chunks, so its chunked coding no longer holds."""


class CaptureRef(TypedDict):
    """Where the archived bytes lie, as records and visits name it."""

    run: str
    file: str
    offset: int
    digest: str


@dataclass(frozen=True)
class Exchange:
    """One request and its answer; ``at`` is ISO 8601 in UTC, bodies are as sent over the wire (content coding kept)."""

    method: str
    url: str
    request_headers: Headers
    request_body: bytes
    status: int
    reason: str
    headers: Headers
    body: bytes
    at: str


class Archive:
    """The WARC segments of one run. ``keep``: ``bytes``, ``digest`` (headers and SHA-256) or ``none`` (SHA-256)."""

    def __init__(self, folder: Path, number: int, originals: Originals, keep: str = "bytes") -> None:
        self.folder, self.run, self.number = folder, folder.name, number
        self.originals, self.keep = originals, keep
        self.count = 0
        self.bytes = 0
        self._file: BinaryIO | None = None
        self._offset = 0
        self._build = WARCWriter(BytesIO(), gzip=False, warc_version="WARC/1.1")

    def write(self, exchange: Exchange) -> CaptureRef:
        """Store an exchange; durable after ``sync``."""
        file = self._open(exchange.at)
        digest = f"sha256:{hashlib.sha256(exchange.body).hexdigest()}"
        original = self.originals.get(digest) if self._may_refer(exchange) else None
        ref = CaptureRef(run=self.run, file=self._name, offset=self._offset, digest=digest)
        response = self._revisit(exchange, digest, original) if original else self._response(exchange, digest)
        self._append(file, response)
        self._append(file, self._request(exchange, response))
        if self._may_refer(exchange) and original is None:
            self.originals.add(digest, Original(self.run, ref["file"], ref["offset"], exchange.url, exchange.at))
        self.count += 1
        self.bytes += len(exchange.body)
        return ref

    def write_resource(self, url: str, content_type: str, body: bytes, at: str, filename: str) -> CaptureRef:
        """Store material that a person supplied as a WARC ``resource``, whole whatever ``keep`` says.

        ``url`` is where the person says it is from, ``at`` when it was taken there; ``Qingce-Supplied-File`` holds the
        percent-encoded name of the file and marks that no crawl fetched it. Durable after ``sync``.
        """
        file = self._open(at)
        digest = f"sha256:{hashlib.sha256(body).hexdigest()}"
        ref = CaptureRef(run=self.run, file=self._name, offset=self._offset, digest=digest)
        own = {"WARC-Date": at, "WARC-Payload-Digest": digest, "Qingce-Supplied-File": quote(filename)}
        record = self._build.create_warc_record(
            url, "resource", BytesIO(body), len(body), warc_content_type=content_type, warc_headers_dict=own
        )
        self._append(file, record)
        self.count += 1
        self.bytes += len(body)
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

    @property
    def _name(self) -> str:
        return f"captures-{self.number:05d}.warc.gz"

    def _may_refer(self, exchange: Exchange) -> bool:
        return self.keep == "bytes" and len(exchange.body) >= SMALLEST_REVISIT

    def _open(self, at: str) -> BinaryIO:
        if self._file is None:
            self._file = (self.folder / self._name).open("xb")
            self._offset = 0
            info = {"software": "Qingce", "format": "WARC File Format 1.1", "isPartOf": self.run}
            self._append(self._file, self._info(info, at))
        return self._file

    def _append(self, file: BinaryIO, record: Any) -> None:
        plain = BytesIO()
        self._build.out = plain
        self._build.write_record(record)
        # Level 6 instead of warcio's 9: a third of its time for one percent more bytes.
        deflate = zlib.compressobj(6, zlib.DEFLATED, zlib.MAX_WBITS + 16)
        self._offset += file.write(deflate.compress(plain.getvalue()) + deflate.flush())

    def _info(self, info: dict[str, str], at: str) -> Any:
        record = self._build.create_warcinfo_record(self._name, info)
        record.rec_headers.replace_header("WARC-Date", at)
        return record

    def _response(self, exchange: Exchange, digest: str) -> Any:
        own = {"WARC-Date": exchange.at, "WARC-Payload-Digest": digest}
        body, http = exchange.body, _http(exchange)
        if self.keep != "bytes":
            own["WARC-Truncated"] = "unspecified"
            body = b""
        if self.keep == "none":
            http = StatusAndHeaders(f"{exchange.status} {exchange.reason}".strip(), [], protocol="HTTP/1.1")
        return self._build.create_warc_record(
            exchange.url, "response", BytesIO(body), len(body), http_headers=http, warc_headers_dict=own
        )

    def _revisit(self, exchange: Exchange, digest: str, original: Original) -> Any:
        own = {
            "WARC-Date": exchange.at,
            "Qingce-Refers-To-Run": original.run,
            "Qingce-Refers-To-File": original.file,
            "Qingce-Refers-To-Offset": str(original.offset),
        }
        return self._build.create_revisit_record(
            exchange.url, digest, original.url, original.date, http_headers=_http(exchange), warc_headers_dict=own
        )

    def _request(self, exchange: Exchange, response: Any) -> Any:
        line = f"{exchange.method} {_target(exchange.url)} HTTP/1.1"
        http = StatusAndHeaders(line, exchange.request_headers, is_http_request=True)
        own = {"WARC-Date": exchange.at, "WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID")}
        body = exchange.request_body
        return self._build.create_warc_record(
            exchange.url, "request", BytesIO(body), len(body), http_headers=http, warc_headers_dict=own
        )


def _http(exchange: Exchange) -> StatusAndHeaders:
    # A broken server's header name may hold any byte; warcio escapes such values, but not names.
    kept = [(quote(name, safe=_NAME), value) for name, value in exchange.headers if name.lower() not in _DROPPED]
    return StatusAndHeaders(f"{exchange.status} {exchange.reason}".strip(), kept, protocol="HTTP/1.1")


def _target(url: str) -> str:
    rest = url.split("://", 1)[-1]
    return f"/{rest.split('/', 1)[1]}" if "/" in rest else "/"
