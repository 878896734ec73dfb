"""Scores as they are stored: written by month, ranks kept or frozen, what no longer is taken away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from indexer.gaps.scores.rubric import Rubric
from indexer.register import documents
from indexer.register.storage import Storage, all_of, parts, term, terms
from indexer.scoring.made import Stamp
from indexer.scoring.objections import Objections
from indexer.scoring.shelf import Shelf

WRITTEN = 500
"""Documents written at a time: with their lines some ten megabytes."""
KINDS = ("enterprise", "authority", "province", "city")


def newest(store: Storage, month: str, kinds: Sequence[str] = KINDS) -> str | None:
    """The latest day of which the month has scores of these kinds."""
    body = {
        "size": 0, "query": all_of(term("month", month), terms("kind", kinds)),
        "aggs": {"day": {"max": {"field": "as_of", "format": "yyyy-MM-dd"}}},
    }  # fmt: skip
    found: str | None = store.search("scores", body)["aggregations"]["day"].get("value_as_string")
    return found


def renew(store: Storage) -> None:
    """Makes an index of another version's mapping anew with all that is in it: past months stand nowhere else."""
    if "scores" in store.stale():
        kept = store.scan("scores")
        with store.rebuild(["scores"], force=True):
            for part in parts(kept, WRITTEN):
                known = documents.Score.__annotations__
                store.bulk("scores", [{name: row.get(name) for name in known} for row in part])


def write(
    store: Storage, shelf: Shelf, stamp: Stamp, rubrics: Mapping[str, Rubric], said: Objections,
    enterprises: Sequence[str] | None,
) -> tuple[int, int]:  # fmt: skip
    """Writes what is on the shelf; returns (written, removed).

    What the month holds of an earlier reckoning goes, of all or of the ``enterprises`` touched.
    """
    seen: set[str] = set()
    for part in parts(shelf.ranked(stamp.as_of), WRITTEN):
        rows = [row for row, _ in part]
        if enterprises is not None:
            _keep_ranks(store, rows)
        else:
            _freeze(store, part, stamp, rubrics, said)
        store.bulk("scores", rows)
        seen.update(row["id"] for row in rows)
    touched: list[list[Any]] = [[]]
    if enterprises is not None:
        # Authorities may be among those touched: they are scored with everybody.
        mine = term("kind", "enterprise")
        touched = [[mine, terms("subject", part)] for part in parts(enterprises, WRITTEN)]
    gone = [
        row["id"]
        for of in touched
        for row in store.scan("scores", all_of(term("month", stamp.month), *of), ("id",))
        if row["id"] not in seen
    ]
    return len(seen), store.delete("scores", gone) if gone else 0


def _keep_ranks(store: Storage, rows: list[documents.Score]) -> None:
    """Ranks are made with everybody's scores: until then those of the last time stay, of its day."""
    stored = store.mget("scores", [row["id"] for row in rows])
    for row in rows:
        known: Mapping[str, Any] = stored.get(row["id"], {})
        still = row["doubt"] is None and known.get("ranks")
        row["ranks"], row["ranked_on"] = (known["ranks"], known["ranked_on"]) if still else ([], None)
        row["objection"] = known.get("objection")


def _freeze(
    store: Storage, part: Sequence[tuple[documents.Score, tuple[str, ...]]], stamp: Stamp,
    rubrics: Mapping[str, Rubric], said: Objections,
) -> None:  # fmt: skip
    """While an objection is in force the public sees the rank that was there before it, or none where none was."""
    for row, keys in part:
        length = rubrics[row["rubric"]].ranking.objection_days
        held = said.against(keys, stamp.as_of, length) if row["reader"] == "public" else None
        if held is not None:
            before = _before(store, row)
            row["ranks"], row["ranked_on"] = (before["ranks"], before["ranked_on"]) if before else ([], None)
            row["objection"] = {"day": held[0].isoformat(), "until": held[1].isoformat()}


def _before(store: Storage, row: documents.Score) -> Mapping[str, Any] | None:
    """The newest stored score of the same subject: this month's, else that of the month before."""
    clauses = [term(name, row[name]) for name in ("kind", "subject", "rubric", "reader")]
    month = {"range": {"month": {"lte": row["month"]}}}
    body = {"query": all_of(*clauses, month), "sort": [{"month": "desc"}], "size": 1, "_source": ["ranks", "ranked_on"]}
    hits = store.search("scores", body)["hits"]["hits"]
    return dict(hits[0]["_source"]) if hits else None
