"""Sums by region, and the regions' scores made from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.gaps.scores import region
from indexer.gaps.scores.account import Account
from indexer.gaps.scores.region import Items, Sum
from indexer.gaps.scores.rubric import Rubric
from indexer.gaps.scores.score import Score
from indexer.normalise.regions import city
from indexer.scoring.made import Kind, Subject
from indexer.scoring.objections import REGION
from indexer.scoring.rows import Reader

Place = tuple[Kind, str]
WHOLE: Place = ("province", "")
"""All regions together: what a mean of few is drawn to."""


def places(path: Sequence[str]) -> tuple[Place, ...]:
    """The province and the city that a subject lies in; a municipality is both."""
    if not path:
        return ()
    inner = city(path[-1])
    return (("province", path[0]), *((("city", inner),) if inner else ()))


class Regions:
    """Sums of every rubric that has regions, by reader and place: some hundred places, however many subjects."""

    def __init__(self, rubrics: Sequence[Rubric]) -> None:
        self.rubrics = tuple(rubric for rubric in rubrics if rubric.regions is not None)
        self._sums: dict[tuple[str, Reader, Place], Sum] = {}

    def sum(self, rubric: Rubric, reader: Reader, place: Place) -> Sum:
        """The sum of one place."""
        return self._sums.setdefault((rubric.key, reader, place), Sum())

    def add_score(self, rubric: Rubric, reader: Reader, path: Sequence[str], made: Score) -> None:
        """One enterprise's score, for a rubric whose regions are means."""
        for place in (*places(path), WHOLE):
            self.sum(rubric, reader, place).add_score(made)

    @property
    def codes(self) -> frozenset[str]:
        """The codes of all places that something is known of."""
        return frozenset(code for _, _, (_, code) in self._sums if code)

    @property
    def counting(self) -> tuple[Rubric, ...]:
        """The rubrics whose regions are counts."""
        return tuple(rubric for rubric in self.rubrics if rubric.regions == "counts")

    def add_items(self, rubric: Rubric, reader: Reader, path: Sequence[str], account: Account) -> None:
        """One subject's items, for a rubric whose regions are counts."""
        items = Items.of(rubric, account)
        for place in places(path):
            self.sum(rubric, reader, place).add_items(items)

    def scores(self) -> Iterator[tuple[Subject, Rubric, Reader, Score, Sum]]:
        """The score of every place but the whole, in a fixed order."""
        by_key = {rubric.key: rubric for rubric in self.rubrics}
        for (key, reader, place), total in sorted(self._sums.items(), key=lambda entry: entry[0]):
            if place == WHOLE:
                continue
            rubric = by_key[key]
            made = region.of_region(rubric, total, self._sums.get((key, reader, WHOLE), Sum()))
            if made is not None:
                yield subject(place), rubric, reader, made, total


def subject(place: Place) -> Subject:
    """A place as the subject of a score; its name is its code, which readers know by their own table."""
    kind, code = place
    path = (code,) if kind == "province" else tuple(dict.fromkeys((code[:2], code)))
    # A municipality ranked among cities lies in itself: among its province's cities it would be alone.
    return Subject(kind, code, code, path, (f"{REGION}|{code}",))
