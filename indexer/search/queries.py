"""The one search box: what a visitor types → a query on the alias ``enterprises``.

Pure functions that build request bodies; nothing here holds a client.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from indexer.normalise import names
from indexer.normalise.regions import Regions
from indexer.search import moment, trade
from indexer.search.moment import TODAY, Moment
from indexer.search.words import PERSON, term, ways

Body = dict[str, Any]

MAX_WINDOW = 10_000
"""Elasticsearch gives no more than this by from/size; beyond it ``search_after`` goes on (``after``)."""
MAX_TEXT = 100
"""Longer input is no name: cut, so that no query grows without bound."""
MAX_WORDS = 8
SHOWN = (
    "id", "name", "names", "usccs", "permit_nos", "region", "region_name", "industry", "classes", "duty_states",
    "first_seen", "last_seen", "sources", "kinds", "pollutants",
)  # fmt: skip
"""Fields that a row of results shows: a whole document carries every list line with its proof, ten times as much."""

ORDERS: dict[str, list[Any]] = {
    # Best first; among equals by id, so that pages do not flicker.
    "score": [{"_score": "desc"}, {"id": "asc"}],
    "name": [{"name": "asc"}, {"id": "asc"}],
    "region": [{"region": {"order": "asc", "missing": "_last"}}, {"name": "asc"}, {"id": "asc"}],
    "missing": [{"duty_states.missing": {"order": "desc", "missing": "_last"}}, {"id": "asc"}],
    "seen": [{"last_seen": "desc"}, {"id": "asc"}],
}


@dataclass(frozen=True)
class Filters:
    """What the facets narrow to; None leaves a facet open. ``state`` is a public state of one of its duties."""

    region: str | None = None
    industry: str | None = None
    cls: str | None = None
    year: str | None = None
    kind: str | None = None
    pollutant: str | None = None
    source: str | None = None
    state: str | None = None
    severity: str | None = None


PAST = frozenset({"region", "industry", "cls", "year"})
"""Filters that carry the days they held; the others describe what is known today."""


class PastFilterError(ValueError):
    """A filter that cannot be answered for a past day; ``names`` says which."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(f"on a past day a search is narrowed by {', '.join(sorted(PAST))}, not by {', '.join(names)}")
        self.names = tuple(names)


FIELDS = {
    "region": "region_path",
    "industry": "industry",
    "cls": "classes",
    "year": "memberships.year",
    "kind": "kinds",
    "pollutant": "pollutants",
    "source": "sources",
    "severity": "severities",
}
"""Filter → field of the enterprises; ``state`` is a count of its own."""


def words(text: str) -> list[str]:
    """The words of the search box, folded as names are in the index; blanks and commas part them."""
    parts = re.split(r"[\s,，、;；]+", text[:MAX_TEXT].strip())
    folded = [names.fold(part) for part in parts if part]
    return list(dict.fromkeys(trade.joined(folded)))[:MAX_WORDS]


def enterprises(text: str, filters: Filters, regions: Regions, staff: bool = False, at: Moment = TODAY) -> Body:
    """The query part of a search: every word must match something; without words, everything in the filters.

    ``staff`` may also ask for a legal representative. Raises PastFilterError like ``filter_clauses``.
    """
    asked = _every(words(text), regions)
    query: Body = {"bool": {"must": asked or [{"match_all": {}}], "filter": filter_clauses(filters, at)}}
    if staff and asked:
        person = term("legal_rep", re.sub(r"\s+", " ", text.strip()[:MAX_TEXT]), PERSON)
        either = {"dis_max": {"queries": [{"bool": {"must": asked}}, person]}}
        query["bool"]["must"] = [either]
    return query


def page(query: Body, start: int, size: int, order: str = "score") -> Body:
    """A request body for rows ``start``.. of a query, in one of ``ORDERS``; no row lies beyond the window."""
    start = max(0, min(start, MAX_WINDOW - size))
    return {"query": query, "from": start, "size": size, "track_total_hits": True, "sort": ORDERS[order]}


def after(query: Body, last: Sequence[Any] | None, size: int, order: str = "score") -> Body:
    """A request body for the rows behind the row whose sort values are ``last`` (None: from the first): no end."""
    body = {"query": query, "size": size, "track_total_hits": last is None, "sort": ORDERS[order]}
    return body if last is None else {**body, "search_after": list(last)}


def filter_clauses(filters: Filters, at: Moment = TODAY) -> list[Body]:
    """Clauses that do not score. Raises PastFilterError for a filter that describes today alone on a past day."""
    chosen = {name: value for name, value in vars(filters).items() if value}
    if at.day:
        return [*moment.enterprises(at), *_past(chosen, at.day)]
    clauses: list[Body] = [{"term": {field: chosen[name]}} for name, field in FIELDS.items() if name in chosen]
    if filters.state:
        clauses.append(has_state(filters.state))
    return clauses


def _past(chosen: dict[str, str], day: str) -> list[Body]:
    """The filters that can be answered for a past day: place, industry, and the list lines known by then."""
    unknown = sorted(chosen.keys() - PAST)
    if unknown:
        raise PastFilterError(unknown)
    clauses: list[Body] = [{"term": {FIELDS[name]: chosen[name]}} for name in ("region", "industry") if name in chosen]
    lines: list[Body] = [{"term": {f"memberships.{name}": chosen[name]}} for name in ("cls", "year") if name in chosen]
    if lines:
        known = {"range": {"memberships.first_seen": {"lte": day}}}
        clauses.append({"nested": {"path": "memberships", "query": {"bool": {"filter": [*lines, known]}}}})
    return clauses


def has_state(state: str) -> Body:
    """Enterprises with at least one duty in a public state."""
    return {"range": {f"duty_states.{state}": {"gte": 1}}}


def _every(asked: list[str], regions: Regions) -> list[Body]:
    """A clause a word; pinyin typed with blanks (``bao gang``) may as well be one word."""
    clauses = [_word(word, regions) for word in asked]
    if len(asked) > 1 and all(re.fullmatch(r"[A-Z]+", word) for word in asked):
        return [{"dis_max": {"queries": [_word("".join(asked), regions), {"bool": {"must": clauses}}]}}]
    return clauses


def _word(word: str, regions: Regions) -> Body:
    return {"dis_max": {"queries": ways(word, regions), "tie_breaker": 0.1}}


def by_ids(ids: Sequence[str]) -> Body:
    """The documents with these ids, in any index."""
    return {"query": {"terms": {"id": list(ids)}}, "size": min(len(ids), MAX_WINDOW)}
