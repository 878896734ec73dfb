"""Resolving part by part: whatever the order of runs, the same enterprises with the same members come out."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from typing import Any

from indexer.register import enterprises, resolving
from indexer.register.documents import IdentityDoc
from indexer.register.resolution import Pair, resolve
from tests.indexer.register.test_planted_identities import told

Body = dict[str, Any]


class Memory:
    """The store as resolving sees it, in memory: documents by id, scanned by one field."""

    def __init__(self) -> None:
        self.documents: dict[str, dict[str, Body]] = {}

    def scan(self, name: str, query: Body | None = None, _fields: list[str] | None = None) -> Iterator[Body]:
        ((field, values),) = (query or {}).get("terms", {}).items() or [("", [])]
        wanted = set(values)
        for body in list(self.documents.get(name, {}).values()):
            found = body[field]
            if wanted & (set(found) if isinstance(found, list) else {found}):
                yield body

    def mget(self, name: str, ids: list[str]) -> dict[str, Body]:
        known = self.documents.get(name, {})
        return {identifier: known[identifier] for identifier in ids if identifier in known}

    def bulk(self, name: str, bodies: Iterable[Body]) -> None:
        self.documents.setdefault(name, {}).update({body["id"]: dict(body) for body in bodies})

    def delete(self, name: str, ids: Iterable[str]) -> None:
        for identifier in ids:
            self.documents.get(name, {}).pop(identifier, None)

    def refresh(self, *_names: str) -> None:
        return None


def _indexed(documents: list[IdentityDoc], order: int, decided: list[Pair]) -> Memory:
    store, parts = Memory(), list(documents)
    random.Random(order).shuffle(parts)
    for start in range(0, len(parts), 97):
        said = {document["key"]: document for document in parts[start : start + 97]}
        resolving.resolve(store, said, decided)
    return store


def test_the_order_of_indexing_does_not_matter() -> None:
    known, _ = told(7)
    documents = [known[key] for key in sorted(known)][:900]
    whole = {enterprises.cluster_id(cluster): cluster for cluster in resolve(documents)}
    first, second = _indexed(documents, 1, []), _indexed(documents, 2, [])
    assert first.documents["enterprises"] == second.documents["enterprises"]
    assert set(first.documents["enterprises"]) == set(whole)
    for identifier, cluster in whole.items():
        found = first.documents["enterprises"][str(identifier)]
        assert found["identity_keys"] == [member["key"] for member in cluster.members]


def test_a_decision_holds_whenever_it_is_read() -> None:
    """Decided before or after indexing, and when everything is made anew, the same two are one."""
    known, _ = told(7)
    documents = [known[key] for key in sorted(known)][:1500]
    asked = next(cluster for cluster in resolve(documents) if cluster.doubtful)
    decided = [Pair("merge", asked.members[0]["key"], sorted(asked.doubtful)[0])]
    before = _indexed(documents, 1, decided)
    after = _indexed(documents, 2, [])
    resolving.reresolve(after, decided, [decided[0].first])  # type: ignore[arg-type]
    assert before.documents["enterprises"] == after.documents["enterprises"]
    owners = {
        after.documents["identities"][i]["key"]: after.documents["identities"][i] for i in after.documents["identities"]
    }
    assert owners[decided[0].first]["enterprise"] == owners[str(decided[0].second)]["enterprise"]
