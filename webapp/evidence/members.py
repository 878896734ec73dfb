"""The very bytes of archived records: whole gzip members, copied, never written anew."""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from indexer.register.captures import CaptureError
from indexer.register.documents import CaptureRef

_CHUNK = 65_536


@dataclass(frozen=True)
class Member:
    """One record of an archive: its gzip member as it lies there, and its WARC headers."""

    data: bytes
    kind: str
    headers: dict[str, str]
    digest: str | None
    """SHA-256 of the entity in it; None where it holds none (a revisit, bytes that are not kept)."""

    @property
    def original(self) -> tuple[str, str, int] | None:
        """Of a revisit the run, file and offset of its bytes; None for any other record."""
        run, file, offset = (self.headers.get(f"Qingce-Refers-To-{part}") for part in ("Run", "File", "Offset"))
        return (run, file, int(offset)) if run and file and offset else None


def answer(runs: Path, source: str, ref: CaptureRef) -> list[Member]:
    """The records of a capture: the answer, and the request that is linked to it; raises CaptureError."""
    path = runs / source / ref["run"] / ref["file"]
    try:
        with path.open("rb") as stream:
            stream.seek(ref["offset"])
            found = _members(stream)
            first = next(found, None)
            if first is None:
                raise CaptureError(f"{path.name}, offset {ref['offset']}: no record begins here")
            following = next(found, None)
    except (OSError, zlib.error, ArchiveLoadFailed, EOFError, ValueError) as error:
        raise CaptureError(f"{path.name}, offset {ref['offset']}: cannot be read: {error}") from error
    if first.digest not in (None, ref["digest"]):
        raise CaptureError(
            f"{path.name}, offset {ref['offset']}: its bytes have {first.digest}, {ref['digest']} was recorded; altered"
        )
    linked = following is not None and following.headers.get("WARC-Concurrent-To") == first.headers["WARC-Record-ID"]
    return [first, following] if following is not None and linked else [first]


def _members(stream: Any) -> Iterator[Member]:
    """The gzip members from where the stream stands; a torn end is no member."""
    rest = b""
    while rest := rest or stream.read(_CHUNK):
        inflate, taken = zlib.decompressobj(31), []
        plain = io.BytesIO()
        while not inflate.eof:
            plain.write(inflate.decompress(rest))
            taken.append(rest[: len(rest) - len(inflate.unused_data)])
            rest = inflate.unused_data if inflate.eof else stream.read(_CHUNK)
            if not rest and not inflate.eof:
                return
        yield _member(b"".join(taken), plain.getvalue())


def _member(data: bytes, plain: bytes) -> Member:
    record = next(ArchiveIterator(io.BytesIO(plain), ensure_http_headers=False))
    headers = dict(record.rec_headers.headers)
    cut = record.rec_type == "revisit" or "WARC-Truncated" in headers
    digest = None if cut else f"sha256:{hashlib.sha256(record.raw_stream.read()).hexdigest()}"
    return Member(data, record.rec_type, headers, digest)
