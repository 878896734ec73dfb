"""Ranks (名次): ties share one; the range under other weights says how firm a rank is."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Rank:
    """Place ``rank`` of ``of``; ``low`` and ``high``: best and worst place under the changed weights."""

    rank: int
    of: int
    low: int
    high: int

    def wide(self, band: int) -> bool:
        """True where it moves by more than ``band`` places: then it is shown as a band."""
        return self.high - self.low > band


class Ladder:
    """Totals of all who are ranked together, eight bytes a total: a hundred thousand with nine sets take 7 MB."""

    def __init__(self) -> None:
        self._columns: list[array[float]] = []
        self._sorted = False

    def __len__(self) -> int:
        return len(self._columns[0]) if self._columns else 0

    def add(self, variants: Iterable[float]) -> None:
        """One more, with its total under each set of weights."""
        for number, total in enumerate(variants):
            if number == len(self._columns):
                self._columns.append(array("d"))
            self._columns[number].append(total)
        self._sorted = False

    def rank(self, variants: Iterable[float]) -> Rank:
        """The place of one that was added."""
        if not self._sorted:
            self._columns = [array("d", sorted(column)) for column in self._columns]
            self._sorted = True
        # As many stand before it as have more; those with the same stand beside it.
        places = [
            len(column) - bisect_right(column, total) + 1 for column, total in zip(self._columns, variants, strict=True)
        ]
        return Rank(places[0], len(self), min(places), max(places))
