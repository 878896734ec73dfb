"""Whom newly indexed runs concern: between two full scans only they are judged anew.

A run that walked a list is a look at everybody its source lists or covers, so it concerns them all, and so does the
first that read its source well: that makes it a channel. One that looked at pages alone concerns whom it names. Prints
that others share are followed by the scan itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from indexer import lawbook, scanned
from indexer.judging import Judge
from indexer.register import authority_facts, facts
from indexer.register.sourcefile import Source
from indexer.register.storage import Storage, all_of, term, terms
from indexer.scan import MADE_HERE
from indexer.settings import Settings
from indexer.waiting import Indexed


def touched(store: Storage, settings: Settings, runs: Collection[Indexed]) -> list[str]:
    """Ids of the enterprises and authorities of whom these runs may say something new, also of ids that are no more."""
    store.refresh("enterprises", "disclosures", "visits")
    names = {run["source"] for run in runs if run["wide"]}
    wide = [source for source in facts.load_sources(settings.sources) if source.name in names]
    found = {identifier for run in runs for identifier in run["moved"]}
    for run in runs:
        if not run["wide"]:
            found |= _named(store, run["run"])
    codes = {code for source in wide for code in source.within}
    for body in store.scan("enterprises", _either(names, wide, found), ["id", "aliases", "region_path"]):
        # Of enterprises that became one the former ids are forgotten.
        found |= {body["id"], *body["aliases"]}
        codes.update(body["region_path"])
    return sorted(found | {f"{authority_facts.PREFIX}{step}" for code in codes for step in _path(code)})


def whole(store: Storage, settings: Settings, day: date) -> bool:
    """True where a scan of all is due on ``day``: the last was of another day, by other rules or mappings."""
    last = scanned.read(settings, store.prefix)
    if last is None or MADE_HERE & set(store.stale()):
        return True
    judge = Judge.by(lawbook.current(settings))
    now = (day.isoformat(), judge.rules_version, judge.vocabulary_version)
    return now != (last["day"], last["rules_version"], last["vocabulary_version"])


def _named(store: Storage, run: str) -> set[str]:
    asked = (("visits", term("run", run)), ("disclosures", term("runs", run)))
    found = {body["enterprise"] for name, query in asked for body in store.scan(name, query, ["enterprise"])}
    return found - {None, ""}


def _either(names: set[str], wide: Iterable[Source], known: set[str]) -> dict[str, Any]:
    """Enterprises that a source lists or covers, or that are known already."""
    should: list[dict[str, Any]] = [terms("id", sorted(known)), terms("sources", sorted(names))]
    should += [query for source in wide for query in _covered(source)]
    return {"bool": {"should": should, "minimum_should_match": 1}}


def _covered(source: Source) -> Iterator[dict[str, Any]]:
    """``KPU`` holds ``KPU.W`` too."""
    for cover in source.covers:
        of_class = [{"term": {"classes": c}} for c in sorted(cover.classes)]
        of_class += [{"prefix": {"classes": f"{c}."}} for c in sorted(cover.classes)]
        within = terms("region_path", sorted(cover.regions))
        yield all_of(within, {"bool": {"should": of_class, "minimum_should_match": 1}})


def _path(code: str) -> Iterator[str]:
    """The codes of a place and of all that hold it."""
    return (code[:size] for size in range(2, len(code) + 1, 2))
