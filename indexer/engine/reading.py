"""Reading verbs over an index, an alias or several indices joined by commas; every answer is plain dicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from elasticsearch import Elasticsearch

from indexer.engine.errors import EngineError
from indexer.engine.speaking import speaking

PAGE = 1000
"""Documents a page of ``scan``."""
KEEP_ALIVE = "5m"
"""How long the cluster keeps a scan's view while its consumer works on one page."""
ALL: Mapping[str, Any] = {"match_all": {}}

Body = dict[str, Any]


def search(client: Elasticsearch, index: str, body: Mapping[str, Any]) -> Body:
    """Elasticsearch's answer to a search body."""
    with speaking(f"search {index}"):
        return dict(client.search(index=index, body=dict(body)).body)


def msearch(client: Elasticsearch, searches: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Body]:
    """Answers to several (index, body) in one round trip; raises if one of them fails."""
    if not searches:
        return []
    lines = [line for index, body in searches for line in ({"index": index.split(",")}, dict(body))]
    with speaking("search"):
        answers = client.msearch(searches=lines)["responses"]
    for (index, _), answer in zip(searches, answers, strict=True):
        if "error" in answer:
            cause = (answer["error"].get("root_cause") or [answer["error"]])[0]
            raise EngineError(f"search {index}: {cause['type']}: {cause.get('reason')}", answer["status"])
    return [dict(answer) for answer in answers]


def count(client: Elasticsearch, index: str, query: Mapping[str, Any] | None) -> int:
    """Number of matching documents."""
    with speaking(f"count {index}"):
        return int(client.count(index=index, query=dict(query or ALL))["count"])


def scan(
    client: Elasticsearch,
    index: str,
    query: Mapping[str, Any] | None,
    source: Sequence[str] | None,
    sort: Sequence[Any] | None,
) -> Iterator[Body]:
    """Every matching document of one moment, by point in time and ``search_after``."""
    body: Body = {"size": PAGE, "query": dict(query or ALL), "track_total_hits": False}
    # The last key makes the order total: without it equal sort values could be skipped at a page's end.
    body["sort"] = [*(sort or ()), {"_shard_doc": "asc"}]
    if source is not None:
        body["_source"] = list(source)
    with speaking(f"scan {index}"):
        view = client.open_point_in_time(index=index, keep_alive=KEEP_ALIVE)["id"]
    try:
        yield from _pages(client, index, {**body, "pit": {"id": view, "keep_alive": KEEP_ALIVE}})
    finally:
        with speaking(f"scan {index}"):
            client.close_point_in_time(id=view)


def _pages(client: Elasticsearch, index: str, body: Body) -> Iterator[Body]:
    while True:
        with speaking(f"scan {index}"):
            hits = client.search(body=body)["hits"]["hits"]
        yield from (hit["_source"] for hit in hits)
        if len(hits) < PAGE:
            return
        body = {**body, "search_after": hits[-1]["sort"]}


def by_id(client: Elasticsearch, index: str, ids: Sequence[str]) -> dict[str, Body]:
    """Documents by id from one index, as they were last written."""
    with speaking(f"read {index}"):
        docs = client.mget(index=index, ids=list(ids))["docs"]
    for doc in docs:
        if "error" in doc:
            raise EngineError(f"read {index}: {doc['error'].get('reason')}", 404)
    return {doc["_id"]: doc["_source"] for doc in docs if doc["found"]}


def by_search(client: Elasticsearch, index: str, ids: Sequence[str]) -> dict[str, Body]:
    """Documents by id from an alias over several indices, which can only be searched: those refreshed."""
    return {hit["_id"]: hit["_source"] for hit in _hits(client, index, ids, True)}


def places(client: Elasticsearch, index: str, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Concrete index and id of each of the documents."""
    return ((hit["_index"], hit["_id"]) for hit in _hits(client, index, ids, False))


def _hits(client: Elasticsearch, index: str, ids: Sequence[str], source: bool) -> Iterator[Body]:
    for start in range(0, len(ids), PAGE):
        part = list(ids[start : start + PAGE])
        yield from search(client, index, {"query": {"ids": {"values": part}}, "size": PAGE, "_source": source})["hits"][
            "hits"
        ]
