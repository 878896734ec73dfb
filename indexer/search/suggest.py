"""Type-ahead, and what comes nearest where nothing answers a search (您是不是要找)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from indexer.normalise import forms
from indexer.search import trade
from indexer.search.queries import Body, words
from indexer.search.words import PAIRS, SINGLES, as_sounds

TYPE_AHEAD = 8
NEAR = 5
FIELDS = ["id", "name", "region_name"]
_SHORTEST = 3


def type_ahead(text: str) -> Body | None:
    """Enterprises whose name, pinyin, initials or code begins with what is typed; None where nothing is typed.

    One request, its total not counted: counting would read every name that begins with 上海.
    """
    typed = words(text)
    if not typed:
        return None
    return {
        "query": _beginning(typed[0], typed[1:]),
        "size": TYPE_AHEAD,
        "_source": FIELDS,
        "track_total_hits": False,
    }


def _beginning(first: str, rest: list[str]) -> Body:
    ways: list[Body] = [
        {"prefix": {"search_names.start": {"value": first, "boost": 3}}},
        _together(first, 2),
        *(_together(other, 2) for other in trade.others(first)),
        {"constant_score": {"filter": {"term": {"abbreviations": first}}, "boost": 4}},
    ]
    if re.fullmatch(r"[A-Z]+", first):
        ways += [{"prefix": {name: first.lower()}} for name in ("pinyin.start", "initials.start")]
    elif re.fullmatch(r"[0-9A-Z]{4,}", first):
        ways += [{"prefix": {name: first}} for name in ("usccs", "permit_nos")]
    return {"bool": {"must": [{"dis_max": {"queries": ways}}, *(_together(word, 1) for word in rest)]}}


def _together(word: str, boost: float) -> Body:
    """The characters together and in this order: by pairs of neighbours, which are far rarer than single characters."""
    return {"match_phrase": {"search_names": {"query": word, "analyzer": PAIRS, "boost": boost}}}


def near(text: str, filters: Sequence[Body] = (), size: int = NEAR) -> Body | None:
    """Enterprises that come nearest to the text: one character mistyped, missing or too many, or typed by its sound.

    All but one of the characters (of long texts all but a fifth), or the same syllables: 赫滕化工 is written
    otherwise, but sounds like 赫腾化工. None for texts of two characters, to which everything is near.
    """
    joined = "".join(words(text))
    if len(joined) < _SHORTEST:
        return None
    ways = _by_letters(joined) if re.fullmatch(r"[A-Z]+", joined) else _by_characters(joined)
    query: Body = {"bool": {"should": ways, "minimum_should_match": 1, "filter": list(filters)}}
    return {"query": query, "size": size, "_source": FIELDS, "track_total_hits": True}


def _by_characters(joined: str) -> list[Body]:
    sounds = " ".join(forms.sounds(joined)).lower()
    characters: dict[str, Any] = {"query": joined, "analyzer": SINGLES, "minimum_should_match": "2<-1 6<80%"}
    pairs: dict[str, Any] = {"query": joined, "analyzer": PAIRS, "minimum_should_match": "60%"}
    return [
        {"match": {"search_names": characters}},
        {"match": {"search_names": pairs}},
        *as_sounds(sounds),
    ]


def _by_letters(joined: str) -> list[Body]:
    """Pinyin with a letter too many, too few or wrong; or a Latin name so mistyped."""
    letters = joined.lower()
    return [
        {"fuzzy": {"pinyin": {"value": letters, "fuzziness": "AUTO"}}},
        {"fuzzy": {"search_names": {"value": letters, "fuzziness": "AUTO", "prefix_length": 1}}},
    ]
