"""WARC 1.1 records of exchanges, revisits and supplied material, as they are written: plain bytes of one record each.

Every digest is SHA-256 in hex, as in run.json and ``sha256sum``. What a reader of ours needs beyond the standard stands
in headers of our own: ``Qingce-Refers-To-Run``, ``-File``, ``-Offset`` (where a revisit's bytes lie) and
``Qingce-Entity-Digest`` (of the entity as sent, where the record itself holds other bytes or none).
"""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import quote

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawlers.originals import Original

Headers = list[tuple[str, str]]
SAME_BYTES = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
ENTITY = "Qingce-Entity-Digest"
_NAME = "!#$&'*+^`|~"
_DROPPED = frozenset({"transfer-encoding"})
"""The body is stored without chunks, so its chunked coding no longer holds."""


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
    ip: str | None = None
    """Address that answered, where known."""
    supplied: str | None = None
    """Name of the file in which a person supplied the exchange; None for one of our own crawls."""


def sha256(data: bytes) -> str:
    """``sha256:<hex>``."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


class _Digester:
    """What warcio asks for digests: SHA-256 instead of its SHA-1, hex instead of base 32."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def update(self, data: bytes) -> None:
        self._hash.update(data)

    def __str__(self) -> str:
        return f"sha256:{self._hash.hexdigest()}"


class Builder(WARCWriter):  # type: ignore[misc]
    """Builds records; ``plain`` gives the bytes of one."""

    def __init__(self) -> None:
        super().__init__(BytesIO(), gzip=False, warc_version="WARC/1.1")

    @staticmethod
    def _create_digester() -> _Digester:
        return _Digester()

    def plain(self, record: Any) -> bytes:
        """The record as it stands in a file, not compressed."""
        self.out = BytesIO()
        self.write_record(record)
        written: bytes = self.out.getvalue()
        return written

    def info(self, name: str, facts: dict[str, str], at: str) -> Any:
        """The ``warcinfo`` at the head of a file."""
        record = self.create_warcinfo_record(name, facts)
        record.rec_headers.replace_header("WARC-Date", at)
        return record

    def response(self, identifier: str, exchange: Exchange, digest: str, keep: str) -> Any:
        """The answer; where ``keep`` says that its bytes are not kept, without them and with their digest."""
        own = _own(identifier, exchange)
        body, http = exchange.body, _http(exchange)
        if keep == "bytes":
            own["WARC-Payload-Digest"] = digest
        else:
            own |= {"WARC-Truncated": "unspecified", ENTITY: digest}
            body = b""
        if keep == "none":
            http = StatusAndHeaders(f"{exchange.status} {exchange.reason}".strip(), [], protocol="HTTP/1.1")
        return self.create_warc_record(
            exchange.url, "response", BytesIO(body), len(body), http_headers=http, warc_headers_dict=own
        )

    def revisit(
        self, identifier: str, exchange: Exchange, digest: str, original: Original, refers_to: str, profile: str
    ) -> Any:
        """The answer's headers, and where its unchanged bytes lie (WARC 1.1, 6.7.2 and 6.7.3)."""
        own = {
            **_own(identifier, exchange),
            "WARC-Profile": profile,
            "WARC-Refers-To": refers_to,
            "WARC-Refers-To-Target-URI": original.url,
            "WARC-Refers-To-Date": original.date,
            "WARC-Truncated": "length",
            # The payload digest belongs to the first profile alone: a 304 has no payload of its own to digest.
            ("WARC-Payload-Digest" if profile == SAME_BYTES else ENTITY): digest,
            "Qingce-Refers-To-Run": original.run,
            "Qingce-Refers-To-File": original.file,
            "Qingce-Refers-To-Offset": str(original.offset),
        }
        return self.create_warc_record(exchange.url, "revisit", http_headers=_http(exchange), warc_headers_dict=own)

    def request(self, exchange: Exchange, answer: str) -> Any:
        """The request, linked to its answer's record."""
        line = f"{exchange.method} {_target(exchange.url)} HTTP/1.1"
        http = StatusAndHeaders(line, exchange.request_headers, is_http_request=True)
        own = {"WARC-Date": exchange.at, "WARC-Concurrent-To": answer}
        body = exchange.request_body
        return self.create_warc_record(
            exchange.url, "request", BytesIO(body), len(body), http_headers=http, warc_headers_dict=own
        )

    def resource(self, url: str, content_type: str, body: bytes, at: str, filename: str) -> Any:
        """Material that a person supplied, marked by ``Qingce-Supplied-File`` (its percent-encoded name)."""
        own = {"WARC-Date": at, "WARC-Payload-Digest": sha256(body), "Qingce-Supplied-File": quote(filename)}
        return self.create_warc_record(
            url, "resource", BytesIO(body), len(body), warc_content_type=content_type, warc_headers_dict=own
        )


def record_id(source: str, run: str, file: str, offset: int) -> str:
    """``<urn:uuid:…>`` of the answer at a place: made from the place, so that a revisit can name it."""
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'qingce:{source}/{run}/{file}/{offset}')}>"


def entity_digest(header: Any) -> str:
    """Digest of the entity as sent, off a record's headers (``rec_headers.get_header``)."""
    return str(header(ENTITY) or header("WARC-Payload-Digest") or "")


def _own(identifier: str, exchange: Exchange) -> dict[str, str]:
    address = {"WARC-IP-Address": exchange.ip} if exchange.ip else {}
    if exchange.supplied:
        address["Qingce-Supplied-File"] = quote(exchange.supplied)
    return {"WARC-Record-ID": identifier, "WARC-Date": exchange.at, **address}


def _http(exchange: Exchange) -> StatusAndHeaders:
    # A broken server's header name may hold any byte; warcio escapes such values, but not names.
    kept = [(quote(name, safe=_NAME), value) for name, value in exchange.headers if name.lower() not in _DROPPED]
    return StatusAndHeaders(f"{exchange.status} {exchange.reason}".strip(), kept, protocol="HTTP/1.1")


def _target(url: str) -> str:
    rest = url.split("://", 1)[-1]
    return f"/{rest.split('/', 1)[1]}" if "/" in rest else "/"
