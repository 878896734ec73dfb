"""A search from words to answer: what matches, or else what comes nearest; the same for page, API and export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from indexer.normalise.regions import Regions
from indexer.search import moment, queries, suggest
from indexer.search.moment import TODAY, Moment
from indexer.search.queries import Body, Filters

BATCH = 1_000
"""Rows a request of an export."""


class Searcher(Protocol):
    """What a search needs of the store."""

    def search(self, name: str, body: Mapping[str, Any]) -> Body:
        """Elasticsearch's answer to a search body."""
        ...


@dataclass(frozen=True)
class Asked:
    """One search: words, filters, order, whose it is, and of which day."""

    text: str = ""
    filters: Filters = field(default_factory=Filters)
    order: str = "score"
    staff: bool = False
    at: Moment = TODAY


@dataclass(frozen=True)
class Found:
    """The answer; ``near`` where nothing matched and these only come nearest to what was typed."""

    answer: Body
    near: bool
    at: Moment = TODAY

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The documents, best first, as they were known on the day asked for."""
        return [moment.enterprise(hit["_source"], self.at) for hit in self.answer["hits"]["hits"]]

    @property
    def total(self) -> int:
        """How many match."""
        return int(self.answer["hits"]["total"]["value"])


def query(asked: Asked, regions: Regions) -> Body:
    """The query part of a search."""
    return queries.enterprises(asked.text, asked.filters, regions, asked.staff, asked.at)


def find(store: Searcher, asked: Asked, regions: Regions, start: int, size: int, aggs: Body | None = None) -> Found:
    """One page of results, with facets where ``aggs`` are given: one request, a second where nothing matched."""
    more: Body = {"_source": fields(asked.at), **({"aggs": aggs} if aggs else {})}
    answer = store.search("enterprises", queries.page(query(asked, regions), start, size, asked.order) | more)
    if answer["hits"]["total"]["value"] or not asked.text.strip():
        return Found(answer, False, asked.at)
    nearest = suggest.near(asked.text, queries.filter_clauses(asked.filters, asked.at), size)
    if nearest is None:
        return Found(answer, False, asked.at)
    found = store.search("enterprises", nearest | {"from": start} | more)
    return Found(found, bool(found["hits"]["hits"]), asked.at)


def go_on(
    store: Searcher, asked: Asked, regions: Regions, last: Sequence[Any] | None, size: int, aggs: Body | None = None
) -> Found:
    """The rows behind the one whose sort values are ``last``, however deep; from the first row on like ``find``."""
    if last is None:
        return find(store, asked, regions, 0, size, aggs)
    body = queries.after(query(asked, regions), last, size, asked.order) | {"_source": fields(asked.at)}
    return Found(store.search("enterprises", body | ({"aggs": aggs} if aggs else {})), False, asked.at)


def every(store: Searcher, asked: Asked, regions: Regions, most: int) -> Iterator[dict[str, Any]]:
    """All rows of a search, at most ``most``, by ``search_after``: no window limits them; none that is only near."""
    asking, last = query(asked, regions), None
    while most > 0:
        body = queries.after(asking, last, min(BATCH, most), asked.order)
        body |= {"_source": fields(asked.at), "track_total_hits": False}
        hits = store.search("enterprises", body)["hits"]["hits"]
        yield from (moment.enterprise(hit["_source"], asked.at) for hit in hits)
        if len(hits) < body["size"]:
            return
        most, last = most - len(hits), hits[-1]["sort"]


def fields(at: Moment) -> list[str]:
    """Fields of a row; on a past day its list lines too, from which the classes of that day are read."""
    return [*queries.SHOWN, "memberships.cls", "memberships.first_seen"] if at.day else list(queries.SHOWN)
