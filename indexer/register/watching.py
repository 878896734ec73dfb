"""What is watched (渠道与查看): the channels with the day each was first read well, and the walks of whole lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from indexer.law import facts as law
from indexer.register import looks
from indexer.register.looks import Look
from indexer.register.sourcefile import Source
from indexer.register.storage import Storage, all_of, term, terms

_WALK = [
    "id", "scope", "source", "kind", "run", "at", "day", "identity_key", "enterprise", "period", "region", "outcome",
    "reason", "complete",
]  # fmt: skip


def channels(store: Storage, sources: Iterable[Source], as_of: date) -> tuple[law.Channel, ...]:
    """The sources as the law sees them at the end of ``as_of``."""
    first = _first_captures(store, as_of)
    return tuple(
        law.Channel(source.name, source.covers, source.active_from, source.active_to, first.get(source.name))
        for source in sources
    )


def walks(store: Storage, as_of: date) -> dict[str, dict[str, list[Look]]]:
    """Source → kind → the walks up to ``as_of``, in order."""
    found: dict[str, list[Any]] = defaultdict(list)
    for body in store.scan("visits", all_of(term("scope", "walk"), until(as_of)), _WALK):
        found[body["source"]].append(body)
    return {name: looks.walk_looks(visits) for name, visits in found.items()}


def until(as_of: date, field: str = "day") -> dict[str, Any]:
    """A filter: the day in ``field`` is ``as_of`` or earlier."""
    return {"range": {field: {"lte": as_of.isoformat()}}}


def begun(store: Storage, source: str) -> bool:
    """Whether anything of a source was ever read well: from then on it is a channel."""
    own = term("source", source)
    return bool(store.count("disclosures", own) or store.count("visits", _good(own)))


def _good(*filters: dict[str, Any]) -> dict[str, Any]:
    incomplete = all_of(term("scope", "walk"), term("complete", False))
    return all_of(terms("outcome", sorted(looks.GOOD)), *filters, without=[incomplete])


def _first_captures(store: Storage, as_of: date) -> dict[str, date]:
    """Day of each source's first good look of any kind (or first disclosure, where material was imported)."""
    good = _good(until(as_of))
    first: dict[str, date] = {}
    for name, field, query in (("visits", "day", good), ("disclosures", "first_seen", until(as_of, "first_seen"))):
        least = {"first": {"min": {"field": field, "format": "yyyy-MM-dd"}}}
        by_source = {"sources": {"terms": {"field": "source", "size": 10_000}, "aggs": least}}
        answer = store.search(name, {"size": 0, "query": query, "aggs": by_source})
        for bucket in answer["aggregations"]["sources"]["buckets"]:
            seen = date.fromisoformat(bucket["first"]["value_as_string"])
            first[bucket["key"]] = min(seen, first.get(bucket["key"], seen))
    return first
