"""Opens one archived answer: the gzip member at an offset of a run's WARC file, digest checked, revisit followed."""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from dataclasses import dataclass
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from indexer.register.documents import CaptureRef

_MOST_HOPS = 3


class CaptureError(Exception):
    """The archived bytes cannot be shown; the words say which capture, what was wrong and what to do."""


@dataclass(frozen=True)
class Capture:
    """One archived answer. ``body`` is decoded (content coding undone); ``digest`` is of the bytes as sent."""

    ref: CaptureRef
    """Where the bytes really lie (for a revisit the original's place)."""
    url: str
    captured_at: str
    """WARC-Date of the capture that was asked for."""
    status: int | None
    content_type: str
    headers: list[tuple[str, str]]
    body: bytes
    digest: str
    kept: bool
    """False where the source keeps only the digest (``keep: digest``): there is no body to show."""
    warc_type: str
    """``response``, ``resource`` (material supplied by a person) or ``revisit`` (unchanged since the original)."""


def open_capture(runs: Path, source: str, ref: CaptureRef) -> Capture:
    """The capture ``ref`` of ``source`` below ``runs`` (``settings.runs``).

    Raises CaptureError where the file or member is missing, is not a WARC record, or its digest does not agree.
    """
    asked = member = _member(runs, source, ref)
    for _ in range(_MOST_HOPS):
        if member.record.rec_type != "revisit":
            return _checked(asked, member)
        member = _member(runs, source, _original(member, ref))
    raise CaptureError(f"capture {_words(ref)}: more than {_MOST_HOPS} revisits in a row; the archive is damaged")


@dataclass(frozen=True)
class _Member:
    ref: CaptureRef
    record: ArcWarcRecord
    payload: bytes


def _member(runs: Path, source: str, ref: CaptureRef) -> _Member:
    """Reads one member; its payload is the entity body as sent."""
    path = _path(runs, source, ref)
    try:
        with path.open("rb") as stream:
            stream.seek(ref["offset"])
            record = next(ArchiveIterator(stream, ensure_http_headers=False))
            return _Member(ref, record, record.raw_stream.read())
    except (OSError, ArchiveLoadFailed, StopIteration, EOFError, zlib.error) as error:
        what = error.__class__.__name__
        raise CaptureError(f"capture {_words(ref)}: cannot be read ({what}: {error}); check the run folder") from error


def _path(runs: Path, source: str, ref: CaptureRef) -> Path:
    """The WARC file, kept inside the source's own folder."""
    folder = (runs / source).resolve()
    path = (folder / ref["run"] / ref["file"]).resolve()
    if not path.is_relative_to(folder):
        raise CaptureError(f"capture {_words(ref)}: points outside the runs of {source}")
    return path


def _original(member: _Member, asked: CaptureRef) -> CaptureRef:
    """Where a revisit says that its bytes lie."""
    headers = member.record.rec_headers
    run, file, offset = (headers.get_header(f"Qingce-Refers-To-{part}") for part in ("Run", "File", "Offset"))
    if not (run and file and offset and offset.isdigit()):
        raise CaptureError(f"capture {_words(asked)}: a revisit without run, file and offset of its original")
    return {"run": run, "file": file, "offset": int(offset), "digest": asked["digest"]}


def _checked(asked: _Member, found: _Member) -> Capture:
    digest = "sha256:" + hashlib.sha256(found.payload).hexdigest()
    kept = found.record.rec_headers.get_header("WARC-Truncated") is None
    if not kept:
        header = found.record.rec_headers.get_header
        digest = str(header("Qingce-Entity-Digest") or header("WARC-Payload-Digest") or "")
    if digest != asked.ref["digest"]:
        raise CaptureError(
            f"capture {_words(asked.ref)}: SHA-256 of the archived bytes is {digest}, recorded was "
            f"{asked.ref['digest']}; the archive was changed, do not use it as evidence"
        )
    http = found.record.http_headers
    headers = [(str(name), str(value)) for name, value in http.headers] if http else []
    names = {name.lower(): value for name, value in headers}
    return Capture(
        ref={**found.ref, "digest": digest},
        url=str(asked.record.rec_headers.get_header("WARC-Target-URI") or ""),
        captured_at=str(asked.record.rec_headers.get_header("WARC-Date") or ""),
        status=int(http.get_statuscode()) if http else None,
        content_type=names.get("content-type") or str(found.record.rec_headers.get_header("Content-Type") or ""),
        headers=headers,
        body=_decoded(found.payload, names.get("content-encoding", "") if kept else "", asked.ref),
        digest=digest,
        kept=kept,
        warc_type=str(asked.record.rec_type),
    )


def _decoded(payload: bytes, coding: str, ref: CaptureRef) -> bytes:
    """The body with its content coding undone."""
    try:
        match coding.strip().lower():
            case "" | "identity":
                return payload
            case "gzip" | "x-gzip":
                return gzip.GzipFile(fileobj=io.BytesIO(payload)).read()
            case "deflate":
                return _inflate(payload)
            case "br":
                return _brotli(payload)
    except (OSError, EOFError, zlib.error) as error:
        raise CaptureError(f"capture {_words(ref)}: content coding {coding!r} is broken ({error})") from error
    raise CaptureError(f"capture {_words(ref)}: content coding {coding!r} is not known; the raw bytes are archived")


def _inflate(payload: bytes) -> bytes:
    """deflate as servers send it: with the zlib header, or raw."""
    try:
        return zlib.decompress(payload)
    except zlib.error:
        return zlib.decompress(payload, wbits=-zlib.MAX_WBITS)


def _brotli(payload: bytes) -> bytes:
    import brotli  # type: ignore[import-untyped]

    try:
        return bytes(brotli.decompress(payload))
    except brotli.error as error:
        raise OSError(str(error)) from error


def _words(ref: CaptureRef) -> str:
    return f"{ref['run']}/{ref['file']} at byte {ref['offset']}"
