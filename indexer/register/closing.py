"""Spans after a run: what a good look did not see is closed; after a run out of order all spans are computed anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, cast

from indexer.register import looks, spans
from indexer.register.documents import Disclosure, VisitDoc
from indexer.register.looks import Look
from indexer.register.storage import Body, Storage, all_of, parts, term, terms


def close_unseen(store: Storage, source: str, run: str, visits: Iterable[VisitDoc]) -> int:
    """Closes the open documents that this run's good looks (the latest of the source) did not see; returns how many."""
    store.refresh("disclosures")
    closed = 0
    for documents in parts(unseen(store, source, run, visits), 2000):
        store.bulk("disclosures", [dict(spans.close(doc)) for doc in documents])
        closed += len(documents)
    return closed


def unseen(store: Storage, source: str, run: str, visits: Iterable[VisitDoc]) -> Iterator[Disclosure]:
    """The open documents that this run's good looks (the latest of the source) did not see."""
    found = list(visits)
    pages, walks = looks.page_looks(found), looks.walk_looks(found)
    return (doc for doc in _candidates(store, source, run, pages, walks) if _unseen(doc, pages, walks))


def _candidates(
    store: Storage, source: str, run: str, pages: dict[tuple[str, str], list[Look]], walks: dict[str, list[Look]]
) -> Iterator[Disclosure]:
    """Open documents of the source that the run did not sight, of the kinds and subjects it looked at."""
    walked = [kind for kind, found in walks.items() if any(look.good for look in found)]
    open_ones = (term("source", source), term("gone", False))
    sighted = [term("runs", run)]
    if walked:
        yield from _scan(store, all_of(*open_ones, terms("kind", walked), without=sighted))
    for kind in sorted({kind for _, kind in pages} - set(walked)):
        keys = sorted(key for key, kind_ in pages if kind_ == kind)
        for part in parts(keys, 1000):
            yield from _scan(
                store, all_of(*open_ones, term("kind", kind), terms("identity_key", part), without=sighted)
            )


def _scan(store: Storage, query: Body) -> Iterator[Disclosure]:
    yield from cast(Iterator[Disclosure], store.scan("disclosures", query))


def _unseen(document: Disclosure, pages: dict[tuple[str, str], list[Look]], walks: dict[str, list[Look]]) -> bool:
    """True where a good look of the run was at this document's place: it was not there."""
    own = pages.get((document["identity_key"], document["kind"]), [])
    around = looks.combined(own, walks.get(document["kind"], []), document["region_path"])
    return any(look.good and looks.fits(look, document["period"]) for look in around)


def respan(store: Storage, source: str, kinds: Iterable[str] | None = None) -> int:
    """Computes the spans of all documents of a source's kinds (all where None) from all stored looks; returns how many
    changed."""
    wanted = sorted(kinds_of(store, source) if kinds is None else kinds)
    if not wanted:
        return 0
    store.refresh("disclosures", "visits")
    walks = looks.walk_looks(_visits(store, source, wanted, "walk"))
    changed = 0
    query = all_of(term("source", source), terms("kind", wanted))
    ordered = store.scan("disclosures", query, sort=[{"identity_key": "asc"}])
    subjects = (list(group) for _, group in groupby(ordered, key=lambda body: body["identity_key"]))
    for groups in parts(subjects, 200):
        changed += _respan_part(store, source, wanted, [body for group in groups for body in group], walks)
    return changed


def kinds_of(store: Storage, source: str) -> set[str]:
    """The kinds that documents of a source have."""
    asked = {"size": 0, "query": term("source", source), "aggs": {"kind": {"terms": {"field": "kind", "size": 100}}}}
    return {bucket["key"] for bucket in store.search("disclosures", asked)["aggregations"]["kind"]["buckets"]}


def _respan_part(
    store: Storage, source: str, kinds: list[str], documents: list[Body], walks: dict[str, list[Look]]
) -> int:
    keys = sorted({body["identity_key"] for body in documents})
    pages = looks.page_looks(_visits(store, source, kinds, "page", keys))
    changed: list[Body] = []
    document: Any
    for document in documents:
        own = pages.get((document["identity_key"], document["kind"]), [])
        around = looks.combined(own, walks.get(document["kind"], []), document["region_path"])
        new = spans.apply(document, around)
        if new["seen"] != document["seen"] or new["gone"] != document["gone"]:
            changed.append(dict(new))
    store.bulk("disclosures", changed)
    return len(changed)


def _visits(
    store: Storage, source: str, kinds: list[str], scope: str, keys: list[str] | None = None
) -> Iterator[VisitDoc]:
    filters = [term("source", source), terms("kind", kinds), term("scope", scope)]
    if keys is not None:
        filters.append(terms("identity_key", keys))
    yield from cast(Iterator[VisitDoc], store.scan("visits", all_of(*filters)))
