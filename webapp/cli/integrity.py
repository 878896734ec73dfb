"""Whether run folders still hold what was written: each file against its hash, each run against the run before it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from crawlers.runs import sha256


@dataclass(frozen=True)
class Damage:
    """One thing that is not as it was written."""

    source: str
    run: str
    what: str

    def words(self) -> str:
        """The damage in one line."""
        return f"{self.source}/{self.run}: {self.what}"

    def as_json(self) -> dict[str, str]:
        """``{source, run, what}``."""
        return asdict(self)


@dataclass(frozen=True)
class Verified:
    """What was read again: runs, files, bytes; and what was found damaged."""

    runs: int
    files: int
    bytes: int
    damages: list[Damage]
    open_runs: int
    """Runs still being written, whose files have no final hash yet."""


def run_folders(runs: Path) -> list[Path]:
    """All run folders, source by source, oldest first."""
    return sorted(path for path in runs.glob("*/*") if path.is_dir())


def verify(folders: Iterable[Path]) -> Verified:
    """Read every file of the folders again; damage is listed, never raised."""
    count, files, size, still_open = 0, 0, 0, 0
    damages: list[Damage] = []
    for folder in folders:
        count += 1
        facts = _facts(folder)
        if isinstance(facts, str):
            damages.append(Damage(folder.parent.name, folder.name, facts))
            continue
        if facts.get("status") == "running":
            still_open += 1
            continue
        for name, stated in sorted(facts["files"].items()):
            files += 1
            size += int(stated["bytes"])
            damages += _file(folder, name, stated)
        damages += _unlisted(folder, facts) + _chain(folder, facts)
    return Verified(count, files, size, damages, still_open)


def _facts(folder: Path) -> dict[str, Any] | str:
    try:
        data = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return "run.json is missing"
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        return f"run.json cannot be read: {error}"
    if not isinstance(data, dict) or not isinstance(data.get("files"), dict):
        return "run.json lists no files"
    return data


def _file(folder: Path, name: str, stated: dict[str, Any]) -> list[Damage]:
    path = folder / name
    if not path.is_file():
        return [Damage(folder.parent.name, folder.name, f"{name} is missing")]
    if path.stat().st_size != stated["bytes"]:
        words = f"{name} has {path.stat().st_size} bytes, {stated['bytes']} were written"
        return [Damage(folder.parent.name, folder.name, words)]
    if sha256(path) != stated["sha256"]:
        return [Damage(folder.parent.name, folder.name, f"{name} has other bytes than were written")]
    return []


def _unlisted(folder: Path, facts: dict[str, Any]) -> list[Damage]:
    known = {"run.json", *facts["files"]}
    # Files with a leading dot are drafts that a crash left behind, never evidence.
    names = (path.name for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    extra = sorted(name for name in names if name not in known)
    return [Damage(folder.parent.name, folder.name, f"{name} is not listed in run.json") for name in extra]


def _chain(folder: Path, facts: dict[str, Any]) -> list[Damage]:
    """The run before it, as it was when this run began; its later change or loss shows here."""
    before = facts.get("previous")
    if before is None:
        return []
    path = folder.parent / before["run"] / "run.json"
    if not path.is_file():
        return [Damage(folder.parent.name, folder.name, f"the run before it, {before['run']}, is gone")]
    if sha256(path) != before["sha256"]:
        return [Damage(folder.parent.name, folder.name, f"the run before it, {before['run']}, was changed since")]
    return []
