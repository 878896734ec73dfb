"""Stamps the heads of sources' chains; what cannot be stamped now is told, stays whole, and is tried again later."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawlers import stamps
from crawlers.chain import chain
from crawlers.errors import RunError
from crawlers.runs import read_facts
from crawlers.settings import Settings
from crawlers.stamps import Stamp, StampError

AGAIN = "the next crawl, or `qingce stamp`, tries again"


@dataclass(frozen=True)
class Stamped:
    """One source's head: its stamp (``new`` where it was made now), or the ``problem`` that kept it from having one."""

    source: str
    run: str | None
    stamp: Stamp | None
    new: bool = False
    problem: str | None = None


def stamp_heads(runs: Path, sources: Iterable[str], settings: Settings) -> Iterator[Stamped]:
    """Have the head of each source's chain stamped where it is not yet; raises StampError for unusable settings."""
    known = stamps.roots(settings.timestamp_ca)
    for source in sources:
        yield _stamped(runs / source, settings.timestamp_url, known)


def _stamped(home: Path, url: str, known: stamps.Roots) -> Stamped:
    found = facts_of(home)
    head = chain(home, found).head
    if head is None:
        return Stamped(home.name, None, None, problem="no run to stamp")
    if found[head]["status"] == "running":
        return Stamped(home.name, head, None, problem="the newest run is still being written")
    try:
        before = stamps.read(home / head, known)
        return Stamped(home.name, head, before or stamps.stamp(home / head, url, known), new=before is None)
    except StampError as error:
        return Stamped(home.name, head, None, problem=f"{error}; {AGAIN}")


def stamp_after(runs: Path, sources: Iterable[str], settings: Settings) -> None:
    """After a crawl: stamp its sources' heads where a service is set; what fails is a warning and no more."""
    if not settings.timestamp_url:
        return
    try:
        problems = [f"{one.source}: {one.problem}" for one in stamp_heads(runs, sources, settings) if one.problem]
    except StampError as error:
        problems = [str(error)]
    for problem in problems:
        print(f"warning: not stamped: {problem}", file=sys.stderr)


def facts_of(home: Path) -> dict[str, dict[str, Any]]:
    """run.json of every run of a source that can be read."""
    found = {}
    for path in sorted(home.glob("[0-9]*/run.json")):
        try:
            found[path.parent.name] = read_facts(path.parent)
        except RunError:
            continue  # verify names it; the chain is made of the others
    return found
