"""Whom each source should be asked about first: duties that fall due, then those looked at longest ago.

Written into the data folder after a scan, for programs that know no Elasticsearch: ``frontier/<source>.jsonl`` for the
crawls (one subject a line, the most urgent first), ``frontier/<source>.due.json`` for the schedule (day → duties).
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from indexer.law.rules import Rules, default
from indexer.register import facts
from indexer.register.looks import GOOD
from indexer.register.sourcefile import Source
from indexer.register.storage import Storage, all_of, term, terms
from indexer.settings import Settings

BEHIND, AHEAD = timedelta(days=10), timedelta(days=400)
"""Due days told of: those just past, on which looks still prove, to a year ahead."""
OPEN = ("not_due", "missing", "not_observable")
"""States in which a look can still change what is said of a duty."""
Due = dict[str, list[tuple[str, str]]]
"""Enterprise → (due day, obligation)."""


def write(store: Storage, settings: Settings, as_of: date, rules: Rules | None = None) -> dict[str, int]:
    """Write both files of every enabled source; returns the number of subjects of each."""
    law = rules or default()
    kinds = {row.id: frozenset(row.kinds) for row in law.active}
    due, looked = _due(store, as_of), _looked(store)
    folder = settings.var / "frontier"
    folder.mkdir(parents=True, exist_ok=True)
    sources = facts.load_sources(settings.sources)
    rows: dict[str, list[dict[str, Any]]] = {source.name: [] for source in sources}
    for enterprise in store.scan("enterprises", source=["id", "name", "identities", "identity_keys"]):
        for source in sources:
            rows[source.name] += _subjects(source, enterprise, due.get(enterprise["id"], []), kinds, looked)
    for name, found in rows.items():
        _put(folder, name, sorted(found, key=_urgency))
    for path in folder.glob("*.json*"):
        if path.name.split(".")[0] not in rows:
            path.unlink()
    return {name: len(found) for name, found in rows.items()}


def due_days(var: Path, source: str) -> tuple[date, ...]:
    """The days on which a duty that the source can answer falls due for anyone, as the last scan knew them."""
    path = var / "frontier" / f"{source}.due.json"
    if not path.is_file():
        return ()
    return tuple(sorted(date.fromisoformat(day) for day in json.loads(path.read_text(encoding="utf-8"))))


def _subjects(
    source: Source, enterprise: Mapping[str, Any], due: Iterable[tuple[str, str]],
    kinds: Mapping[str, frozenset[str]], looked: Mapping[str, str],
) -> Iterator[dict[str, Any]]:  # fmt: skip
    carried = frozenset(kind for cover in source.covers for kind in cover.kinds)
    days = sorted({day for day, obligation in due if carried & kinds.get(obligation, frozenset())})
    for identity in enterprise["identities"]:
        if identity["source"] == source.name:
            own = identity["external_id"]
            yield {
                # Without an id of the site's own the register keeps the folded name and region.
                "external_id": None if "|" in own else own, "name": enterprise["name"], "due": days,
                "looked": looked.get(f"{source.name}|{own}"),
            }  # fmt: skip


def _due(store: Storage, as_of: date) -> Due:
    found: Due = defaultdict(list)
    span = {"range": {"due": {"gte": (as_of - BEHIND).isoformat(), "lte": (as_of + AHEAD).isoformat()}}}
    query = all_of(span, terms("state", OPEN))
    for duty in store.scan("duties", query, source=["enterprise", "obligation", "due"]):
        found[duty["enterprise"]].append((duty["due"], duty["obligation"]))
    return found


def _looked(store: Storage) -> dict[str, str]:
    """Identity key → day of the last good look at one of its pages."""
    found: dict[str, str] = {}
    after: dict[str, Any] | None = None
    while True:
        pages: dict[str, Any] = {"size": 1000, "sources": [{"key": {"terms": {"field": "identity_key"}}}]}
        pages |= {"after": after} if after else {}
        last = {"last": {"max": {"field": "day", "format": "yyyy-MM-dd"}}}
        query = all_of(term("scope", "page"), terms("outcome", sorted(GOOD)))
        aggs = {"by": {"composite": pages, "aggs": last}}
        answer = store.search("visits", {"size": 0, "query": query, "aggs": aggs})["aggregations"]["by"]
        for bucket in answer["buckets"]:
            found[bucket["key"]["key"]] = bucket["last"]["value_as_string"]
        after = answer.get("after_key")
        if after is None:
            return found


def _urgency(row: Mapping[str, Any]) -> tuple[str, str, str]:
    return (row["due"][0] if row["due"] else "9999", row["looked"] or "", str(row["external_id"] or row["name"]))


def _put(folder: Path, name: str, rows: list[dict[str, Any]]) -> None:
    """Replace both files of a source in one step each: a crawl that begins meanwhile reads the old or the new."""
    lines = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    days = dict(sorted(Counter(day for row in rows for day in row["due"]).items()))
    for path, text in ((folder / f"{name}.jsonl", lines), (folder / f"{name}.due.json", json.dumps(days))):
        temporary = path.with_name(f".{path.name}.new")
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(path)
