"""The one search box: what a visitor types → a query on the alias ``enterprises``.

Pure functions that build request bodies; nothing here holds a client. Every boost says which search it is for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from indexer.normalise import names, pollutants
from indexer.normalise.regions import Regions

Body = dict[str, Any]

MAX_WINDOW = 10_000
"""Elasticsearch gives no more than this by from/size; the page says so instead of failing."""
MAX_TEXT = 100
"""Longer input is no name: cut, so that no query grows without bound."""
MAX_WORDS = 8

# Whole code or permit number: nobody types 18 characters to find something else.
WHOLE_CODE = 100.0
# Exactly the present name: "上海石化" before a site that was once called so, or is so for short.
PRESENT_NAME = 80.0
# Exactly a former name or a short form ("上海石化"): that site before the dozens that contain it.
WHOLE_NAME = 60.0
# The beginning of a code, typed from a paper in the hand.
CODE_START = 30.0
# The beginning of a name: "宝山钢铁" is rather 宝山钢铁股份有限公司 than 上海宝山钢铁贸易.
NAME_START = 8.0
# The characters in this order and together: "宝钢" is not "钢宝".
NAME_PHRASE = 6.0
# A piece from the middle of a code: an organisation code inside a credit code, a site's number in a permit.
CODE_PIECE = 8.0
# Pinyin, whole or initials, as people type it without an input method ("baogang", "bg").
PINYIN_START = 4.0
INITIALS_START = 3.0
# All single characters in any order: finds "温州电镀" in "温州市鹿城电镀厂", at the end of the list.
NAME_CHARACTERS = 1.0
# A region or a pollutant selects; it should not outrank a name that contains the same word.
SELECTS = 1.0

SINGLES = "standard"
"""Analyzer of the query where single characters are meant; the field itself also holds pairs of neighbours."""
_CODE = re.compile(r"[0-9A-Z]{4,22}")
_LETTERS = re.compile(r"[a-z]{2,40}")


@dataclass(frozen=True)
class Filters:
    """What the facets narrow to; None leaves a facet open. ``state`` is a public state of one of its duties."""

    region: str | None = None
    cls: str | None = None
    kind: str | None = None
    pollutant: str | None = None
    source: str | None = None
    state: str | None = None


def words(text: str) -> list[str]:
    """The words of the search box, folded as names are in the index; blanks and commas part them."""
    parts = re.split(r"[\s,，、;；]+", text[:MAX_TEXT].strip())
    return list(dict.fromkeys(names.fold(part) for part in parts if part))[:MAX_WORDS]


def enterprises(text: str, filters: Filters, regions: Regions) -> Body:
    """The query part of a search: every word must match something; without words, everything in the filters."""
    must = [_word(word, regions) for word in words(text)]
    return {"bool": {"must": must or [{"match_all": {}}], "filter": filter_clauses(filters)}}


def page(query: Body, start: int, size: int) -> Body:
    """A request body for rows ``start``.. of a query, best first, and in a stable order among equals."""
    start = max(0, min(start, MAX_WINDOW - size))
    return {"query": query, "from": start, "size": size, "track_total_hits": True, "sort": ["_score", {"id": "asc"}]}


def filter_clauses(filters: Filters) -> list[Body]:
    """Clauses that do not score."""
    pairs = {
        "region_path": filters.region,
        "classes": filters.cls,
        "kinds": filters.kind,
        "pollutants": filters.pollutant,
        "sources": filters.source,
    }
    clauses: list[Body] = [{"term": {name: value}} for name, value in pairs.items() if value]
    if filters.state:
        clauses.append(has_state(filters.state))
    return clauses


def has_state(state: str) -> Body:
    """Enterprises with at least one duty in a public state."""
    return {"range": {f"duty_states.{state}": {"gte": 1}}}


def _word(word: str, regions: Regions) -> Body:
    ways = [*_as_name(word), *_as_code(word), *_as_letters(word), *_as_place_or_pollutant(word, regions)]
    return {"dis_max": {"queries": ways, "tie_breaker": 0.1}}


def _as_name(word: str) -> list[Body]:
    together = {"query": word, "analyzer": SINGLES, "boost": NAME_PHRASE}
    anywhere = {"query": word, "analyzer": SINGLES, "operator": "and", "boost": NAME_CHARACTERS}
    return [
        _term("name", word, PRESENT_NAME),
        _term("search_names.exact", word, WHOLE_NAME),
        {"prefix": {"search_names.start": {"value": word, "boost": NAME_START}}},
        {"match_phrase": {"search_names": together}},
        {"match": {"search_names": anywhere}},
    ]


def _as_code(word: str) -> list[Body]:
    if not _CODE.fullmatch(word) or not re.search(r"\d", word):
        return []
    ways: list[Body] = []
    for name in ("usccs", "permit_nos"):
        ways += [
            _term(name, word, WHOLE_CODE),
            {"prefix": {name: {"value": word, "boost": CODE_START}}},
            {"wildcard": {name: {"value": f"*{word}*", "boost": CODE_PIECE}}},
        ]
    return ways


def _as_letters(word: str) -> list[Body]:
    letters = word.lower()
    if not _LETTERS.fullmatch(letters):
        return []
    return [
        {"prefix": {"pinyin.start": {"value": letters, "boost": PINYIN_START}}},
        {"prefix": {"initials.start": {"value": letters, "boost": INITIALS_START}}},
    ]


def _as_place_or_pollutant(word: str, regions: Regions) -> list[Body]:
    ways: list[Body] = []
    region = regions.find(word)
    if region and _reads_as(word, regions.name(region)):
        ways.append(_term("region_path", region, SELECTS))
    pollutant = pollutants.resolve(word)
    if pollutant:
        ways.append(_term("pollutants", pollutant.name, SELECTS))
    return ways


def _reads_as(word: str, name: str) -> bool:
    """True where the word is the name with parts left out: ``上海金山`` of 上海市金山区, but not ``金山化工``."""
    rest = iter(name)
    return word.isdigit() or all(character in rest for character in word)


def _term(name: str, value: str, boost: float) -> Body:
    return {"constant_score": {"filter": {"term": {name: value}}, "boost": boost}}


def by_ids(ids: Sequence[str]) -> Body:
    """The documents with these ids, in any index."""
    return {"query": {"terms": {"id": list(ids)}}, "size": min(len(ids), MAX_WINDOW)}
