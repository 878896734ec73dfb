"""``var/node.json``: how other commands find the running node. Written by the node's process, removed at its end."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil

GRACE = 20.0
"""Seconds after which a node that was asked to close and did not is ended."""


@dataclass(frozen=True)
class NodeState:
    """Where the node answers; ``started_at`` is its process's real start in UTC, never the simulated clock."""

    url: str
    pid: int
    started_at: str

    @classmethod
    def of_this_process(cls, url: str) -> NodeState:
        """The state of a node in the present process."""
        return cls(url, os.getpid(), _started(psutil.Process()))

    def alive(self) -> bool:
        """True where that very process lives; a pid that was given to another process does not count."""
        try:
            process = psutil.Process(self.pid)
            return process.status() != psutil.STATUS_ZOMBIE and _started(process) == self.started_at
        except psutil.NoSuchProcess:
            return False


def _started(process: psutil.Process) -> str:
    return datetime.fromtimestamp(int(process.create_time()), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def write(path: Path, state: NodeState) -> None:
    """Write atomically: a reader sees the old file or the new one."""
    draft = path.with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps(asdict(state)) + "\n", encoding="utf-8")
    draft.replace(path)


def read(path: Path) -> NodeState | None:
    """The state of the running node; None where there is none, or its process is gone."""
    try:
        state = NodeState(**json.loads(path.read_text(encoding="utf-8")))
    except (FileNotFoundError, json.JSONDecodeError, TypeError):
        return None
    return state if state.alive() else None


def remove(path: Path) -> None:
    """Remove the file; nothing happens where it is gone already."""
    path.unlink(missing_ok=True)
