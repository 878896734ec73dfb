"""Questions about one enterprise: what it disclosed, what was measured, and what rests on one archived page."""

from __future__ import annotations

from typing import Any

from indexer.search import moment
from indexer.search.moment import TODAY, Moment
from indexer.search.queries import Body

KIND_SAMPLE = 5
"""Newest disclosures of each kind on the enterprise's page; the rest is behind a link."""
MAX_SERIES = 300
MAX_POINTS = 2_000
"""Values of one chart at most, the newest: more cannot be told apart in it, and its table would be unreadable."""
MAX_DRAWN = 100


def kinds(enterprise: str, at: Moment = TODAY) -> Body:
    """Each kind with its newest disclosures (``top_hits``) and their number."""
    newest = {
        "size": KIND_SAMPLE,
        "sort": [{"last_seen": "desc"}, {"id": "asc"}],
        "_source": {"excludes": ["staff_fields", "text"]},
    }
    return {
        "query": {"bool": {"filter": [{"term": {"enterprise": enterprise}}, *moment.disclosures(at)]}},
        "size": 0,
        "aggs": {"kind": {"terms": {"field": "kind", "size": 40}, "aggs": {"newest": {"top_hits": newest}}}},
    }


def disclosures(
    enterprise: str, kind: str | None, start: int, size: int, staff: bool = False, at: Moment = TODAY
) -> Body:
    """One page of an enterprise's disclosures, newest sighting first; contacts only for staff."""
    clauses: list[Body] = [{"term": {"enterprise": enterprise}}, *moment.disclosures(at)]
    if kind:
        clauses.append({"term": {"kind": kind}})
    excludes = ["text"] if staff else ["text", "staff_fields"]
    return {
        "query": {"bool": {"filter": clauses}},
        "sort": [{"kind": "asc"}, {"key": "asc"}, {"first_seen": "desc"}, {"id": "asc"}],
        "from": start,
        "size": size,
        "track_total_hits": True,
        "_source": {"excludes": excludes},
    }


def series(enterprise: str, at: Moment = TODAY) -> Body:
    """The measured series of an enterprise (outlet × pollutant × averaging × unit): number, span, highest, over."""
    parts = ("outlet", "pollutant", "averaging", "unit")
    sources: list[dict[str, Any]] = [{part: {"terms": {"field": part, "missing_bucket": True}}} for part in parts]
    return {
        "query": {"bool": {"filter": [{"term": {"enterprise": enterprise}}, *moment.measurements(at)]}},
        "size": 0,
        "aggs": {
            "series": {
                "composite": {"size": MAX_SERIES, "sources": sources},
                "aggs": {
                    "first": {"min": {"field": "time"}},
                    "last": {"max": {"field": "time"}},
                    "highest": {"max": {"field": "value"}},
                    "over": {"filter": {"term": {"verdict": "over"}}},
                },
            }
        },
    }


def points(
    enterprise: str,
    outlet: str | None,
    pollutant: str,
    averaging: str | None,
    unit: str | None,
    at: Moment = TODAY,
) -> Body:
    """The newest values of one series, newest first, every revision."""
    clauses: list[Body] = [{"term": {"enterprise": enterprise}}, {"term": {"pollutant": pollutant}}]
    clauses += moment.measurements(at)
    absent: list[Body] = []
    for name, value in (("outlet", outlet), ("averaging", averaging), ("unit", unit)):
        if value:
            clauses.append({"term": {name: value}})
        else:
            absent.append({"exists": {"field": name}})
    return {
        "query": {"bool": {"filter": clauses, "must_not": absent}},
        "sort": [{"time": "desc"}, {"revision": "desc"}, {"source": "asc"}],
        "size": MAX_POINTS,
        "track_total_hits": True,
    }


def drawn_from(digest: str) -> Body:
    """The disclosures that rest on archived bytes with this digest, newest sighting first."""
    return {
        "query": {"term": {"capture.digest": digest}},
        "sort": [{"last_seen": "desc"}, {"id": "asc"}],
        "size": MAX_DRAWN,
        "track_total_hits": True,
    }
