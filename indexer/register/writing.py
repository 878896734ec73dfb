"""Writes disclosures, measurements and monitoring batches of a run: read what is stored, merge, write what changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from indexer.normalise import dates
from indexer.register import disclosures, measurements, spans
from indexer.register.documents import Disclosure, Measurement
from indexer.register.measurements import content, measurement_id
from indexer.register.seen import Seen
from indexer.register.storage import Body, Storage, all_of, parts, read_many, term, terms

Owner = dict[str, str | None]
"""Identity key → enterprise id."""


def write_disclosures(
    store: Storage, new: dict[str, Disclosure], owner: Owner, run: str, known_ids: Iterable[str]
) -> int:
    """Merges sightings into the stored documents and extends their spans (exact while runs come in order).

    ``known_ids``: those of ``new`` that may be stored already. Returns the number written.
    """
    stored = read_many(store, "disclosures", known_ids)
    changed: list[Body] = []
    for identifier, document in new.items():
        known: Any = stored.get(identifier)
        merged = _sighted(known, document, run)
        merged["enterprise"] = owner.get(document["identity_key"]) or ""
        if merged != known:
            changed.append(dict(merged))
    store.bulk("disclosures", changed)
    return len(changed)


def _sighted(known: Disclosure | None, new: Disclosure, run: str) -> Disclosure:
    if known is None:
        return {**new}
    extended = spans.extend(known, run, new["sightings"][0])
    merged = disclosures.merge(known, new)
    return {**merged, "seen": extended["seen"], "gone": extended["gone"]}


class Values:
    """A run's measurements on their way into the store; ``fresh``: only this run's own can be stored already."""

    def __init__(self, store: Storage, fresh: bool) -> None:
        self.store, self.fresh = store, fresh
        self.written = 0
        self._seen = Seen()
        self._unread = False
        """Whether something was written that searches do not show yet."""

    def write(self, new: dict[str, list[Measurement]], owner: Owner) -> None:
        """Merges values into the stored ones; a changed value or verdict is a new revision."""
        if new:
            self.store.bulk("measurements", self._changed(new, owner))
            self._unread = True

    def _changed(self, new: dict[str, list[Measurement]], owner: Owner) -> Iterator[Body]:
        """What must be written, part by part: while the store takes one the next is looked up."""
        for bases in parts(new, 1000):
            stored = self._stored({base: new[base] for base in bases})
            for base in bases:
                for item in _revised(base, stored.get(base), new[base]):
                    item["enterprise"] = owner.get(item["identity_key"]) or ""
                    if item not in stored.get(base, ()):
                        self.written += 1
                        yield item

    def _stored(self, new: dict[str, list[Measurement]]) -> dict[str, list[Measurement]]:
        own = [base for base in new if self._seen.add(base)]
        if own and self._unread:
            self.store.refresh("measurements")
            self._unread = False
        doubtful = dict.fromkeys(own) if self.fresh else new
        return _stored(self.store, {base: new[base] for base in doubtful}) if doubtful else {}


def _revised(base: str, known: list[Measurement] | None, new: list[Measurement]) -> list[Any]:
    if known is None and len(new) == 1:
        new[0]["revision"], new[0]["id"] = 1, measurement_id(base, 1)
        return new
    return measurements.revise([*(known or ()), *new])


def _stored(store: Storage, new: dict[str, list[Measurement]]) -> dict[str, list[Measurement]]:
    """All stored revisions by base key: the first of each, the next ones only where something differs."""
    found: dict[str, list[Measurement]] = {}
    wanted, revision = dict.fromkeys(new), 1
    while wanted:
        ids = {measurement_id(base, revision): base for base in wanted}
        answer: dict[str, Any] = store.mget("measurements", list(ids))
        for identifier, body in answer.items():
            found.setdefault(ids[identifier], []).append(body)
        wanted = dict.fromkeys(
            base
            for base in (ids[identifier] for identifier in answer)
            if revision > 1 or _differs(found[base], new[base])
        )
        revision += 1
    return found


def _differs(known: list[Measurement], new: list[Measurement]) -> bool:
    """True unless the first revision says the same and was first seen no later: then no other revision is concerned."""
    first = known[0]
    return any(content(item) != content(first) or item["first_seen"] < first["first_seen"] for item in new)


def write_batches(store: Storage, new: dict[str, Disclosure], owner: Owner, run: str) -> int:
    """Writes a run's monitoring batches with ``rows`` and ``present`` counted over all stored rows of each quarter."""
    if not new:
        return 0
    store.refresh("measurements")
    stored = read_many(store, "disclosures", list(new))
    counts = _quarter_counts(store, list(new.values()))
    changed: list[Body] = []
    for identifier, document in new.items():
        known: Any = stored.get(identifier)
        merged = _sighted(known, document, run)
        rows, present = counts.get((document["identity_key"], document["period"] or ""), (0, []))
        merged["rows"], merged["present"] = rows, present
        merged["published"] = disclosures.earliest_stated(merged, document)
        merged["enterprise"] = owner.get(document["identity_key"]) or ""
        if merged != known:
            changed.append(dict(merged))
    store.bulk("disclosures", changed)
    return len(changed)


def _quarter_counts(store: Storage, batches: list[Disclosure]) -> dict[tuple[str, str], tuple[int, list[str]]]:
    """(identity key, quarter) → rows, and the keys that at least nine rows in ten carry."""
    counts: dict[tuple[str, str], tuple[int, list[str]]] = {}
    if not batches:
        return counts
    source, quarters = batches[0]["source"], {batch["period"] or "" for batch in batches}
    first, last = min(quarters), max(quarters)
    for part in parts(sorted({batch["identity_key"] for batch in batches}), 200):
        query = all_of(
            term("source", source), term("revision", 1), terms("identity_key", part),
            {"range": {"time": {"gte": _start(first), "lt": _start(_next(last))}}},
        )  # fmt: skip
        answer = store.search("measurements", {"size": 0, "query": query, "aggs": _aggregation(len(part))})
        for identity in answer["aggregations"]["identity"]["buckets"]:
            for bucket in identity["quarter"]["buckets"]:
                moment = dates.moment(bucket["key_as_string"])
                assert moment is not None  # the format asked for
                counts[identity["key"], dates.quarter_of(moment)] = _carried(bucket)
    return counts


def _aggregation(size: int) -> Body:
    quarter = {"field": "time", "calendar_interval": "quarter", "time_zone": "Asia/Shanghai", "min_doc_count": 1}
    present = {"terms": {"field": "present", "size": 30}}
    by_quarter = {"date_histogram": {**quarter, "format": "yyyy-MM-dd'T'HH:mm:ssXXX"}, "aggs": {"present": present}}
    return {"identity": {"terms": {"field": "identity_key", "size": size}, "aggs": {"quarter": by_quarter}}}


def _carried(bucket: Body) -> tuple[int, list[str]]:
    rows = int(bucket["doc_count"])
    carried = [item["key"] for item in bucket["present"]["buckets"] if item["doc_count"] * 10 >= rows * 9]
    return rows, sorted(carried)


def _start(quarter: str) -> str:
    """First instant of ``2024Q1`` in Shanghai."""
    return f"{quarter[:4]}-{3 * int(quarter[5]) - 2:02d}-01T00:00:00+08:00"


def _next(quarter: str) -> str:
    year, number = int(quarter[:4]), int(quarter[5])
    return f"{year + 1}Q1" if number == 4 else f"{year}Q{number + 1}"
