"""What the vocabulary lacks (词表缺项): words that records printed and no file knows, counted while they are read.

A run's document carries its counts, so that asking costs one scan of small documents and a rebuild answers the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypedDict

from indexer.normalise import fields, industries, pollutants, regions, units, values

PARTS = ("header", "unit", "pollutant", "value", "region", "industry")
"""Parts of the vocabulary that a word can be missing from."""
LONGEST = 80
"""Characters kept of a word; what is longer is a sentence, not a word."""
MOST = 2_000
"""Words kept of one run; the rest is told as one row, with its counts."""
REST = "…"


class Lack(TypedDict):
    """One word: the part that lacks it, the kind of record that printed it, how often, and where first."""

    part: str
    kind: str
    word: str
    count: int
    words: int
    """1, or the number of different words where ``word`` stands for the rest."""
    url: str
    place: str
    run: str
    source: str


@dataclass
class Unknown:
    """The words of one run. ``first`` is where each stood first."""

    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    first: dict[tuple[str, str, str], tuple[str, str]] = field(default_factory=dict)

    def add(self, part: str, kind: str, word: str, url: str = "", place: str = "") -> None:
        """Counts a word; raises ValueError for a part of the vocabulary that there is none of."""
        if part not in PARTS:
            raise ValueError(f"{part!r} is no part of the vocabulary: {', '.join(PARTS)}")
        key = (part, kind, word[:LONGEST])
        self.counts[key] += 1
        self.first.setdefault(key, (url, place))

    def rows(self) -> list[dict[str, Any]]:
        """The most frequent words first; those beyond ``MOST`` as one row a part, never dropped."""
        ordered = sorted(self.counts, key=lambda key: (-self.counts[key], key))
        kept = [self._row(key, key[2], self.counts[key], 1) for key in ordered[:MOST]]
        for part in PARTS:
            beyond = [key for key in ordered[MOST:] if key[0] == part]
            if beyond:
                kept.append(self._row(beyond[0], REST, sum(self.counts[key] for key in beyond), len(beyond)))
        return kept

    def _row(self, key: tuple[str, str, str], word: str, count: int, words: int) -> dict[str, Any]:
        url, place = self.first[key]
        row = {"part": key[0], "kind": key[1], "word": word, "count": count, "words": words}
        return {**row, "url": url, "place": place}


def lacking(runs: Iterable[dict[str, Any]], part: str | None = None) -> list[Lack]:
    """What today's vocabulary still lacks, most frequent first, over run documents (``id``, ``source``, ``unknown``).

    A word that has come in since its run was indexed is left out. Raises ValueError for an unknown part.
    """
    if part is not None and part not in PARTS:
        raise ValueError(f"{part!r} is no part of the vocabulary: {', '.join(PARTS)}")
    found: dict[tuple[str, str, str], Lack] = {}
    for run in sorted(runs, key=lambda run: str(run["id"])):
        for row in run.get("unknown") or ():
            if part in (None, row["part"]) and not _known(row):
                _sum(found, row, run)
    return sorted(found.values(), key=lambda lack: (-lack["count"], lack["part"], lack["kind"], lack["word"]))


def _sum(found: dict[tuple[str, str, str], Lack], row: dict[str, Any], run: dict[str, Any]) -> None:
    key = (row["part"], row["kind"], row["word"])
    known = found.get(key)
    if known is None:
        lack: Any = {**row, "run": run["id"], "source": run["source"]}
        found[key] = lack
    else:
        known["count"] += row["count"]
        known["words"] = max(known["words"], row["words"])


def _known(row: dict[str, Any]) -> bool:
    """Whether today's vocabulary understands a word that was counted as unknown."""
    word = row["word"]
    match row["part"]:
        case "header":
            return not fields.plan(row["kind"], (word,)).unknown
        case "unit":
            return units.normal(word) is not None
        case "pollutant":
            return pollutants.resolve(word) is not None
        case "region":
            return regions.china().find(word) is not None
        case "industry":
            return not industries.listed(word)[1]
        case "value":
            return values.is_absent(word)
    raise ValueError(f"{row['part']!r} is no part of the vocabulary: {', '.join(PARTS)}")
