"""A changed layout told by what a source brought in its own good runs before: columns no longer filled, pages no
longer matched, a kind that has vanished.

A page may answer 200 with its table in place and its values gone. The rates of each run lie in its run.json
(``statistics``); a rate is doubtful only far below everything seen before, so that drift from month to month is none.
Where the source's YAML states a floor for a column or kind, that floor speaks and the history is silent.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from statistics import median
from typing import Any

LOOKED_AT = 8
"""Good runs compared with, the newest."""
ENOUGH_RUNS = 3
ENOUGH = 20
"""Rows or pages below which a rate says nothing."""
USUAL = 0.3
"""A column filled less often than this was never to be relied on."""
FALL = 0.5
"""Doubtful below this share of the median, …"""
GAP = 0.15
"""… and this far below the least of all runs before."""
VANISHED = 0.1
"""A kind with fewer rows than this share of the least before has vanished."""
Statistics = Mapping[str, Any]


def history(home: Path) -> list[Statistics]:
    """The statistics of a source's finished crawls of its whole walk, newest first."""
    found: list[Statistics] = []
    for path in sorted(home.glob("[0-9]*/run.json"), reverse=True):
        facts = json.loads(path.read_text(encoding="utf-8"))
        whole = facts.get("kind") == "crawl" and facts.get("status") == "finished" and not facts.get("period")
        if whole and facts.get("statistics"):
            found.append(facts["statistics"])
        if len(found) == LOOKED_AT:
            break
    return found


def doubts(now: Statistics, before: list[Statistics], floors: Mapping[str, Any]) -> dict[str, str]:
    """Kind → why its records are in doubt; of pages the part's name stands for the kind. Empty where all is as ever."""
    if len(before) < ENOUGH_RUNS:
        return {}
    found = dict(_vanished(now, before, floors["rows"]))
    for kind, words in _columns(now, before, floors["fill"]):
        found.setdefault(kind, words)
    return found


def pages(now: Statistics, before: list[Statistics]) -> str | None:
    """Which part's pages are no longer matched as ever; None where they are."""
    for part, (good, bad) in now["pages"].items():
        rates = [_share(*run["pages"][part]) for run in before if sum(run["pages"].get(part, (0, 0))) >= ENOUGH]
        if good + bad >= ENOUGH and (words := _fallen(_share(good, bad), rates)):
            return f"layout changed: {bad} of {good + bad} pages of {part} are not as described, {words}"
    return None


def _vanished(now: Statistics, before: list[Statistics], stated: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for kind in sorted({kind for run in before for kind in run["rows"]} - set(stated)):
        counts = [run["rows"].get(kind, 0) for run in before]
        rows = now["rows"].get(kind, 0)
        if min(counts) >= ENOUGH and rows < VANISHED * min(counts):
            yield kind, f"layout changed: {rows} rows of {kind}, {_range(counts)} in the {len(counts)} good runs before"


def _columns(now: Statistics, before: list[Statistics], stated: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for kind, rows in now["rows"].items():
        earlier = [run for run in before if run["rows"].get(kind, 0) >= ENOUGH]
        if rows < ENOUGH:
            continue
        for column in sorted({column for run in earlier for column in run["fill"][kind]} - set(stated.get(kind, ()))):
            rates = [run["fill"][kind].get(column, 0) / run["rows"][kind] for run in earlier]
            filled = now["fill"].get(kind, {}).get(column, 0)
            if words := _fallen(filled / rows, rates):
                yield kind, f"layout changed: {column} of {kind} is filled in {filled} of {rows} rows, {words}"


def _fallen(rate: float, rates: list[float]) -> str | None:
    if len(rates) < ENOUGH_RUNS:
        return None
    usual = median(rates)
    if usual < USUAL or rate >= FALL * usual or rate > min(rates) - GAP:
        return None
    return f"{min(rates):.0%} to {max(rates):.0%} in the {len(rates)} good runs before"


def _share(good: int, bad: int) -> float:
    return good / (good + bad)


def _range(counts: Iterable[int]) -> str:
    found = sorted(counts)
    return f"{found[0]} to {found[-1]}"
