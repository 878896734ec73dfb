"""What was disclosed (alias ``disclosures``), searched by its words, its document number, its pollutants."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from indexer.normalise import docnos, names, pollutants
from indexer.search import facets, moment
from indexer.search.moment import TODAY, Moment
from indexer.search.queries import MAX_WINDOW, Body, words
from indexer.search.words import PAIRS, SINGLES, term

# A document number: nobody types 沪环罚〔2021〕12号 to find something else.
NUMBER = 100.0
# A title says what the thing is; the firm's name whose it is; the text only that the word occurs.
TITLE = 4.0
SUBJECT = 3.0
TEXT = 1.0
SHOWN = (
    "id", "enterprise", "subject_name", "kind", "title", "period", "published", "document_no", "outlet", "pollutants",
    "source", "channel", "region_path", "url", "place", "capture", "seen", "gone", "first_seen", "last_seen",
)  # fmt: skip
ORDERS: dict[str, list[Any]] = {
    "score": [{"_score": "desc"}, {"last_seen": "desc"}, {"id": "asc"}],
    "seen": [{"last_seen": "desc"}, {"id": "asc"}],
    "published": [{"published": {"order": "desc", "missing": "_last"}}, {"id": "asc"}],
}
EXCERPT: Body = {
    "fields": {"text": {"fragment_size": 120, "number_of_fragments": 1, "no_match_size": 120}},
    "pre_tags": [""],
    "post_tags": [""],
}
"""Of a long text the piece that answers, cut by Elasticsearch: whole texts of a page would be most of its answer."""
FIELDS = {"kind": "kind", "region": "region_path", "source": "source", "pollutant": "pollutants"}


@dataclass(frozen=True)
class Filters:
    """What a search of disclosures is narrowed to; ``year`` is the year of its period, or where it has none of the
    day it was first seen; ``enterprise`` an id."""

    kind: str | None = None
    region: str | None = None
    source: str | None = None
    pollutant: str | None = None
    year: int | None = None
    enterprise: str | None = None


def query(text: str, filters: Filters, at: Moment = TODAY) -> Body:
    """The query part: every word in the number, title, firm's name or text, or naming a pollutant."""
    # A document number may be typed with blanks inside: 沪环罚[2019] 第045号.
    asked = [_word(text)] if docnos.parse(text) else [_word(word) for word in words(text)]
    clauses: list[Body] = [
        {"term": {f: getattr(filters, name)}} for name, f in FIELDS.items() if getattr(filters, name)
    ]
    if filters.enterprise:
        clauses.append({"term": {"enterprise": filters.enterprise}})
    if filters.year:
        clauses.append(_of_year(filters.year))
    return {"bool": {"must": asked or [{"match_all": {}}], "filter": [*clauses, *moment.disclosures(at)]}}


def _word(word: str) -> Body:
    ways: list[Body] = [
        {"match_phrase": {"title": {"query": word, "analyzer": SINGLES, "boost": TITLE}}},
        {"match_phrase": {"subject_name": {"query": word, "analyzer": SINGLES, "boost": SUBJECT}}},
        {"match_phrase": {"text": {"query": word, "analyzer": PAIRS, "boost": TEXT}}},
    ]
    if re.search(r"\d", word):
        ways += [term("document_no", one, NUMBER) for one in numbers(word)]
    pollutant = pollutants.resolve(word)
    if pollutant:
        ways.append(term("pollutants", pollutant.name, SUBJECT))
    return {"dis_max": {"queries": ways, "tie_breaker": 0.1}}


def numbers(text: str) -> tuple[str, ...]:
    """What a text may be as a document number: the form of the register, and as typed; both in small letters."""
    found = docnos.parse(text)
    return tuple(dict.fromkeys([*([found.value.lower()] if found else []), names.fold(text).lower()]))


def _of_year(year: int) -> Body:
    stated: Body = {"prefix": {"period": str(year)}}
    without: Body = {"bool": {"must_not": [{"exists": {"field": "period"}}], "filter": [_seen_in(year)]}}
    return {"bool": {"should": [stated, without], "minimum_should_match": 1}}


def _seen_in(year: int) -> Body:
    return {"range": {"first_seen": {"gte": f"{year}-01-01", "lte": f"{year}-12-31"}}}


def all_facets() -> Body:
    """The facets of a search of disclosures."""
    by_year = {"field": "first_seen", "calendar_interval": "year", "format": "yyyy", "min_doc_count": 1}
    return {
        "kind": facets.terms("kind"),
        "region": facets.terms("region_path", facets.REGION_SIZE),
        "source": facets.terms("source"),
        "pollutant": facets.terms("pollutants"),
        "year": {"date_histogram": by_year},
    }


def page(asked: Body, start: int, size: int, order: str = "score", aggs: bool = True) -> Body:
    """A request body for one page; ``order`` is a key of ORDERS."""
    start = max(0, min(start, MAX_WINDOW - size))
    body: Body = {"query": asked, "from": start, "size": size, "sort": ORDERS[order], "_source": list(SHOWN)}
    body["highlight"] = EXCERPT
    return {**body, "track_total_hits": True, **({"aggs": all_facets()} if aggs else {})}


def rows(answer: Body) -> list[Body]:
    """The documents of an answer, each with its ``excerpt`` (empty where it has no text)."""
    return [
        {**hit["_source"], "excerpt": "".join(hit.get("highlight", {}).get("text", ())[:1])}
        for hit in answer["hits"]["hits"]
    ]


def after(asked: Body, last: Sequence[Any] | None, size: int, order: str = "score") -> Body:
    """A request body for the rows behind the one whose sort values are ``last``."""
    body = page(asked, 0, size, order, aggs=False)
    return body if last is None else {**body, "search_after": list(last), "track_total_hits": False}
