"""What kind of disclosure an unknown table is, told by its headers and heading, with the reasons in words.

Pure: headers in, guesses out. Nothing is stored by a guess; a person checks the source that is proposed from it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from indexer.normalise import fields, pollutants, units
from indexer.normalise.data import load

LISTING = "listing"
_WORD = 1.5
"""Weight of a telling word in the heading, as much as a header and a half that only one kind has."""
_POLLUTANT = {"monitoring": 0.6, "emission": 0.4}
"""Weight of a column that is named after a pollutant: so it is in tables of values."""
_NAMES_ONLY = 1.0
"""Weight of a table that names enterprises and nothing that any kind has of its own: a list (名录)."""
_RARE = 0.2
_HIGH, _MEDIUM = 0.7, 0.45


@dataclass(frozen=True)
class Meaning:
    """What a header stands for in a kind: the canonical key, how values are read, and a remark for the reader."""

    key: str
    type: str
    remark: str = ""


@dataclass
class Guess:
    """A kind with its confidence (0..1), the reasons in words, and what each header stands for in it."""

    kind: str
    confidence: float
    score: float
    reasons: list[str] = field(default_factory=list)
    headers: dict[str, Meaning] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    @property
    def sureness(self) -> str:
        """``high``, ``medium`` or ``low``."""
        return "high" if self.confidence >= _HIGH else "medium" if self.confidence >= _MEDIUM else "low"


@lru_cache(maxsize=1)
def kinds() -> tuple[str, ...]:
    """Every kind that the vocabulary has headers for, ``other`` last: it takes what no kind claims."""
    vocabulary = load("fields")
    outside = {"common", "ignored", "ignored_shapes", "positional", "other"}
    return (*(name for name in vocabulary if name not in outside), "other")


@lru_cache(maxsize=50_000)
def known(header: str) -> bool:
    """Whether any kind, or a pollutant's name, explains a header; what only places a row counts as well."""
    return fields.is_ignored(header) or bool(_owners(header)) or _pollutant(header) is not None


@lru_cache(maxsize=50_000)
def _owners(header: str) -> tuple[str, ...]:
    return tuple(kind for kind in kinds() if fields.lookup(kind, header) is not None)


@lru_cache(maxsize=50_000)
def _own(kind: str, header: str) -> bool:
    """Whether the kind itself, not what all kinds have in common, explains a header."""
    entry = fields.lookup(kind, header)
    return entry is not None and fields.fold_header(header) not in _common()


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    words = (word for spec in load("fields")["common"].values() for word in spec["as"])
    return frozenset(map(fields.fold_header, words))


@lru_cache(maxsize=50_000)
def _pollutant(header: str) -> str | None:
    """The pollutant that a column is named after, its unit in brackets left aside."""
    bare = re.sub(r"[(（]([^()（）]*)[)）]$", lambda match: "" if units.normal(match[1]) else match[0], header.strip())
    bare = bare.rsplit("/", 1)[-1] if bare else bare
    found, unknown = pollutants.canonical(bare) if bare else ([], [])
    return found[0] if len(found) == 1 and not unknown else None


def guesses(headers: Sequence[str], heading: str = "", said: str | None = None) -> list[Guess]:
    """Every kind that something speaks for, the likeliest first; at least one (``other``, with confidence 0).

    ``heading`` is the table's title with the page's. ``said`` is the kind that a person says it is: it comes first.
    """
    named = [header for header in headers if header and not fields.is_ignored(header)]
    found = [_guess(kind, named, heading) for kind in kinds()]
    ranked = sorted((guess for guess in found if guess.score > 0), key=lambda guess: -guess.score)
    if not ranked and said is None:
        return [found[-1]]
    total = sum(guess.score**2 for guess in ranked[:2])
    for guess in ranked:
        covered = len(guess.headers) / len(named) if named else 1.0
        guess.confidence = round(guess.score**2 / total * (0.5 + 0.5 * covered) * (1 - 0.5 ** (1 + guess.score)), 2)
    return ranked if said is None else _said(said, found, ranked)


def _said(kind: str, found: list[Guess], ranked: list[Guess]) -> list[Guess]:
    own = next(guess for guess in found if guess.kind == kind)
    own.confidence = 1.0
    own.reasons.insert(0, "a person says so")
    return [own, *(guess for guess in ranked if guess is not own)]


def _guess(kind: str, headers: list[str], heading: str) -> Guess:
    guess = Guess(kind, 0.0, 0.0)
    specific: list[str] = []
    values: list[str] = []
    for header in headers:
        meaning = meaning_of(kind, header)
        if meaning is None:
            guess.unknown.append(header)
            continue
        guess.headers[header] = meaning
        if _own(kind, header):
            specific.append(header)
            guess.score += _weight(header) * _breadth(kind)
        elif meaning.type == "pollutant column":
            values.append(header)
            guess.score += _POLLUTANT.get(kind, 0.0)
    _explain(guess, specific, values, heading, headers)
    return guess


def _weight(header: str) -> float:
    """A header that one kind alone has tells most; one that every second kind has tells little."""
    owners = sum(1 for kind in kinds() if _own(kind, header))
    return math.log(1 + len(kinds()) / max(owners, 1)) / math.log(1 + len(kinds()))


def _breadth(kind: str) -> float:
    """A kind with many headers of its own (a yearly report has a bit of everything) is met by chance more often."""
    return float(len(load("fields")[kind]) ** -_RARE)


def _explain(guess: Guess, specific: list[str], values: list[str], heading: str, headers: list[str]) -> None:
    words = [word for word in load("kinds").get(guess.kind, ()) if word in heading]
    if words:
        guess.score += _WORD
        guess.reasons.append(f"the heading says {'、'.join(words)}")
    if specific:
        guess.reasons.append(f"headers of its own: {'、'.join(specific)}")
    if values and guess.kind in _POLLUTANT:
        guess.reasons.append(f"columns named after pollutants: {'、'.join(values)}")
    keys = {meaning.key for meaning in guess.headers.values()}
    if guess.kind == LISTING and "name" in keys and not any(_claimed(header) for header in headers):
        guess.score += _NAMES_ONLY
        guess.reasons.append("it names enterprises and no column belongs to another kind")


@lru_cache(maxsize=50_000)
def _claimed(header: str) -> bool:
    """Whether some kind but the list has a header for its own, or it is a pollutant's."""
    return (
        any(_own(kind, header) for kind in kinds() if kind not in (LISTING, "other")) or _pollutant(header) is not None
    )


def meaning_of(kind: str, header: str) -> Meaning | None:
    """What a header stands for in a kind; of 是否达标 and 是否超标 what 是 means there; None where nothing is known."""
    entry = fields.lookup(kind, header)
    if entry is not None:
        return Meaning(entry.key, entry.type, _VERDICTS.get(entry.key, "") if entry.type == "verdict" else "")
    pollutant = _pollutant(header)
    if pollutant is not None and kind in _POLLUTANT:
        return Meaning(pollutant, "pollutant column")
    return None


_VERDICTS = {"ok": "是 means within the limit", "over": "是 means over the limit"}


def best_header(candidates: Iterable[Sequence[str]]) -> int:
    """The index of the candidate header row (names) that the vocabulary explains best; the first of equals."""
    scores = [_explained(names) for names in candidates]
    return max(range(len(scores)), key=lambda index: (scores[index], -index)) if scores else 0


def _explained(names: Sequence[str]) -> tuple[int, float]:
    filled = [name for name in names if name]
    hits = sum(1 for name in filled if known(name.rsplit("/", 1)[-1]) or known(name))
    return hits, hits / len(filled) if filled else 0.0
