"""The chain of a source's runs: each run.json holds the hash of the one before, so a change, a loss or a fork shows.

The head, the run that none follows, stands for all of them: whoever keeps its hash can tell whether anything changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawlers.runs import sha256


@dataclass
class Chain:
    """A source's runs in the order of their chain; ``breaks`` are (run, what is wrong)."""

    source: str
    runs: list[str] = field(default_factory=list)
    head: str | None = None
    breaks: list[tuple[str, str]] = field(default_factory=list)

    @property
    def words(self) -> str:
        """First, last and number of the runs."""
        return f"{self.source}: {len(self.runs)} runs from {self.runs[0]} to {self.runs[-1]}" if self.runs else ""


def chain(home: Path, facts: Mapping[str, dict[str, Any]]) -> Chain:
    """The chain of the runs in ``home``; ``facts``: run → its run.json, of those that can be read."""
    found = Chain(home.name)
    followers: dict[str | None, list[str]] = defaultdict(list)
    for run in sorted(facts):
        before = facts[run].get("previous")
        followers[before["run"] if before else None].append(run)
        if before:
            found.breaks += [(run, words) for words in _link(home, before)]
    found.breaks += _forks(followers)
    _follow(found, followers)
    return found


def _link(home: Path, before: dict[str, str]) -> list[str]:
    path = home / before["run"] / "run.json"
    if not path.is_file():
        return [f"the run before it, {before['run']}, is gone"]
    if sha256(path) != before["sha256"]:
        return [f"the run before it, {before['run']}, was changed since"]
    return []


def _forks(followers: Mapping[str | None, list[str]]) -> list[tuple[str, str]]:
    breaks = []
    for before, runs in followers.items():
        for extra in runs[1:]:
            what = f"forks the chain: {runs[0]} names the same run before it, {before}"
            gap = f"begins a chain of its own beside {runs[0]}: the run before it is not named"
            breaks.append((extra, what if before else gap))
    if followers and None not in followers:
        breaks.append((min(runs[0] for runs in followers.values()), "the first run of the chain is gone"))
    return breaks


def _follow(found: Chain, followers: Mapping[str | None, list[str]]) -> None:
    """Walk from every beginning along the followers; a gap begins anew, so that each run is counted once."""
    known = {run for runs in followers.values() for run in runs}
    ahead = [run for before, runs in followers.items() if before is None or before not in known for run in runs]
    waiting = sorted(ahead, reverse=True)
    while waiting:
        found.runs.append(waiting.pop())
        waiting += sorted(followers.get(found.runs[-1], []), reverse=True)
    found.head = found.runs[-1] if found.runs else None
