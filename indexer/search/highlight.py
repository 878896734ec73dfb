"""Which parts of a printed text answer the search.

Marked here and not by Elasticsearch: the index holds folded names and whole codes, the page shows them as printed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.normalise import names


@dataclass(frozen=True)
class Piece:
    """A run of characters of a text; ``hit`` where it answers the search."""

    text: str
    hit: bool


def mark(text: str, words: Sequence[str]) -> list[Piece]:
    """The text in pieces, joined again they give the text; ``words`` are folded (``queries.words``)."""
    folded, origin = _fold_with_origin(text)
    hits = [False] * len(text)
    for word in words:
        for start in _places(folded, word):
            for position in range(start, start + len(word)):
                hits[origin[position]] = True
    return _pieces(text, hits)


def answers(text: str, words: Sequence[str]) -> bool:
    """True where the text contains one of the words."""
    folded = names.fold(text)
    return any(word in folded for word in words)


def _fold_with_origin(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the position in ``text`` that it came from."""
    whole = names.fold(text)
    if len(whole) == len(text):
        return whole, list(range(len(text)))
    folded: list[str] = []
    origin: list[int] = []
    for position, character in enumerate(text):
        for result in names.fold(unicodedata.normalize("NFKC", character)):
            folded.append(result)
            origin.append(position)
    return "".join(folded), origin


def _places(folded: str, word: str) -> list[int]:
    places, start = [], folded.find(word) if word else -1
    while start >= 0:
        places.append(start)
        start = folded.find(word, start + len(word))
    return places


def _pieces(text: str, hits: list[bool]) -> list[Piece]:
    pieces: list[Piece] = []
    for character, hit in zip(text, hits, strict=True):
        if pieces and pieces[-1].hit == hit:
            pieces[-1] = Piece(pieces[-1].text + character, hit)
        else:
            pieces.append(Piece(character, hit))
    return pieces
