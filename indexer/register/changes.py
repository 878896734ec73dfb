"""What one run changed against the runs of its source before it: added, changed, returned, gone; from the index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from indexer.register import holding, timelines
from indexer.register.difference import difference
from indexer.register.storage import Body, Storage, all_of, read_many, term
from indexer.register.timelines import RunMark, Step, Thing, Version
from indexer.register.withdrawal import ROLLING

LISTED = 1000
"""Things of each sort that are listed; the counts are of all."""


@dataclass
class Changes:
    """Things by what the run did to them; ``earlier``: id of a changed version → that of the version before it.

    ``withheld`` are things that a held run did not see and that are not called gone.
    """

    added: list[Body] = field(default_factory=list)
    changed: list[Body] = field(default_factory=list)
    returned: list[Body] = field(default_factory=list)
    gone: list[Body] = field(default_factory=list)
    withheld: list[Body] = field(default_factory=list)
    earlier: dict[str, str] = field(default_factory=dict)


def changes(store: Storage, source: str, run: str) -> Changes:
    """What the run did to each thing of its source."""
    runs = holding.runs_of(store, source)
    order = [RunMark(one["id"], one.get("hold") not in holding.UNCOUNTED) for one in runs]
    index = next(at for at, mark in enumerate(order) if mark.run == run)
    found = Changes()
    for thing in timelines.things(store, source):
        if thing.kind not in ROLLING:
            _thing(found, thing, order[: index + 1])
    return found


def _thing(found: Changes, thing: Thing, order: Sequence[RunMark]) -> None:
    run = order[-1].run
    steps = [(version, dict(timelines.steps(version, order))[run]) for version in thing.versions]
    before = _before(thing, order[:-1])
    for version, step in steps:
        if step.seen and not step.ever:
            (found.changed if before else found.added).append(version.doc)
        elif step.seen and not step.before:
            found.returned.append(version.doc)
        if step.seen and not step.before and before is not None and before is not version:
            found.earlier[version.doc["id"]] = before.doc["id"]
    if not thing.seen_in(run):
        _lost(found, steps, order[-1])


def _lost(found: Changes, steps: Iterable[tuple[Version, Step]], mark: RunMark) -> None:
    for version, step in steps:
        if step.before and not step.after:
            found.gone.append(version.doc)
        elif step.before and not mark.counts and mark.run in version.looked:
            found.withheld.append(version.doc)


def _before(thing: Thing, order: Sequence[RunMark]) -> Version | None:
    """The version of a thing that was seen last before a run."""
    places = {mark.run: at for at, mark in enumerate(order)}
    last = [
        (max((places[run] for run in version.seen if run in places), default=-1), version) for version in thing.versions
    ]
    place, version = max(last, key=lambda pair: pair[0])
    return version if place >= 0 else None


def report(store: Storage, run: str) -> dict[str, Any] | None:
    """Everything a person wants to know of an indexed run, ready for JSON; None where the run is not indexed."""
    document = store.mget("runs", [run]).get(run)
    if document is None:
        return None
    source = document["source"]
    found = changes(store, source, run)
    sorts = {name: getattr(found, name) for name in ("added", "changed", "returned", "gone", "withheld")}
    runs = holding.runs_of(store, source)
    earlier = [one for one in runs if (one["started"], one["id"]) < (document["started"], run)]
    counted = [one["id"] for one in earlier if one.get("hold") not in holding.UNCOUNTED]
    return {
        "run": run, "source": source, "kind": document["kind"], "status": document["status"],
        "reason": document["reason"], "started": document["started"], "finished": document["finished"],
        "hold": document.get("hold"), "hold_words": document.get("hold_words"),
        "against": counted[-1] if counted else None,
        "counts": {name: len(items) for name, items in sorts.items()},
        **{name: _listed(store, items[:LISTED], found.earlier) for name, items in sorts.items()},
        "list_change": document.get("list_change"),
        "issues": _issues(document["issue_rows"]), "issues_total": document["issues"],
        "visits": _visits(store, run),
    }  # fmt: skip


def _listed(store: Storage, items: list[Body], earlier: Mapping[str, str]) -> list[Body]:
    """Each thing in a few words, a changed one with its difference."""
    ids = [item["id"] for item in items]
    with_before = [identifier for identifier in ids if identifier in earlier]
    whole = read_many(store, "disclosures", {*with_before, *(earlier[identifier] for identifier in with_before)})
    return [
        _words(item, whole, earlier.get(item["id"]))
        for item in sorted(items, key=lambda one: (one["kind"], one["key"]))
    ]


def _words(item: Body, whole: Mapping[str, Body], before: str | None) -> Body:
    told: Body = {
        "id": item["id"], "kind": item["kind"], "enterprise": item["enterprise"], "subject": item["subject_name"],
        "title": item["title"], "period": item["period"], "key": item["key"],
    }  # fmt: skip
    if before is not None:
        told["before"] = before
        told["difference"] = [row._asdict() for row in difference(whole[before], whole[item["id"]])]
    return told


def _issues(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for row in rows:
        counts[row["code"]] += row["count"]
    return dict(sorted(counts.items()))


def _visits(store: Storage, run: str) -> dict[str, dict[str, int]]:
    """``{"page": {"found": 12, "absent": 3}, "walk": …}``."""
    by_outcome = {"outcome": {"terms": {"field": "outcome", "size": 10}}}
    asked = {
        "size": 0, "query": all_of(term("run", run)),
        "aggs": {"scope": {"terms": {"field": "scope", "size": 2}, "aggs": by_outcome}},
    }  # fmt: skip
    scopes = store.search("visits", asked)["aggregations"]["scope"]["buckets"]
    return {scope["key"]: {b["key"]: b["doc_count"] for b in scope["outcome"]["buckets"]} for scope in scopes}
