"""The report: shares by kind for each world, and every miss with what came instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bench.search_relevance.judging import LOOKED, Judged, share
from bench.search_relevance.labels import KINDS

GOALS = {1: 0.95, LOOKED: 0.99}
"""Share of queries whose right enterprise must come first, and among the first five."""


def page(worlds: Mapping[str, Sequence[Judged]], names: Mapping[str, str], seed: int) -> str:
    """The page in Markdown; ``names``: key of a site → its name."""
    judged = [one for found in worlds.values() for one in found]
    head = f"""# Relevance of the search

Made by `python -m bench.search_relevance --write` (seed {seed}); a smaller sample is held to the same floor by a test.

{len(judged)} labelled queries of ten kinds. A query is right where a site that it could have been made from comes up;
how queries are made is in `bench/search_relevance/`: from how people type, not from how the index folds.

**Right first: {share(judged, 1):.1%} (floor {GOALS[1]:.0%}).
Among the first {LOOKED}: {share(judged, LOOKED):.1%} (floor {GOALS[LOOKED]:.0%}).**
"""
    return "\n".join([head, *(_world(title, found, names) for title, found in worlds.items())])


def _world(title: str, judged: Sequence[Judged], names: Mapping[str, str]) -> str:
    lines = [f"## {title}", "", f"| kind | queries | first | first {LOOKED} |", "|---|---|---|---|"]
    for kind in KINDS:
        of_kind = [one for one in judged if one.label.kind == kind]
        if of_kind:
            lines.append(f"| {kind} | {len(of_kind)} | {share(of_kind, 1):.1%} | {share(of_kind, LOOKED):.1%} |")
    lines.append(f"| **all** | {len(judged)} | {share(judged, 1):.1%} | {share(judged, LOOKED):.1%} |")
    missed = [one for one in judged if one.place != 1]
    lines += ["", f"{len(missed)} not first:" if missed else "None missed.", ""]
    return "\n".join([*lines, *(_miss(one, names) for one in missed), ""])


def _miss(one: Judged, names: Mapping[str, str]) -> str:
    right = "、".join(sorted({names[key] for key in one.label.right})[:3])
    place = f"place {one.place}" if one.place else "not found"
    return f"- {one.label.kind}: `{one.label.query}` → {right}: {place}; first came {one.first or 'nothing'}"
