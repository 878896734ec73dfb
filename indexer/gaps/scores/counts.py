"""Counts (计数) of items by group: what shares are made of, and what adds up over the enterprises of a region."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from indexer.gaps.scores.account import Item
from indexer.gaps.scores.rubric import ItemGroup, Rubric

NAMES = (
    "due", "observed", "disclosed", "timed", "on_time", "prompt", "read", "fields", "placed", "lawful",
    "owing", "disclosing",
)  # fmt: skip
"""The vocabulary of shares.

Instances: ``due``, ``observed``, ``disclosed``; ``timed`` (whether in time is known), ``on_time``, ``prompt`` (sum of
g); ``read`` (field by field), ``fields`` (sum of completeness); ``placed`` (where it was found is known), ``lawful``
(in a prescribed channel). Subjects: ``owing`` (something observed was due), ``disclosing`` (of these with something).
"""
Counts = Mapping[str, float]


def promptness(delay: int, within: int) -> float:
    """g of a delay in days: 1 in time, then less in a straight line, nothing from ``within`` days on."""
    return 1.0 if delay <= 0 else max(0.0, 1.0 - delay / within)


def timed(item: Item) -> bool:
    """True where it is known whether it came in time: seen with a known delay, or proven missing."""
    return item.delay is not None if item.state != "missing" else True


def earned(item: Item, within: int) -> float:
    """g of an item that is ``timed``; a missing one earns nothing."""
    return 0.0 if item.state == "missing" or item.delay is None else promptness(item.delay, within)


def present(item: Item) -> bool:
    """True where it counts as an instance that could be looked for: observed, or seen all the same."""
    return item.standing.observed or item.seen


def count(items: Iterable[tuple[Item, ItemGroup]], rubric: Rubric) -> dict[str, dict[str, float]]:
    """Counts of one subject by key of the group."""
    found: dict[str, dict[str, float]] = {}
    for item, group in items:
        counts = found.setdefault(group.key, dict.fromkeys(NAMES, 0.0))
        for name, value in _of(item, rubric.allowance(group, item.cadence)).items():
            counts[name] += value
    for counts in found.values():
        counts["owing"] = float(counts["observed"] > 0)
        counts["disclosing"] = float(counts["observed"] > 0 and counts["disclosed"] > 0)
    return found


def _of(item: Item, within: int) -> dict[str, float]:
    known, read = timed(item), item.seen and item.completeness is not None
    lawful = item.standing.lawful
    return {
        "due": 1, "observed": present(item), "disclosed": item.seen, "timed": known,
        "on_time": known and earned(item, within) == 1, "prompt": earned(item, within) if known else 0,
        "read": read, "fields": (item.completeness or 0) if read else 0,
        "placed": lawful is not None, "lawful": bool(lawful),
    }  # fmt: skip


def add(into: dict[str, dict[str, float]], more: Mapping[str, Counts]) -> None:
    """Adds the counts of one more subject."""
    for key, counts in more.items():
        known = into.setdefault(key, dict.fromkeys(NAMES, 0.0))
        for name in NAMES:
            known[name] += counts[name]
