"""What the register needs of a document store; ``indexer.engine.store.Store`` gives it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol, TypeVar

Body = dict[str, Any]
_Item = TypeVar("_Item")


class Storage(Protocol):
    """Documents by family (``enterprises``, ``disclosures``, …); see the engine's Store for what each verb promises."""

    @property
    def prefix(self) -> str: ...
    def bulk(self, name: str, docs: Iterable[Mapping[str, Any]]) -> Any: ...
    def delete(self, name: str, ids: Iterable[str]) -> int: ...
    def refresh(self, *names: str) -> None: ...
    def mget(self, name: str, ids: Sequence[str]) -> dict[str, Body]: ...
    def search(self, name: str, body: Mapping[str, Any]) -> Body: ...
    def count(self, name: str, query: Mapping[str, Any] | None = None) -> int: ...
    def scan(
        self,
        name: str,
        query: Mapping[str, Any] | None = None,
        source: Sequence[str] | None = None,
        sort: Sequence[Any] | None = None,
    ) -> Iterator[Body]: ...
    def stale(self) -> list[str]: ...
    def rebuild(self, names: Sequence[str], force: bool = False) -> AbstractContextManager[Any]: ...


def parts(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    """The items in lists of at most ``size``."""
    batch: list[_Item] = []
    for item in items:
        batch.append(item)
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch


def read_many(store: Storage, name: str, ids: Iterable[str], size: int = 1000) -> dict[str, Body]:
    """Documents by id, those that exist, asked for in parts."""
    found: dict[str, Body] = {}
    for part in parts(ids, size):
        found.update(store.mget(name, part))
    return found


def all_of(*filters: Mapping[str, Any], without: Sequence[Mapping[str, Any]] = ()) -> Body:
    """A query in which every filter holds and none of ``without``."""
    query: Body = {"filter": [dict(item) for item in filters]}
    if without:
        query["must_not"] = [dict(item) for item in without]
    return {"bool": query}


def terms(field: str, values: Iterable[str]) -> Body:
    """A filter: the field holds one of the values."""
    return {"terms": {field: list(values)}}


def term(field: str, value: Any) -> Body:
    """A filter: the field holds the value."""
    return {"term": {field: value}}
