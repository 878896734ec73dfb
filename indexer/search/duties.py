"""Questions to the alias ``duties``: the list of gaps, one enterprise's duties, and their counts.

Every function takes the reader: the public asks by ``public_state`` and never meets a row that is not for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from indexer.search import facets
from indexer.search.queries import Body

Reader = Literal["public", "staff"]
MAX_OF_ONE = 2_000
"""Duties of one enterprise at most: nine a year for as long as the law has been in force stay far below."""

# For every reader the same order on every page: what is worst, then what is longest due, then the id.
ORDERS: dict[str, list[Body]] = {
    "severity": [
        {"severity": {"order": "desc", "missing": "_last"}},
        {"due": {"order": "asc", "missing": "_last"}},
        {"id": "asc"},
    ],
    "due": [{"due": {"order": "desc", "missing": "_last"}}, {"id": "asc"}],
    "enterprise": [{"enterprise": "asc"}, {"id": "asc"}],
}


@dataclass(frozen=True)
class GapFilters:
    """What the list of gaps is narrowed to; ``year`` is the calendar year in which the duty fell due."""

    states: tuple[str, ...] = ()
    region: str | None = None
    obligation: str | None = None
    year: int | None = None
    severity: str | None = None
    source: str | None = None


def state_field(reader: Reader) -> str:
    """The field that holds the state for this reader."""
    return "public_state" if reader == "public" else "state"


def visible(reader: Reader) -> list[Body]:
    """Clauses that keep from the public what only staff may see: rows for staff, and law that is marked from memory."""
    if reader == "staff":
        return []
    confirmed = {
        "bool": {"filter": [{"term": {"audience": "confirmed_only"}}, {"term": {"decision_kind": "confirmed"}}]}
    }
    return [
        {"term": {"law_seen": True}},
        {"bool": {"should": [{"term": {"audience": "public"}}, confirmed], "minimum_should_match": 1}},
    ]


def gaps(filters: GapFilters, reader: Reader) -> Body:
    """The query part of the list of gaps."""
    clauses = visible(reader)
    if filters.states:
        clauses.append({"terms": {state_field(reader): list(filters.states)}})
    pairs = {
        "region_path": filters.region,
        "obligation": filters.obligation,
        "severity": filters.severity,
        "channels.source": filters.source,
    }
    clauses += [{"term": {name: value}} for name, value in pairs.items() if value]
    if filters.year:
        clauses.append({"range": {"due": {"gte": f"{filters.year}-01-01", "lte": f"{filters.year}-12-31"}}})
    return {"bool": {"filter": clauses}}


def gap_facets(reader: Reader) -> dict[str, Any]:
    """The facets of the list of gaps."""
    return {
        "state": facets.terms(state_field(reader)),
        "region": facets.terms("region_path", facets.REGION_SIZE),
        "obligation": facets.terms("obligation"),
        "severity": facets.terms("severity"),
        "source": facets.terms("channels.source"),
        "year": {"date_histogram": {"field": "due", "calendar_interval": "year", "format": "yyyy", "min_doc_count": 1}},
    }


def gap_page(filters: GapFilters, reader: Reader, order: str, start: int, size: int) -> Body:
    """A request body for one page of gaps with its facets; ``order`` is a key of ORDERS."""
    return {
        "query": gaps(filters, reader),
        "sort": ORDERS[order],
        "from": start,
        "size": size,
        "track_total_hits": True,
        "aggs": gap_facets(reader),
    }


def of_enterprise(enterprise: str, reader: Reader) -> Body:
    """All duties of one enterprise that the reader may see, by obligation and due day."""
    clauses = [{"term": {"enterprise": enterprise}}, *visible(reader)]
    return {
        "query": {"bool": {"filter": clauses}},
        "sort": [{"obligation": "asc"}, {"due": {"order": "desc", "missing": "_last"}}, {"id": "asc"}],
        "size": MAX_OF_ONE,
    }


def counts(reader: Reader, states: Iterable[str] = ()) -> Body:
    """How many duties are in each state, and in how many enterprises; no rows."""
    narrowed = GapFilters(states=tuple(states))
    return {
        "query": gaps(narrowed, reader),
        "size": 0,
        "track_total_hits": True,
        "aggs": {
            "state": facets.terms(state_field(reader)),
            "enterprises": {"cardinality": {"field": "enterprise", "precision_threshold": 40_000}},
            "as_of": facets.terms("as_of", 1),
        },
    }
