"""What a crawl left behind, read from its run folder's ``run.json`` (contracts, section 2)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from schedules.history import Outcome


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
