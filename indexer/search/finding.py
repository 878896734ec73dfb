"""A search from words to answer: what matches, or else what comes nearest; the same for page, API and export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from indexer.normalise.regions import Regions
from indexer.search import queries, suggest
from indexer.search.queries import Body, Filters


class Searcher(Protocol):
    """What a search needs of the store."""

    def search(self, name: str, body: Mapping[str, Any]) -> Body:
        """Elasticsearch's answer to a search body."""
        ...


@dataclass(frozen=True)
class Asked:
    """One search: words, filters, order, whose it is; ``only`` are clauses that every hit must meet (a past day)."""

    text: str = ""
    filters: Filters = field(default_factory=Filters)
    order: str = "score"
    staff: bool = False
    only: tuple[Body, ...] = ()


@dataclass(frozen=True)
class Found:
    """The answer; ``near`` where nothing matched and these only come nearest to what was typed."""

    answer: Body
    near: bool

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The documents, best first."""
        return [hit["_source"] for hit in self.answer["hits"]["hits"]]

    @property
    def total(self) -> int:
        """How many match."""
        return int(self.answer["hits"]["total"]["value"])


def query(asked: Asked, regions: Regions) -> Body:
    """The query part of a search."""
    return queries.enterprises(asked.text, asked.filters, regions, asked.staff, asked.only)


def find(store: Searcher, asked: Asked, regions: Regions, start: int, size: int, aggs: Body | None = None) -> Found:
    """One page of results, with facets where ``aggs`` are given: one request, a second where nothing matched."""
    body = queries.page(query(asked, regions), start, size, asked.order)
    answer = store.search("enterprises", shown({**body, **({"aggs": aggs} if aggs else {})}))
    if answer["hits"]["total"]["value"] or not asked.text.strip():
        return Found(answer, False)
    nearest = suggest.near(asked.text, [*queries.filter_clauses(asked.filters), *asked.only], size)
    if nearest is None:
        return Found(answer, False)
    found = store.search("enterprises", shown({**nearest, "from": start, **({"aggs": aggs} if aggs else {})}))
    return Found(found, bool(found["hits"]["hits"]))


def shown(body: Body, fields: Sequence[str] = queries.SHOWN) -> Body:
    """The body asking only for the fields that are shown."""
    return {**body, "_source": list(fields)}
