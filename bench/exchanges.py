"""The requests that a run made, out of its own captures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator

SENT = ("Content-Type", "Cookie", "User-Agent", "Accept", "Accept-Language")
"""Headers that are part of what is asked; the others are made by whoever sends it."""


def requests(run: Path) -> list[dict[str, Any]]:
    """``{method, url, headers, body}`` of every request of a run folder, in order; bodies as latin-1 text."""
    found = []
    for segment in sorted(run.glob("captures-*.warc.gz")):
        with segment.open("rb") as file:
            found += [_request(record) for record in ArchiveIterator(file) if record.rec_type == "request"]
    return found


def _request(record: Any) -> dict[str, Any]:
    pairs = ((name, record.http_headers.get_header(name)) for name in SENT)
    return {
        "method": record.http_headers.protocol,
        "url": record.rec_headers.get_header("WARC-Target-URI"),
        "headers": {name: value for name, value in pairs if value},
        "body": record.content_stream().read().decode("latin-1"),
    }
