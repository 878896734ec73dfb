"""Read a capture again: the gzip member at an offset, with its body, following a revisit to the stored original."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from crawlers.captures import CaptureRef, Headers
from crawlers.errors import CaptureError
from crawlers.segments import NAME
from crawlers.warcrecords import NOT_MODIFIED, entity_digest, sha256


@dataclass(frozen=True)
class Capture:
    """One archived answer; ``body`` is as sent (content coding kept), None where the source keeps no bytes.

    ``method`` and ``request_body`` are known only where the capture was read with its request (``read_captures``).
    """

    url: str
    at: str
    status: int
    headers: Headers
    body: bytes | None
    digest: str
    kind: str
    """``response``, ``revisit`` or ``resource`` (material supplied by a person)."""
    ref: CaptureRef
    method: str = "GET"
    request_body: bytes = b""


def open_capture(run_dir: Path, file: str, offset: int) -> Capture:
    """The capture at ``offset`` of ``file`` in a run folder; raises CaptureError where it is unreadable or altered."""
    path = _path(run_dir, file)
    with path.open("rb") as stream:
        stream.seek(offset)
        try:
            record = next(ArchiveIterator(stream), None)
            content = _body(record) if record is not None else b""
            capture = _capture(record, content, run_dir, file, offset) if record is not None else None
        except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
            raise CaptureError(
                f"{path}, offset {offset}: no readable record: {str(error)[:200]}; check the run with verify"
            ) from error
    if capture is None:
        raise CaptureError(f"{path}, offset {offset}: no response begins here; take the offset from a record's capture")
    return capture


def read_captures(run_dir: Path) -> Iterator[Capture]:
    """Every readable exchange of a run in order, with method and body of its request; a torn end is left out."""
    for path in sorted(run_dir.glob("captures-*.warc.gz")):
        yield from _read_file(run_dir, path)


def _read_file(run_dir: Path, path: Path) -> Iterator[Capture]:
    waiting: Capture | None = None
    with path.open("rb") as stream:
        records = ArchiveIterator(stream)
        while True:
            try:
                record = next(records, None)
                if record is None:
                    break
                if record.rec_type == "request" and waiting is not None:
                    waiting = replace(waiting, method=record.http_headers.protocol, request_body=_body(record))
                    continue
                content = _body(record)
                # Asking for the offset reads to the end of the member, so the content is taken before.
                following = _capture(record, content, run_dir, path.name, records.get_record_offset())
            except (ArchiveLoadFailed, EOFError, OSError):
                break
            if waiting is not None:
                yield waiting
            waiting = following
    if waiting is not None:
        yield waiting


def _capture(record: Any, content: bytes, run_dir: Path, file: str, offset: int) -> Capture | None:
    if record.rec_type not in ("response", "revisit", "resource"):
        return None
    header = record.rec_headers.get_header
    digest = entity_digest(header)
    origin = _original(record, run_dir) if record.rec_type == "revisit" else None
    body = origin.body if origin else None if header("WARC-Truncated") else content
    if body is not None and (found := sha256(body)) != digest:
        raise CaptureError(
            f"{run_dir / file}, offset {offset}: the bytes have {found}, {digest} was written; they were altered"
        )
    http = record.http_headers
    status = int(http.get_statuscode()) if http else 200
    headers = list(http.headers) if http else [("Content-Type", header("Content-Type") or "")]
    if origin and header("WARC-Profile") == NOT_MODIFIED:
        # What the site said again without sending it: a 304 is read as the answer that it confirms.
        status, headers = origin.status, origin.headers
    return Capture(
        url=header("WARC-Target-URI"),
        at=header("WARC-Date"),
        status=status,
        headers=headers,
        body=body,
        digest=digest,
        kind=record.rec_type,
        ref=CaptureRef(run=run_dir.name, file=file, offset=offset, digest=digest),
    )


def _body(record: Any) -> bytes:
    data: bytes = record.raw_stream.read()
    return data


def _original(record: Any, run_dir: Path) -> Capture:
    header = record.rec_headers.get_header
    run, file, offset = (header(f"Qingce-Refers-To-{part}") for part in ("Run", "File", "Offset"))
    if not (run and file and offset) or Path(run).name != run:
        raise CaptureError(f"{run_dir}: a revisit of {header('WARC-Target-URI')} does not say where its bytes lie")
    return open_capture(run_dir.parent / run, file, int(offset))


def _path(run_dir: Path, file: str) -> Path:
    if not NAME.match(file):
        raise CaptureError(f"{file!r} is no file of captures; a record's capture names one like captures-00001.warc.gz")
    path = run_dir / file
    if not path.is_file():
        raise CaptureError(f"{path}: no such file; the run folder is incomplete")
    return path
