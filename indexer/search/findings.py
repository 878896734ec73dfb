"""Questions on findings: the list of them, those of one enterprise and of one duty, and their counts.

The public meets open findings that are for it, on law that was read; what a person called wrong is not among them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from indexer.search import facets
from indexer.search.duties import Reader
from indexer.search.queries import Body

MAX_OF_ONE = 1_000
"""Findings of one enterprise at most: fifty rules, of each as many as it has duties and months."""
ORDERS: dict[str, list[Body]] = {
    "severity": [{"severity": "desc"}, {"since": "desc"}, {"id": "asc"}],
    "since": [{"since": "desc"}, {"id": "asc"}],
    "enterprise": [{"enterprise": "asc"}, {"rule": "asc"}, {"id": "asc"}],
}
FACETS = ("state", "group", "rule", "severity", "confidence", "region", "decision")
_FIELDS = {"region": "region_path", "decision": "decision_kind"}


@dataclass(frozen=True)
class FindingFilters:
    """What the list is narrowed to; None: any. ``state`` is ``open`` or ``closed``."""

    state: str | None = "open"
    group: str | None = None
    rule: str | None = None
    severity: str | None = None
    confidence: str | None = None
    region: str | None = None
    decision: str | None = None


def visible(reader: Reader) -> list[Body]:
    """Clauses that keep from the public what only staff may see; the same test as ``webapp.findingview.is_public``."""
    if reader == "staff":
        return []
    sure: Body = {"bool": {"filter": [{"term": {"audience": "public"}}, {"term": {"confidence": "high"}}],
                           "must_not": [{"term": {"decision_kind": "false_alarm"}}]}}  # fmt: skip
    confirmed: Body = {
        "bool": {"filter": [{"term": {"audience": "confirmed_only"}}, {"term": {"decision_kind": "confirmed"}}]}
    }
    return [
        {"term": {"law_seen": True}},
        {"term": {"state": "open"}},
        {"bool": {"should": [sure, confirmed], "minimum_should_match": 1}},
    ]


def listed(filters: FindingFilters, reader: Reader) -> Body:
    """The query part of the list."""
    clauses = visible(reader)
    chosen = {name: getattr(filters, name) for name in FACETS}
    clauses += [{"term": {_FIELDS.get(name, name): value}} for name, value in chosen.items() if value]
    return {"bool": {"filter": clauses}}


def page(filters: FindingFilters, reader: Reader, order: str, start: int, size: int) -> Body:
    """A request body for one page with its facets; ``order`` is a key of ORDERS."""
    return {
        "query": listed(filters, reader), "sort": ORDERS[order], "from": start, "size": size, "track_total_hits": True,
        "aggs": {name: _facet(name) for name in FACETS},
    }  # fmt: skip


def _facet(name: str) -> dict[str, Any]:
    return facets.terms(_FIELDS.get(name, name), facets.REGION_SIZE if name == "region" else facets.SIZE)


def of_enterprise(enterprise: str, reader: Reader) -> Body:
    """The open findings of one enterprise that the reader may see, the worst first."""
    return _open({"term": {"enterprise": enterprise}}, reader)


def of_duty(duty: str, reader: Reader) -> Body:
    """The open findings that speak of one duty."""
    return _open({"term": {"duty": duty}}, reader)


def _open(clause: Body, reader: Reader) -> Body:
    filters = [clause, {"term": {"state": "open"}}, *visible(reader)]
    return {"query": {"bool": {"filter": filters}}, "sort": ORDERS["severity"], "size": MAX_OF_ONE}
