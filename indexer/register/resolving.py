"""Resolves the identities of a run against the stored ones and keeps every document pointed at its enterprise."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from indexer.register import enterprises, identities, resolution
from indexer.register.documents import Enterprise, IdentityDoc
from indexer.register.identities import identity_id
from indexer.register.resolution import Cluster, Pair
from indexer.register.storage import Body, Storage, parts, read_many, term, terms

_POINTING = ("disclosures", "measurements", "visits")
# Terms a query: far below the engine's limit of 65,536, and a page of hits each.
_TERMS = 1000


def resolve(
    store: Storage,
    said: dict[str, IdentityDoc],
    decided: list[Pair],
    keys: Iterable[str] = (),
    moved: set[str] | None = None,
) -> dict[str, str | None]:
    """Merges what a run says of identities (by key) into the stored ones and resolves all that could be one with them.

    Returns identity key → enterprise id (None where only visits name it) of the whole neighbourhood. Documents of an
    identity that moved to another enterprise are re-pointed before the identity itself says so: a process killed in
    between does it again: all of them must be stored already. ``keys`` are further identities to resolve (a decision
    was made on them). Enterprises written show in searches after a refresh; those that lost an identity to another, or
    gained one from it, are added to ``moved``.
    """
    stored = _stored(store, said)
    documents = {key: identities.merge(stored.get(key), document) for key, document in said.items()}
    around = _neighbourhood(store, documents, decided, keys)
    if not around:
        return {}
    clusters = resolution.resolve(around.values(), decided)
    owner = {m["key"]: enterprises.cluster_id(c) for c in clusters for m in c.members}
    _write_enterprises(store, clusters, owner, around)
    away = {
        key: owner[key]
        for key, document in around.items()
        if document["enterprise"] and document["enterprise"] != owner[key]
    }
    if away:
        repoint(store, away)
        if moved is not None:
            moved.update(str(around[key]["enterprise"]) for key in away)
            moved.update(new for new in away.values() if new)
    changed = [
        {**document, "enterprise": owner[key]}
        for key, document in around.items()
        if document["enterprise"] != owner[key] or (key in documents and document != stored.get(key))
    ]
    if changed:
        store.bulk("identities", changed)
        store.refresh("identities")
    return owner


def _stored(store: Storage, keys: Iterable[str]) -> dict[str, IdentityDoc]:
    """The stored identities of these keys."""
    found: dict[str, Any] = read_many(store, "identities", [identity_id(key) for key in keys])
    return {document["key"]: document for document in found.values()}


def _neighbourhood(
    store: Storage, documents: dict[str, IdentityDoc], decided: list[Pair], keys: Iterable[str]
) -> dict[str, IdentityDoc]:
    """All identities that share a block key with these, and with those, to the end: resolution is exact inside."""
    around: dict[str, IdentityDoc] = dict(documents)
    joined = _joined(decided)
    asked: set[str] = set()
    wanted = {key for document in documents.values() for key in document["block"]} | {f"k:{key}" for key in keys}
    while wanted:
        wanted |= {f"k:{other}" for key in wanted if key.startswith("k:") for other in joined.get(key[2:], ())}
        new = sorted(wanted - asked)
        asked |= wanted
        found = [body for part in parts(new, _TERMS) for body in store.scan("identities", terms("block", part))]
        fresh: list[Any] = [body for body in found if body["key"] not in around]
        around.update({body["key"]: body for body in fresh})
        wanted = {key for body in fresh for key in body["block"]} - asked
    return around


def _joined(decided: list[Pair]) -> dict[str, set[str]]:
    """Identity key → keys that a person's decision pairs it with."""
    joined: dict[str, set[str]] = {}
    for pair in decided:
        if pair.second:
            joined.setdefault(pair.first, set()).add(pair.second)
            joined.setdefault(pair.second, set()).add(pair.first)
    return joined


def _write_enterprises(
    store: Storage, clusters: list[Cluster], owner: dict[str, str | None], around: dict[str, IdentityDoc]
) -> None:
    """Writes the enterprises that changed; those no cluster stands for any more are removed (an alias leads on)."""
    built = [_build(cluster, owner) for cluster in clusters if cluster.members[0]["recorded"]]
    stored = read_many(store, "enterprises", [document["id"] for document in built])
    changed = []
    for document in built:
        known: Body = stored.get(document["id"], {})
        for owned in ("duty_states", "severities"):
            if owned in known:
                document[owned] = known[owned]
        if known != document:
            changed.append(document)
    store.bulk("enterprises", changed)
    former = {document["enterprise"] for document in around.values() if document["enterprise"]}
    store.delete("enterprises", sorted(former - {document["id"] for document in built}))


def _build(cluster: Cluster, owner: dict[str, str | None]) -> Enterprise:
    own = enterprises.cluster_id(cluster)
    doubtful = {owner[key] for key in cluster.doubtful}
    return enterprises.build(cluster, sorted(other for other in doubtful if other and other != own))


def repoint(store: Storage, moved: dict[str, str | None]) -> None:
    """Sets the enterprise of every document of the moved identities."""
    for name in _POINTING:
        store.refresh(name)
        for part in parts(sorted(moved), _TERMS):
            stale = (
                {**body, "enterprise": moved[body["identity_key"]] or _nobody(name)}
                for body in store.scan(name, terms("identity_key", part))
                if body["enterprise"] != moved[body["identity_key"]]
            )
            store.bulk(name, list(stale))


def _nobody(name: str) -> str | None:
    """What stands for no enterprise: None in visits, nothing in the others (they always have one)."""
    return None if name == "visits" else ""


def reresolve(store: Storage, decided: list[Pair], keys: Iterable[str]) -> dict[str, str | None]:
    """Resolves some identities anew, after a decision on them; returns identity key → enterprise id around them."""
    owner = resolve(store, {}, decided, keys)
    store.refresh("enterprises")
    return owner


def owner_of(store: Storage, source: str, external_id: str) -> str | None:
    """Id of the enterprise that an identity belongs to today, or None."""
    for body in store.scan("identities", term("key", f"{source}|{external_id}"), ["enterprise"]):
        found: str | None = body["enterprise"]
        return found
    return None
