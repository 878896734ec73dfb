"""Reading answers of Elasticsearch: rows, totals, nothing more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import abort
from flask_babel import gettext as _

from webapp.services import services

BATCH = 1_000


def rows(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """The documents of an answer."""
    return [hit["_source"] for hit in answer["hits"]["hits"]]


def total(answer: dict[str, Any]) -> int:
    """How many documents match (``track_total_hits`` was asked for)."""
    return int(answer["hits"]["total"]["value"])


def buckets(answer: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """The buckets of an aggregation; none where the index is empty."""
    found: list[dict[str, Any]] = answer.get("aggregations", {}).get(name, {}).get("buckets", [])
    return found


def one(index: str, document: str) -> dict[str, Any]:
    """A document by id; a 404 page where there is none."""
    found = services().store.get(index, document)
    if found is None:
        abort(404, _("清册中没有编号为 %(id)s 的内容。", id=document))
    return found


def every(index: str, query: dict[str, Any], sort: list[dict[str, Any]], most: int) -> Iterator[dict[str, Any]]:
    """All documents of a query, at most ``most``, in batches by ``search_after``: no page number limits them."""
    after: list[Any] | None = None
    left = most
    while left > 0:
        body: dict[str, Any] = {"query": query, "sort": sort, "size": min(BATCH, left), "track_total_hits": False}
        if after is not None:
            body["search_after"] = after
        hits = services().store.search(index, body)["hits"]["hits"]
        yield from (hit["_source"] for hit in hits)
        if len(hits) < body["size"]:
            return
        left -= len(hits)
        after = hits[-1]["sort"]
