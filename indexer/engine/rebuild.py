"""May a rebuilt index replace the old one? Only if it has as many documents and its fields are as full."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from elasticsearch import Elasticsearch

from indexer.engine import schema
from indexer.engine.speaking import speaking

COUNT_LOSS = 0.05
"""A new index may have this share fewer documents: duplicates that a better reader merges."""
FILL_LOSS = 0.10
"""The share of documents that carry a field may fall by this much."""

FILLED_LATER = {"enterprises": {"duty_states", "severities"}}
"""Fields that a later step writes (the scan's counts): a rebuilt index has them empty, and nothing is lost by it."""


@dataclass(frozen=True)
class Census:
    """Documents of a family, and how many of them carry each field."""

    documents: int
    filled: dict[str, int]

    def rate(self, field: str) -> float:
        """Share of documents that carry the field, 0 to 1."""
        return self.filled.get(field, 0) / self.documents if self.documents else 0.0


def census(client: Elasticsearch, family: str, indices: Iterable[str]) -> Census:
    """Count documents and filled fields over some indices of a family; zero where there is no index."""
    names = ",".join(indices)
    if not names:
        return Census(0, {})
    filters = {field: {"exists": {"field": field}} for field in schema.countable(family)}
    with speaking(f"count {family}"):
        answer = client.search(
            index=names, size=0, track_total_hits=True, aggregations={"filled": {"filters": {"filters": filters}}}
        )
    buckets = answer["aggregations"]["filled"]["buckets"]
    filled = {field: int(bucket["doc_count"]) for field, bucket in buckets.items()}
    return Census(int(answer["hits"]["total"]["value"]), filled)


def losses(family: str, old: Census, new: Census) -> list[str]:
    """What the new index lacks, one sentence each; empty where it may replace the old one."""
    if not old.documents:
        return []
    if new.documents < old.documents * (1 - COUNT_LOSS):
        return [f"{family}: {new.documents} documents, {old.documents} before"]
    return [
        f"{family}.{field}: filled in {new.rate(field):.0%}, {old.rate(field):.0%} before"
        for field in old.filled
        if field not in FILLED_LATER.get(family, ()) and new.rate(field) < old.rate(field) - FILL_LOSS
    ]
