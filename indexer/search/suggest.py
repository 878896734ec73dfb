"""Type-ahead, and 您是不是要找 where a search found nothing."""

from __future__ import annotations

import re
from typing import Any

from indexer.search.queries import SINGLES, Body, words

TYPE_AHEAD = 8
PAIRS = "prose"
"""Analyzer of the query where pairs of neighbouring characters alone are meant."""
FIELDS = ["id", "name", "region_name"]


def type_ahead(text: str) -> Body | None:
    """Enterprises whose name, pinyin, initials or code begins with what is typed; None where nothing is typed."""
    typed = words(text)
    if not typed:
        return None
    return {"query": _beginning(typed[0], typed[1:]), "size": TYPE_AHEAD, "_source": FIELDS}


def _beginning(first: str, rest: list[str]) -> Body:
    ways: list[Body] = [
        {"prefix": {"search_names.start": {"value": first, "boost": 3}}},
        _together(first, 2),
    ]
    if re.fullmatch(r"[A-Z]+", first):
        ways += [{"prefix": {name: first.lower()}} for name in ("pinyin.start", "initials.start")]
    elif re.fullmatch(r"[0-9A-Z]{4,}", first):
        ways += [{"prefix": {name: first}} for name in ("usccs", "permit_nos")]
    return {"bool": {"must": [{"dis_max": {"queries": ways}}, *(_together(word, 1) for word in rest)]}}


def _together(word: str, boost: float) -> Body:
    return {"match_phrase": {"search_names": {"query": word, "analyzer": SINGLES, "boost": boost}}}


def near(text: str) -> Body | None:
    """Enterprises that share most pairs of characters with the text: one character mistyped, missing or too many.

    Three fifths of the pairs: of ``上海金山化工厂`` typed with one wrong character four of six pairs are left.
    """
    joined = "".join(words(text))
    if len(joined) < 3:
        return None
    query: dict[str, Any] = {
        "match": {"search_names": {"query": joined, "analyzer": PAIRS, "minimum_should_match": "60%"}}
    }
    sounds: dict[str, Any] = {"fuzzy": {"pinyin": {"value": joined.lower(), "fuzziness": "AUTO"}}}
    ways = [query, sounds] if re.fullmatch(r"[A-Z]+", joined) else [query]
    return {"query": {"dis_max": {"queries": ways}}, "size": 5, "_source": FIELDS}
