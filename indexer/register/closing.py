"""Spans after a run: what a good look did not see is closed; after a run out of order all spans are computed anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any, cast

from indexer.register import looks, spans, withdrawal
from indexer.register.documents import Disclosure, VisitDoc
from indexer.register.enterprises import day
from indexer.register.looks import Look
from indexer.register.storage import Body, Storage, all_of, parts, term, terms


def close_unseen(store: Storage, source: str, run: str, visits: Iterable[VisitDoc]) -> int:
    """Closes the open documents that this run's good looks (the latest of the source) did not see; returns how many.

    Of those closed before it notes one more day without them, so that what is withdrawn is found.
    """
    store.refresh("disclosures")
    found = Looked.of(visits)
    seen = _Seen(store, source, run)
    waiting = list(_waiting(store, source, run, found))
    closed = 0
    for documents in parts(_unseen_ones(_candidates(store, source, run, found), found), 2000):
        store.bulk("disclosures", [dict(_missed(spans.close(doc), seen, found)) for doc in documents])
        closed += len(documents)
    for documents in parts(waiting, 2000):
        changed = [new for doc in documents if (new := _missed(doc, seen, found)) != doc]
        store.bulk("disclosures", [dict(doc) for doc in changed])
    return closed


def unseen(store: Storage, source: str, run: str, visits: Iterable[VisitDoc]) -> Iterator[Disclosure]:
    """The open documents that this run's good looks (the latest of the source) did not see."""
    found = Looked.of(visits)
    return _unseen_ones(_candidates(store, source, run, found), found)


@dataclass(frozen=True)
class Looked:
    """Where a run looked: its page looks by (identity, kind), its walks by kind."""

    pages: dict[tuple[str, str], list[Look]]
    walks: dict[str, list[Look]]

    @classmethod
    def of(cls, visits: Iterable[VisitDoc]) -> Looked:
        """The looks of these visits."""
        found = list(visits)
        return cls(looks.page_looks(found), looks.walk_looks(found))

    def days(self, document: Disclosure) -> set[str]:
        """Days of the good looks at this document's place."""
        own = self.pages.get((document["identity_key"], document["kind"]), [])
        around = looks.combined(own, self.walks.get(document["kind"], []), document["region_path"])
        return {day(look.at) for look in around if look.good and looks.fits(look, document["period"])}

    @property
    def walked(self) -> list[str]:
        """Kinds of which a list was walked well."""
        return [kind for kind, found in self.walks.items() if any(look.good for look in found)]


class _Seen:
    """Whether a run saw any version of a thing; asked only where something is missing."""

    def __init__(self, store: Storage, source: str, run: str) -> None:
        self._store, self._query = store, all_of(term("source", source), term("runs", run))

    @cached_property
    def _things(self) -> set[tuple[str, str]]:
        return {(doc["kind"], doc["key"]) for doc in self._store.scan("disclosures", self._query, ["kind", "key"])}

    def __contains__(self, document: Disclosure) -> bool:
        return (document["kind"], document["key"]) in self._things


def _missed(document: Disclosure, seen: _Seen, found: Looked) -> Disclosure:
    return withdrawal.cleared(document) if document in seen else withdrawal.missed(document, found.days(document))


def _waiting(store: Storage, source: str, run: str, found: Looked) -> Iterator[Disclosure]:
    """Documents that were missed once or twice, of the kinds that the run looked at; withdrawn ones that came back."""
    kinds = sorted({*found.walked, *(kind for _, kind in found.pages)})
    missing = ({"exists": {"field": "missed"}}, term("gone", True), term("source", source), terms("kind", kinds))
    if kinds:
        yield from _scan(store, all_of(*missing, without=[term("runs", run)]))


def _unseen_ones(documents: Iterable[Disclosure], found: Looked) -> Iterator[Disclosure]:
    """Those at whose place there was a good look: they were not there."""
    return (doc for doc in documents if found.days(doc))


def _candidates(store: Storage, source: str, run: str, found: Looked) -> Iterator[Disclosure]:
    """Open documents of the source that the run did not sight, of the kinds and subjects it looked at."""
    walked = found.walked
    open_ones = (term("source", source), term("gone", False))
    sighted = [term("runs", run)]
    if walked:
        yield from _scan(store, all_of(*open_ones, terms("kind", walked), without=sighted))
    for kind in sorted({kind for _, kind in found.pages} - set(walked)):
        keys = sorted(key for key, kind_ in found.pages if kind_ == kind)
        for part in parts(keys, 1000):
            yield from _scan(
                store, all_of(*open_ones, term("kind", kind), terms("identity_key", part), without=sighted)
            )


def _scan(store: Storage, query: Body) -> Iterator[Disclosure]:
    yield from cast(Iterator[Disclosure], store.scan("disclosures", query))


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
    versions: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for body in documents:
        versions[body["kind"], body["key"]].append(body)
    document: Any
    for document in documents:
        own = pages.get((document["identity_key"], document["kind"]), [])
        around = looks.combined(own, walks.get(document["kind"], []), document["region_path"])
        new = spans.apply(document, around)
        new = withdrawal.compute(new, versions[document["kind"], document["key"]], around)
        if new != document:
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
