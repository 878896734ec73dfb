"""What a crawl left behind, read from its run folder's ``run.json`` (contracts, section 2)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from schedules.history import Outcome


@dataclass(frozen=True)
class Crawl:
    """One run folder of a crawl: name, instants in UTC, how it ended."""

    name: str
    started: datetime
    finished: datetime | None
    outcome: Outcome


def crawls(folder: Path, limit: int) -> list[Crawl]:
    """The newest run folders of one source that a crawl wrote (not those read again, nor material supplied)."""
    read = ((run, _read(run / "run.json")) for run in reversed(runs(folder)[-limit:]))
    return [_crawl(run.name, facts) for run, facts in read if facts is not None and facts.get("kind") == "crawl"]


def _crawl(name: str, facts: dict[str, Any]) -> Crawl:
    outcome = _of(facts, name, None)
    if facts.get("status") == "running":
        outcome = Outcome("running", name)
    finished = facts.get("finished_at")
    return Crawl(name, datetime.fromisoformat(facts["started_at"]),
                 datetime.fromisoformat(finished) if finished else None, outcome)  # fmt: skip


def runs(folder: Path) -> list[Path]:
    """The run folders of one source, oldest first (their names begin with their time)."""
    return sorted(path.parent for path in folder.glob("*/run.json"))


def outcome(folder: Path, pid: int, exit_code: int | None) -> Outcome:
    """How the crawl of process ``pid`` ended, by the run folder that carries its pid in the lease.

    ``exit_code`` is None where the process was not our child (taken over from a scheduler that died).
    """
    for run in reversed(runs(folder)):
        facts = _read(run / "run.json")
        if facts is not None and (facts.get("lease") or {}).get("pid") == pid:
            return _of(facts, run.name, exit_code)
    return Outcome("failed", reason=f"no run folder was written (exit code {exit_code})")


def _of(facts: dict[str, Any], run: str, exit_code: int | None) -> Outcome:
    counts = dict(facts.get("counts") or {})
    reason = facts.get("reason")
    match facts.get("status"):
        case "finished":
            return Outcome("ok", run, reason, counts)
        case "stopped" if str(reason).startswith("blocked"):
            return Outcome("blocked", run, reason, counts)
        case "stopped" if counts.get("records"):
            return Outcome("partial", run, reason, counts)
        case "stopped":
            return Outcome("failed", run, reason, counts)
        case "running" | "aborted":
            return Outcome("lost", run, reason or f"the crawl's process died (exit code {exit_code})", counts)
        case other:
            return Outcome("failed", run, f"run.json has the unknown status {other!r}", counts)


def _read(path: Path) -> dict[str, Any] | None:
    """A run.json being written this moment, or torn by a crash, tells nothing."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError):
        return None
    return data if isinstance(data, dict) else None
