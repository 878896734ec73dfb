"""Scores laid down on the disk until everybody's is known: only then can they be ranked. Memory holds totals alone."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from typing import Any, cast

import orjson

from indexer.gaps.scores.ranks import Ladder
from indexer.gaps.scores.score import Score
from indexer.register import documents
from indexer.scoring.made import Subject, rank_rows

Key = tuple[str, str, str, str]
"""Rubric, reader, kind of subject, scope."""


class Shelf:
    """Documents in the order they came, each with its totals under the changed weights."""

    def __init__(self) -> None:
        # The file has no name and goes with the shelf.
        self._file = tempfile.TemporaryFile(prefix="qingce-scores-")  # noqa: SIM115
        self._ladders: dict[Key, Ladder] = {}
        self.size = 0

    def put(self, document: documents.Score, subject: Subject, made: Score) -> None:
        """Lays one down; it is ranked where nothing speaks against it."""
        variants = list(made.variants) if made.doubt is None else []
        self._file.write(
            orjson.dumps([document, variants, subject.scopes, subject.keys], option=orjson.OPT_APPEND_NEWLINE)
        )
        self.size += 1
        if variants:
            for scope in subject.scopes:
                key = (document["rubric"], document["reader"], document["kind"], scope)
                self._ladders.setdefault(key, Ladder()).add(variants)

    def ranked(self, day: date) -> Iterator[tuple[documents.Score, tuple[str, ...]]]:
        """Every document with its ranks, and the keys under which it may be objected to."""
        self._file.seek(0)
        for line in self._file:
            document, variants, scopes, keys = orjson.loads(line)
            if variants:
                document["ranks"] = rank_rows([(scope, self._rank(document, scope, variants)) for scope in scopes])
                document["ranked_on"] = day.isoformat()
            yield cast(documents.Score, document), tuple(keys)

    def _rank(self, document: dict[str, Any], scope: str, variants: list[float]) -> Any:
        return self._ladders[document["rubric"], document["reader"], document["kind"], scope].rank(variants)
