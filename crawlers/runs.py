"""Run folders: opened, made durable in steps, closed with a manifest; what the indexer reads (contracts, section 2)."""

from __future__ import annotations

import fcntl
import hashlib
import json
import secrets
import shutil
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Literal

from crawlers import lease, settings
from crawlers.captures import Archive
from crawlers.clock import Clock
from crawlers.completed import Completed, Earlier, cut_short
from crawlers.errors import RunError
from crawlers.originals import Originals
from crawlers.segments import Lines, next_number, read_lines, sync, sync_all, sync_folder
from crawlers.source import Source, export

Status = Literal["finished", "stopped", "aborted"]
RunKind = Literal["crawl", "extract", "import"]
_RUNS = "[0-9]*/run.json"
_NURSERY = ".new-"
_NO_COUNTS = {"captures": 0, "records": 0, "visits": 0, "issues": 0, "requests": 0, "bytes": 0}


class Run:
    """A run folder being written. ``commit`` makes captures durable first, then the rows drawn from them."""

    def __init__(
        self, var: Path, source: Source, clock: Clock, kind: RunKind = "crawl", of: str | None = None,
        lease_seconds: float = 60.0, continue_hours: float = 0.0, period: str | None = None,
    ) -> None:  # fmt: skip
        home = var / "runs" / source.name
        home.mkdir(parents=True, exist_ok=True)
        self._lock = _locked(home)
        close_dead(home)
        started = clock.now()
        self.folder = home / f"{started:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
        self.name, self.clock, self.lease_seconds = self.folder.name, clock, lease_seconds
        before = _previous(home)
        self.requests = 0
        self.earlier: Earlier | None = cut_short(_last_crawl(home), clock, continue_hours)
        self._facts = _facts(source.name, self.folder.name, kind, of, clock, started, before)
        self._facts |= {"continues": self.earlier.run if self.earlier else None, "period": period}
        self._renewed = 0.0
        self._make(source, home)
        self._open(source, var)

    def _make(self, source: Source, home: Path) -> None:
        """The folder appears with its run.json in it, or not at all."""
        nursery = home / f"{_NURSERY}{self.name}"
        nursery.mkdir()
        export(source, nursery)
        self._facts["lease"] = lease.taken(self.lease_seconds)
        write_facts(nursery, self._facts)
        nursery.rename(self.folder)
        sync_folder(home)

    def _open(self, source: Source, var: Path) -> None:
        number = next_number(self.folder)
        originals = Originals(var / "cache" / f"captures-{source.name}.sqlite", self.folder.parent)
        self.captures = Archive(self.folder, number, originals, source.keep)
        self.records = Lines(self.folder, "records", number)
        self.visits = Lines(self.folder, "visits", number)
        self.issues = Lines(self.folder, "issues", number)
        kept = source.keep == "bytes" and self._facts["kind"] == "crawl"
        self.completed = Completed(self.folder, number, kept)

    @property
    def counts(self) -> dict[str, int]:
        """What run.json says of amounts so far."""
        return {
            "captures": self.captures.count,
            "records": self.records.count,
            "visits": self.visits.count,
            "issues": self.issues.count,
            "requests": self.requests,
            "bytes": self.captures.bytes,
        }

    def commit(self) -> None:
        """Make everything taken so far durable, and renew the lease where a third of it is used."""
        self.captures.sync()
        written = [lines.write() for lines in (self.records, self.visits, self.issues)]
        sync_all(file for file in written if file is not None)
        self.completed.flush()
        if time.monotonic() - self._renewed > self.lease_seconds / 3:
            self.renew()

    def renew(self) -> None:
        """Write run.json with a fresh lease."""
        self._renewed = time.monotonic()
        self._facts |= {"counts": self.counts, "lease": lease.taken(self.lease_seconds)}
        write_facts(self.folder, self._facts)

    def finish(
        self, status: Status, reason: str | None = None, told: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Close the folder for ever; returns what run.json says, ``told`` (its statistics) included."""
        self.commit()
        self.captures.close()
        for lines in (self.records, self.visits, self.issues):
            lines.close()
        self.completed.close()
        self._facts |= {
            **(told or {}), "taken_over": self.earlier.taken if self.earlier else 0, "status": status, "reason": reason,
            "counts": self.counts, "finished_at": self.clock.stamp(), "files": manifest(self.folder),
        }  # fmt: skip
        write_facts(self.folder, self._facts)
        sync_folder(self.folder)
        self._lock.close()
        return self._facts


def close_dead(home: Path) -> list[str]:
    """Close every run of a source that says ``running`` while its holder is gone, as ``aborted``; their names.

    Raises RunError where a holder lives (on another machine: until its lease ends).
    """
    closed = []
    for unborn in home.glob(f"{_NURSERY}*"):
        shutil.rmtree(unborn)
    for path in sorted(home.glob(_RUNS)):
        facts = read_facts(path.parent)
        if facts["status"] != "running":
            continue
        if lease.alive(facts.get("lease")):
            holder = facts["lease"]
            raise RunError(
                f"{home.name}: process {holder['pid']} on {holder['host']} is crawling it (run {path.parent.name}); "
                f"wait for it, or end it"
            )
        counts = {**facts["counts"], **durable(path.parent)}
        facts |= {"status": "aborted", "reason": "the process died", "counts": counts, "files": manifest(path.parent)}
        write_facts(path.parent, facts)
        closed.append(path.parent.name)
    return closed


def durable(folder: Path) -> dict[str, int]:
    """Rows of each sort that can be read from a folder, however it ended."""
    return {sort: sum(1 for _ in read_lines(folder, sort)) for sort in ("records", "visits", "issues")}


def manifest(folder: Path) -> dict[str, dict[str, Any]]:
    """SHA-256 and size of every file of a run folder but run.json."""
    files = sorted(path for path in folder.iterdir() if path.name != "run.json" and not path.name.startswith("."))
    return {path.name: {"sha256": sha256(path), "bytes": path.stat().st_size} for path in files}


def sha256(path: Path) -> str:
    """Hex SHA-256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_facts(folder: Path) -> dict[str, Any]:
    """run.json of a folder; raises RunError where it cannot be read."""
    path = folder / "run.json"
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RunError(f"{path}: cannot be read: {error}; restore the folder or move it away") from error
    if not isinstance(facts, dict) or "status" not in facts:
        raise RunError(f"{path}: not a run.json; move the folder away")
    return facts


def write_facts(folder: Path, facts: dict[str, Any]) -> None:
    """Replace run.json in one step, synced: a reader sees the old or the new one, never half."""
    temporary = folder / ".run.json.new"
    with temporary.open("wb") as file:
        file.write(json.dumps(facts, ensure_ascii=False, indent=1).encode())
        sync(file)
    temporary.replace(folder / "run.json")


def _facts(
    source: str, run: str, kind: str, of: str | None, clock: Clock, started: datetime, before: dict[str, str] | None
) -> dict[str, Any]:
    return {
        "format": 1, "source": source, "run": run, "kind": kind, "of": of, "parser": settings.PARSER,
        "clock": clock.kind, "started_at": f"{started:%Y-%m-%dT%H:%M:%SZ}", "finished_at": None, "status": "running",
        "reason": None, "lease": None, "counts": _NO_COUNTS, "files": {}, "previous": before,
    }  # fmt: skip


def _previous(home: Path) -> dict[str, str] | None:
    """The run before: the newest that no other run names as its own predecessor (names of one second do not order)."""
    runs = {path.parent.name: read_facts(path.parent) for path in home.glob(_RUNS)}
    named = {(facts.get("previous") or {}).get("run") for facts in runs.values()}
    heads = sorted(set(runs) - named)
    return {"run": heads[-1], "sha256": sha256(home / heads[-1] / "run.json")} if heads else None


def _last_crawl(home: Path) -> tuple[Path, dict[str, Any]] | None:
    """The newest run of a source that asked its site, with what its run.json says."""
    read = ((path.parent, read_facts(path.parent)) for path in sorted(home.glob(_RUNS), reverse=True))
    return next((run for run in read if run[1]["kind"] == "crawl"), None)


def _locked(home: Path) -> BinaryIO:
    """The lock of a source's runs; the kernel frees it when the process ends, however it ends."""
    file = (home / ".lock").open("wb")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise RunError(f"{home.name}: another process on this machine is crawling it; wait for it, or end it") from None
    return file
