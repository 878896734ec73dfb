"""Writes small run folders as the crawlers do (docs/reference/contracts.md, 2): gzip members, WARC, run.json."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

SUBJECT = {"name": None, "uscc": None, "external_id": None, "region": None}
SOURCE: dict[str, Any] = {
    "name": "demo",
    "title": "示例平台",
    "publisher": {"name": "示例市生态环境局", "level": "city"},
    "channel": "city_bureau",
    "covers": [
        {
            "kinds": ["listing", "profile", "emission", "emergency_plan", "monitoring"],
            "classes": ["KPU"],
            "regions": ["99"],
        }
    ],
    "active": {"from": "2020-01-01", "to": None},
    "fields": {},
    "regions": {"99": "示例省", "9901": "甲市", "990101": "甲一区", "9902": "乙市", "990201": "乙一区"},
    "membership": {"class": "KPU", "year_from": "title", "published": "published_at"},
}


@dataclass
class Folder:
    """A run folder under construction; ``at`` is the instant of everything in it unless told otherwise."""

    root: Path
    at: str
    source: dict[str, Any] = field(default_factory=lambda: dict(SOURCE))
    status: str = "finished"
    suffix: str = "000001"
    records: list[dict[str, Any]] = field(default_factory=list)
    visits: list[dict[str, Any]] = field(default_factory=list)
    captures: bytes = b""

    @property
    def name(self) -> str:
        """Name of the run."""
        return f"{self.at.replace('-', '').replace(':', '')}-{self.suffix}"

    @property
    def path(self) -> Path:
        """The run's folder."""
        return self.root / "runs" / self.source["name"] / self.name

    def capture(self, body: bytes = b"x", coding: str = "", url: str = "http://127.0.0.1/") -> dict[str, Any]:
        """Archives a body and returns its reference."""
        out = io.BytesIO()
        writer = WARCWriter(out, gzip=True, warc_version="1.1")
        headers = [("Content-Type", "text/html")] + ([("Content-Encoding", coding)] if coding else [])
        http = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
        own = {"WARC-Date": self.at}
        record = writer.create_warc_record(
            url, "response", io.BytesIO(body), len(body), http_headers=http, warc_headers_dict=own
        )
        writer.write_record(record)
        return self._append(out.getvalue(), body)

    def revisit(self, of: dict[str, Any], body: bytes) -> dict[str, Any]:
        """Archives that the body is unchanged since ``of``."""
        out = io.BytesIO()
        writer = WARCWriter(out, gzip=True, warc_version="1.1")
        own = {
            "WARC-Date": self.at, "Qingce-Refers-To-Run": of["run"], "Qingce-Refers-To-File": of["file"],
            "Qingce-Refers-To-Offset": str(of["offset"]),
        }  # fmt: skip
        record = writer.create_revisit_record(
            "http://127.0.0.1/", of["digest"], "http://127.0.0.1/", self.at, warc_headers_dict=own
        )
        writer.write_record(record)
        return self._append(out.getvalue(), body)

    def _append(self, member: bytes, body: bytes) -> dict[str, Any]:
        offset = len(self.captures)
        self.captures += member
        digest = "sha256:" + hashlib.sha256(body).hexdigest()
        return {"run": self.name, "file": "captures-00001.warc.gz", "offset": offset, "digest": digest}

    def record(self, kind: str, subject: dict[str, Any], fields: dict[str, str], **more: Any) -> dict[str, Any]:
        """Adds a record (its own capture is made once a folder)."""
        if not self.captures:
            self._ref = self.capture()
        data = {
            "source": self.source["name"], "kind": kind, "url": "http://127.0.0.1/x", "captured_at": self.at,
            "capture": dict(self._ref), "place": f"rows[{len(self.records)}]", "key": None, "fields": fields,
            "title": None, "text": None, "published_at": None, "subject": SUBJECT | subject, "rows": 1, **more,
        }  # fmt: skip
        self.records.append(data)
        return data

    def page(self, kind: str, subject: dict[str, Any], outcome: str, **more: Any) -> None:
        """Adds a page visit."""
        self.visits.append({
            "scope": "page", "source": self.source["name"], "kind": kind, "subject": SUBJECT | subject, "period": None,
            "url": f"http://127.0.0.1/{kind}/{subject.get('external_id')}", "at": self.at, "outcome": outcome,
            "reason": None, "capture": None, **more,
        })  # fmt: skip

    def walk(self, kind: str, complete: bool = True, **more: Any) -> None:
        """Adds a walk."""
        self.visits.append({
            "scope": "walk", "source": self.source["name"], "kind": kind, "period": None, "region": None, "at": self.at,
            "stated_total": None, "rows_seen": 1, "distinct_keys": 1, "pages_ok": 1, "pages_failed": 0,
            "complete": complete, "outcome": "found" if complete else "failed", "reason": None, **more,
        })  # fmt: skip

    def write(self, members: int = 2) -> Path:
        """Writes everything, records and visits in ``members`` gzip members each; run.json last."""
        self.path.mkdir(parents=True, exist_ok=True)
        (self.path / "captures-00001.warc.gz").write_bytes(self.captures)
        for part, lines in (("records", self.records), ("visits", self.visits)):
            content = b"".join(member(lines[n::members]) for n in range(members) if lines[n::members])
            (self.path / f"{part}-00001.jsonl.gz").write_bytes(content)
        (self.path / "source.json").write_text(json.dumps(self.source, ensure_ascii=False), encoding="utf-8")
        meta = {
            "format": 1, "source": self.source["name"], "run": self.name, "kind": "crawl", "of": None,
            "parser": "0.1.0", "clock": "real", "started_at": self.at, "finished_at": self.at, "status": self.status,
            "reason": None, "lease": None, "counts": {"records": len(self.records)}, "files": {}, "previous": None,
        }  # fmt: skip
        (self.path / "run.json").write_text(json.dumps(meta), encoding="utf-8")
        return self.path


def member(lines: list[dict[str, Any]]) -> bytes:
    """One gzip member of JSON lines."""
    return gzip.compress(b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines), mtime=0)
