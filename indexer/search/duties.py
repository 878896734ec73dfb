"""Questions on duties: the list of gaps, one enterprise's duties, and their counts.

Every function takes the reader: the public asks by ``public_state`` and never meets a row that is not for it.
Today's duties are in the alias ``duties``; how they stood on a past day is read from ``duty_events``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from indexer.search import facets, moment
from indexer.search.moment import TODAY, Moment
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


def index(at: Moment) -> str:
    """The family that holds how duties stood."""
    return "duty_events" if at.day else "duties"


def state_field(reader: Reader, at: Moment = TODAY) -> str:
    """The field that holds the state for this reader."""
    return "public_state" if reader == "public" else "after" if at.day else "state"


def order_of(name: str, at: Moment = TODAY) -> list[Body]:
    """The order ``name`` of ORDERS; of a past day too the duty's id comes last, not that of its event."""
    return [{"duty": "asc"} if at.day and "id" in part else part for part in ORDERS[name]]


def _source_field(at: Moment) -> str:
    return "sources" if at.day else "channels.source"


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


def gaps(filters: GapFilters, reader: Reader, at: Moment = TODAY) -> Body:
    """The query part of the list of gaps."""
    clauses = [*moment.duties(at), *visible(reader)]
    if filters.states:
        clauses.append({"terms": {state_field(reader, at): list(filters.states)}})
    pairs = {
        "region_path": filters.region,
        "obligation": filters.obligation,
        "severity": filters.severity,
        _source_field(at): filters.source,
    }
    clauses += [{"term": {name: value}} for name, value in pairs.items() if value]
    if filters.year:
        clauses.append({"range": {"due": {"gte": f"{filters.year}-01-01", "lte": f"{filters.year}-12-31"}}})
    return {"bool": {"filter": clauses}}


def gap_facets(reader: Reader, at: Moment = TODAY) -> dict[str, Any]:
    """The facets of the list of gaps."""
    return {
        "state": facets.terms(state_field(reader, at)),
        "region": facets.terms("region_path", facets.REGION_SIZE),
        "obligation": facets.terms("obligation"),
        "severity": facets.terms("severity"),
        "source": facets.terms(_source_field(at)),
        "year": {"date_histogram": {"field": "due", "calendar_interval": "year", "format": "yyyy", "min_doc_count": 1}},
    }


def gap_page(filters: GapFilters, reader: Reader, order: str, start: int, size: int, at: Moment = TODAY) -> Body:
    """A request body for one page of gaps with its facets, to ``index(at)``; ``order`` is a key of ORDERS."""
    return {
        "query": gaps(filters, reader, at),
        "sort": order_of(order, at),
        "from": start,
        "size": size,
        "track_total_hits": True,
        "aggs": gap_facets(reader, at),
    }


def scanned() -> Body:
    """The earliest day from which a stored duty stands: without a word on the last scan of all, it reaches at least so
    far. To ``duties``."""
    return {"size": 0, "aggs": {"as_of": {"min": {"field": "as_of", "format": "yyyy-MM-dd"}}}}


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
