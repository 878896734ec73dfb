"""Facets: what a list of results can be narrowed to, with counts; aggregations and readers of their answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from indexer.search.queries import has_state

SIZE = 40
"""Values shown of one facet at most; rarer ones are reached by the search box."""
REGION_SIZE = 400


@dataclass(frozen=True)
class Choice:
    """One value of a facet and how many results carry it."""

    value: str
    count: int


def terms(field: str, size: int = SIZE) -> dict[str, Any]:
    """A terms aggregation, most frequent first, equal counts by value so that pages do not flicker."""
    return {"terms": {"field": field, "size": size, "order": [{"_count": "desc"}, {"_key": "asc"}]}}


def of_enterprises(states: Iterable[str], past: bool = False) -> dict[str, Any]:
    """The facets of a search for enterprises; ``states`` are the public states to count.

    ``past``: only those that hold for any day; what a firm's duties are today says nothing of a day before.
    """
    if past:
        return {"region": terms("region_path", REGION_SIZE), "industry": terms("industry")}
    return {
        "region": terms("region_path", REGION_SIZE),
        "industry": terms("industry"),
        "cls": terms("classes"),
        "year": terms("memberships.year"),
        "kind": terms("kinds"),
        "pollutant": terms("pollutants"),
        "source": terms("sources"),
        "severity": terms("severities"),
        "state": {"filters": {"filters": {state: has_state(state) for state in states}}},
    }


def choices(answer: dict[str, Any], name: str) -> list[Choice]:
    """The values of facet ``name`` in an answer of Elasticsearch; values without results are left out."""
    buckets = answer.get("aggregations", {}).get(name, {}).get("buckets", [])
    if isinstance(buckets, dict):
        pairs = [(key, bucket["doc_count"]) for key, bucket in buckets.items()]
    else:
        pairs = [(str(bucket.get("key_as_string", bucket["key"])), bucket["doc_count"]) for bucket in buckets]
    return [Choice(value, count) for value, count in pairs if count]


def region_choices(found: list[Choice], selected: str | None) -> list[Choice]:
    """Of all regions counted, those one step below the selected one (at the top: provinces), by code.

    A step is two digits, four below a municipality: ``31`` → ``310104``.
    """
    inside = [choice for choice in found if choice.value.startswith(selected or "") and choice.value != selected]
    tops = [choice for choice in inside if not any(_above(other.value, choice.value) for other in inside)]
    return sorted(tops, key=lambda choice: choice.value)


def _above(upper: str, lower: str) -> bool:
    return upper != lower and lower.startswith(upper)
