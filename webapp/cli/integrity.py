"""Whether run folders hold what was written: files by their hashes, records by their digests, runs by their chain."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from crawlers import stamps
from crawlers.chain import Chain, chain
from crawlers.rehash import rehash
from crawlers.runs import sha256
from crawlers.stamping import facts_of
from crawlers.stamps import Roots, Stamp, StampError


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


@dataclass
class Links:
    """A source's chain of runs, and the time stamps that lie beside them: run → stamp."""

    chain: Chain
    stamps: dict[str, Stamp] = field(default_factory=dict)

    def words(self) -> str:
        """The chain and its newest stamp in one line."""
        if not self.stamps:
            return f"{self.chain.words}; no time stamp"
        run, newest = max(self.stamps.items(), key=lambda item: item[1].at)
        proof = "" if newest.proven else " (QINGCE_TIMESTAMP_CA is not set: signature not proven)"
        return f"{self.chain.words}; stamped up to {run} on {newest.at:%Y-%m-%dT%H:%M:%SZ}{proof}"

    def as_json(self) -> dict[str, Any]:
        """``{source, runs, head, stamps: {run: {at, proven}}}``."""
        told = {run: {"at": f"{one.at:%Y-%m-%dT%H:%M:%SZ}", "proven": one.proven} for run, one in self.stamps.items()}
        return {"source": self.chain.source, "runs": len(self.chain.runs), "head": self.chain.head, "stamps": told}


@dataclass
class Verified:
    """What was read again: runs, files, records, bytes; the chains they stand in; and what was found damaged."""

    runs: int = 0
    files: int = 0
    records: int = 0
    bytes: int = 0
    open_runs: int = 0
    """Runs still being written, whose files have no final hash yet."""
    damages: list[Damage] = field(default_factory=list)
    chains: list[Links] = field(default_factory=list)


def run_folders(runs: Path) -> list[Path]:
    """All run folders, source by source, oldest first."""
    return sorted(path for path in runs.glob("*/*") if path.is_dir() and not path.name.startswith("."))


def verify(folders: Iterable[Path], roots: Roots = ()) -> Verified:
    """Read every file of the folders again, and the chain of each of their sources; damage is listed, never raised."""
    found = Verified()
    homes: dict[Path, None] = {}
    for folder in folders:
        homes[folder.parent] = None
        found.runs += 1
        _run(folder, found)
    for home in homes:
        _chain(home, found, roots)
    return found


def _run(folder: Path, found: Verified) -> None:
    facts = _facts(folder)
    if isinstance(facts, str):
        found.damages.append(_damage(folder, facts))
        return
    if facts.get("status") == "running":
        found.open_runs += 1
        return
    for name, stated in sorted(facts["files"].items()):
        found.files += 1
        found.bytes += int(stated["bytes"])
        found.damages += _file(folder, name, stated)
    found.damages += _unlisted(folder, facts)
    inside = rehash(folder, facts)
    found.records += inside.records
    found.damages += [_damage(folder, what) for what in inside.problems]


def _damage(folder: Path, what: str) -> Damage:
    return Damage(folder.parent.name, folder.name, what)


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
        return [_damage(folder, f"{name} is missing")]
    if path.stat().st_size != stated["bytes"]:
        return [_damage(folder, f"{name} has {path.stat().st_size} bytes, {stated['bytes']} were written")]
    if sha256(path) != stated["sha256"]:
        return [_damage(folder, f"{name} has other bytes than were written")]
    return []


def _unlisted(folder: Path, facts: dict[str, Any]) -> list[Damage]:
    known = {"run.json", *facts["files"]}
    # Files with a leading dot are drafts that a crash left behind, never evidence.
    names = (path.name for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    return [_damage(folder, f"{name} is not listed in run.json") for name in sorted(names) if name not in known]


def _chain(home: Path, found: Verified, roots: Roots) -> None:
    """The chain of a source from its first run to its last, and every stamp beside it."""
    links = Links(chain(home, facts_of(home)))
    found.damages += [Damage(home.name, run, what) for run, what in links.chain.breaks]
    for path in sorted(home.glob(f"[0-9]*{stamps.SUFFIX}")):
        run = home / path.stem
        try:
            if not (run / "run.json").is_file():
                raise StampError(f"{path.name} stamps it, and it is gone")
            stamp = stamps.read(run, roots)
        except StampError as error:
            found.damages.append(Damage(home.name, run.name, str(error)))
            continue
        if stamp is not None:
            links.stamps[run.name] = stamp
    found.chains.append(links)
