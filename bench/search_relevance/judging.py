"""Asks every labelled query and notes at which place the first right site came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bench.search_relevance.labels import Label
from indexer.normalise.regions import Regions
from indexer.search.finding import Asked, Searcher, find

LOOKED = 5
"""Hits that count: nobody scrolls on."""


@dataclass(frozen=True)
class Judged:
    """A label with the place (from 1) of the first right site among the first five, or None; and what came first."""

    label: Label
    place: int | None
    first: str


def judge(store: Searcher, labels: Iterable[Label], ids: dict[str, str], regions: Regions) -> list[Judged]:
    """``ids``: key of a site → id of its enterprise. Asks as the page of results does."""
    return [_one(store, label, ids, regions) for label in labels]


def _one(store: Searcher, label: Label, ids: dict[str, str], regions: Regions) -> Judged:
    rows = find(store, Asked(label.query), regions, 0, LOOKED).rows
    right = {ids[key] for key in label.right}
    place = next((number for number, row in enumerate(rows, 1) if row["id"] in right), None)
    return Judged(label, place, rows[0]["name"] if rows else "")


def share(judged: list[Judged], within: int) -> float:
    """Share of the queries whose right site came within the first ``within``."""
    return sum(one.place is not None and one.place <= within for one in judged) / len(judged)
