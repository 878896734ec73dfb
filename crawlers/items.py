"""What one page yields, records, visits and issues together: Scrapy carries one item a page, not one a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from crawlers.captures import CaptureRef
from crawlers.subjects import NOBODY, Subject

Row = dict[str, Any]


@dataclass(frozen=True)
class Seen:
    """The page that rows were read from: address, instant of its capture, and where that lies."""

    url: str
    at: str
    capture: CaptureRef | None


@dataclass
class Harvest:
    """Rows of the contracts (sections 3 to 5), in the order of the page."""

    page: Seen
    records: list[Row] = field(default_factory=list)
    visits: list[Row] = field(default_factory=list)
    issues: list[Row] = field(default_factory=list)


def record(
    source: str, kind: str, page: Seen, place: str, fields: Mapping[str, str], *, key: str | None = None,
    title: str | None = None, text: str | None = None, published_at: str | None = None, subject: Subject = NOBODY,
    rows: int = 1,
) -> Row:  # fmt: skip
    """A record row; ``page.capture`` must be there: no record without evidence."""
    if page.capture is None:
        raise ValueError(f"a record of {page.url} without a capture")
    return {
        "source": source, "kind": kind, "url": page.url, "captured_at": page.at, "capture": page.capture,
        "place": place, "key": key, "fields": dict(fields), "title": title, "text": text,
        "published_at": published_at, "subject": subject, "rows": rows,
    }  # fmt: skip


def issue(
    page: Seen, severity: str, code: str, message: str, place: str | None = None, value: str | None = None
) -> Row:
    """An issue row: ``message`` says what, where and what to do."""
    return {
        "at": page.at, "severity": severity, "code": code, "message": message, "url": page.url,
        "place": place, "value": value[:2000] if value else value, "capture": page.capture,
    }  # fmt: skip
