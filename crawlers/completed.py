"""The requests of a run whose page was read to its end: what the next run need not ask again if this one is cut short.

A row of ``requests-NNNNN.jsonl.gz`` is written after everything that was drawn from its page. A later run takes the
page over from this run's captures and reads it as if it had just come, so records and the walk are whole again.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from scrapy import Request

from crawlers.captures import CaptureRef
from crawlers.clock import Clock, stamp
from crawlers.segments import Lines, read_lines

SORT = "requests"
OUTSIDE = ("interrupted", "ended at its", "site down", "blocked")
"""Reasons to stop that do not put the pages read before in doubt."""
Facts = Mapping[str, Any]


def fingerprint(request: Request, lasting: Mapping[str, str] | None = None) -> str:
    """What a request asks: method, address and body, or instead of the body the ``lasting`` fields of its form.

    A key that a form hands out anew each time says nothing of what is asked, so a request with one is told by the rest.
    """
    body = request.body if lasting is None else json.dumps(sorted(lasting.items())).encode()
    text = f"{request.method} {request.url}\n".encode() + body
    return hashlib.blake2b(text, digest_size=16).hexdigest()


class Completed:
    """The list of one run: ``add`` at the start of a page's reading, ``withdraw`` where it turns out to be bad."""

    def __init__(self, folder: Path, number: int, kept: bool) -> None:
        self._lines = Lines(folder, SORT, number)
        self._kept = kept
        self._waiting: dict[tuple[str, str, int], dict[str, Any]] = {}

    def add(self, asked: str, url: str, at: str, capture: CaptureRef) -> None:
        """A request's page is there; nothing is noted where the source keeps no bytes to take it over from."""
        if self._kept:
            self._waiting[_place(capture)] = {"request": asked, "url": url, "at": at, "capture": capture}

    def withdraw(self, capture: CaptureRef | None) -> None:
        """The page is not what it should be: a later run asks for it again."""
        if capture is not None:
            self._waiting.pop(_place(capture), None)

    def flush(self) -> None:
        """Make the list durable; called after captures, records, visits and issues."""
        for row in self._waiting.values():
            self._lines.add(row)
        self._waiting.clear()
        self._lines.flush()

    def close(self) -> None:
        """Flush and close."""
        self.flush()
        self._lines.close()


def _place(capture: CaptureRef) -> tuple[str, str, int]:
    return capture["run"], capture["file"], capture["offset"]


class Earlier:
    """The completed requests of a run that was cut short, in a file of SQLite's own that goes with the process."""

    def __init__(self, folder: Path, since: str) -> None:
        self.run = folder.name
        self.taken = 0
        self._db = sqlite3.connect("")
        self._db.execute("create table rows (request text primary key, url text, at text, capture text) without rowid")
        rows = (
            (row["request"], row["url"], row["at"], json.dumps(row["capture"]))
            for row in read_lines(folder, SORT)
            if row["at"] >= since
        )
        self._db.executemany("insert or replace into rows values (?, ?, ?, ?)", rows)
        self.known = int(self._db.execute("select count(*) from rows").fetchone()[0])

    def get(self, asked: str) -> tuple[str, str, CaptureRef] | None:
        """Address, instant and place of the page that answered this request; None where it is still to be asked."""
        row = self._db.execute("select url, at, capture from rows where request = ?", (asked,)).fetchone()
        return (row[0], row[1], json.loads(row[2])) if row else None


def cut_short(before: tuple[Path, Facts] | None, clock: Clock, hours: float) -> Earlier | None:
    """What the run before left to be taken over: one that died, or stopped for a reason outside its pages."""
    if before is None or hours <= 0:
        return None
    folder, facts = before
    stopped = facts["status"] == "stopped" and str(facts["reason"]).startswith(OUTSIDE)
    if facts["kind"] != "crawl" or not (stopped or facts["status"] == "aborted"):
        return None
    found = Earlier(folder, stamp(clock.now() - timedelta(hours=hours)))
    return found if found.known else None
