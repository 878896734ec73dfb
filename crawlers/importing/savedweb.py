"""What a WARC of another tool holds, exchange by exchange, as our archive keeps it; what cannot be kept is an issue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed

from crawlers.clock import stamp
from crawlers.importing.errors import ImportRefusedError
from crawlers.readers.document import ReadIssue
from crawlers.warcrecords import Exchange, sha256

_BROKEN = (ArchiveLoadFailed, EOFError, OSError, ValueError)


@dataclass(frozen=True)
class Resource:
    """Material in the WARC that no exchange brought: a screenshot, a file."""

    url: str
    content_type: str
    body: bytes
    at: str


@dataclass
class Saved:
    """Reads one WARC; ``issues`` fill while ``items`` is read."""

    path: Path
    most: int
    """Largest body taken, in bytes."""
    issues: list[ReadIssue] = field(default_factory=list)
    _bodies: dict[str, bytes] = field(default_factory=dict)

    def items(self) -> Iterator[Exchange | Resource]:
        """Every exchange and resource of http addresses, in order; raises ImportRefusedError where it is no WARC."""
        requests = self._requests()
        for record, place in self._records():
            header = record.rec_headers.get_header
            if record.rec_type not in ("response", "revisit", "resource"):
                continue
            url = str(header("WARC-Target-URI") or "").strip("<>")
            if not url.startswith(("http://", "https://")):
                self._issue("info", "not-http", f"{record.rec_type} of {url[:200]!r} is left out", place)
                continue
            yield from self._item(record, url, requests, place)

    def _item(self, record: Any, url: str, requests: dict[str, Exchange], place: str) -> Iterator[Exchange | Resource]:
        header = record.rec_headers.get_header
        try:
            at, body = _instant(str(header("WARC-Date"))), _body(record, self.most)
        except _BROKEN as error:
            self._issue("error", "record-unreadable", f"{url}: {error}", place)
            return
        if record.digest_checker.passed is False:
            problems = "; ".join(record.digest_checker.problems)
            self._issue("error", "digest-differs", f"{url}: {problems}: altered since it was saved; left out", place)
            return
        if record.rec_type == "resource":
            yield Resource(url, str(header("Content-Type") or "application/octet-stream"), body, at)
        elif record.http_headers is None:
            self._issue("error", "record-unreadable", f"{url}: an answer without its HTTP headers; left out", place)
        elif record.rec_type == "revisit" and (known := self._bodies.get(_digest(header))) is None:
            self._issue("error", "revisit-unresolved", f"{url}: its bytes are not in this file; left out", place)
        else:
            whole = known if record.rec_type == "revisit" and known is not None else body
            self._bodies[_digest(header) or sha256(whole)] = whole
            asked = requests.get(str(header("WARC-Record-ID"))) or requests.get(str(header("WARC-Concurrent-To")))
            yield _exchange(record, url, at, whole, asked, self.path.name)

    def _requests(self) -> dict[str, Exchange]:
        """Requests by their own id and by the id of the record they are linked to."""
        found: dict[str, Exchange] = {}
        for record, _ in self._records():
            if record.rec_type == "request" and record.http_headers is not None:
                header = record.rec_headers.get_header
                asked = _request(record)
                found |= {str(name): asked for name in (header("WARC-Record-ID"), header("WARC-Concurrent-To")) if name}
        self.issues.clear()  # the second reading says it again
        return found

    def _records(self) -> Iterator[tuple[Any, str]]:
        number = 0
        with self.path.open("rb") as stream:
            records = ArchiveIterator(stream, check_digests=True)
            while True:
                try:
                    record = next(records, None)
                except _BROKEN as error:
                    if not number:
                        raise ImportRefusedError(
                            f"{self.path}: no WARC can be read from it: {str(error)[:200]}"
                        ) from error
                    message = f"the file ends at a record that cannot be read: {str(error)[:200]}; what follows is lost"
                    self._issue("error", "file-torn", message, f"record {number + 1}")
                    return
                if record is None:
                    return
                number += 1
                yield record, f"record {number}"

    def _issue(self, severity: Any, code: str, message: str, place: str) -> None:
        self.issues.append(ReadIssue(severity, code, message, place))


def _body(record: Any, most: int) -> bytes:
    """The entity as sent: its content coding kept, its chunks undone."""
    headers = record.http_headers
    chunked = headers is not None and "chunked" in (headers.get_header("Transfer-Encoding") or "").lower()
    stream = ChunkedDataReader(record.raw_stream, decomp_type=None) if chunked else record.raw_stream
    parts, size = [], 0
    while part := stream.read(65_536):
        parts.append(part)
        size += len(part)
        if size > most:
            raise ValueError(f"more than {most} bytes, larger than is taken (QINGCE_CRAWL_MAX_MB); left out")
    return b"".join(parts)


def _exchange(record: Any, url: str, at: str, body: bytes, asked: Exchange | None, name: str) -> Exchange:
    status = record.http_headers.get_statuscode()
    line = record.http_headers.statusline.split(" ", 1)
    base = asked or Exchange("GET", url, [], b"", 0, "", [], b"", at)
    return replace(
        base, url=url, status=int(status) if status.isdigit() else 0, reason=line[1] if len(line) > 1 else "",
        headers=[(str(key), str(value)) for key, value in record.http_headers.headers], body=body, at=at, supplied=name,
    )  # fmt: skip


def _request(record: Any) -> Exchange:
    headers = [(str(name), str(value)) for name, value in record.http_headers.headers]
    body: bytes = record.raw_stream.read()
    return Exchange(record.http_headers.protocol, "", headers, body, 0, "", [], b"", "")


def _digest(header: Any) -> str:
    return str(header("WARC-Payload-Digest") or "")


def _instant(text: str) -> str:
    return stamp(datetime.fromisoformat(text.replace("Z", "+00:00")).replace(tzinfo=UTC))
