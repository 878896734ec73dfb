"""Run folders → Elasticsearch: the verb ``index``. Any step run twice changes nothing; a run's document comes last.

A process killed anywhere leaves a run without its document: the next call indexes it again and neither loses nor
doubles anything, since every document's id derives from its content and place.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from indexer import clock, waiting
from indexer.calm import calm
from indexer.engine.filelock import held
from indexer.register import closing, decisions, gather, holding, resolving, sourcefile, watching
from indexer.register.documents import RunDoc, VisitDoc
from indexer.register.holding import Hold, Limits, Loss, Settling
from indexer.register.recording import Recorder
from indexer.register.resolution import Pair
from indexer.register.runs import Run, RunError, is_live, open_run
from indexer.register.spool import Spool
from indexer.register.storage import Storage, all_of, parts, term, terms
from indexer.register.withdrawal import ROLLING
from indexer.settings import Settings

Progress = Callable[[str], None]
FAMILIES = ("enterprises", "identities", "disclosures", "measurements", "visits", "runs")
"""What run folders alone make, so what a rebuild makes anew; duties come from the scan."""


@dataclass(frozen=True)
class IndexResult:
    """What indexing one run did. ``skipped`` says why nothing was done; numbers are of documents written."""

    run: str
    source: str
    records: int = 0
    visits: int = 0
    disclosures: int = 0
    measurements: int = 0
    closed: int = 0
    issues: int = 0
    seconds: float = 0.0
    skipped: str | None = None


def index_run(run_dir: Path, store: Storage, settings: Settings, progress: Progress | None = None) -> IndexResult:
    """Indexes one run folder, also one that is indexed already. Raises RunError where it cannot be read at all."""
    run = open_run(Path(run_dir))
    if is_live(run.meta, clock.now()):
        return IndexResult(run.name, run.meta["source"], skipped="the crawl is still running")
    with held(settings.var / "indexing.lock", wait=True), calm():
        # What a killed process wrote last must show: resolution and spans are computed from searches.
        store.refresh(*FAMILIES)
        return Indexing(run, store, settings, progress or _silent).index()


def index_pending(store: Storage, settings: Settings, progress: Progress | None = None) -> Iterator[IndexResult]:
    """Indexes every run that is new or changed, by start then name, and yields a result each.

    A folder that cannot be read gives a result with the reason in ``skipped``; the others go on.
    """
    for folder, meta in _folders(settings.runs):
        try:
            run = open_run(folder)
        except RunError as error:
            yield IndexResult(folder.name, folder.parent.name, skipped=str(error))
            continue
        stored = store.mget("runs", [run.name]).get(run.name)
        if stored is None or stored["sha256"] != run.sha256:
            yield index_run(folder, store, settings, progress)
        elif progress:
            progress(f"{meta.get('source')} {run.name}: indexed already")


def rebuild(
    store: Storage, settings: Settings, force: bool = False, progress: Progress | None = None
) -> list[IndexResult]:
    """Makes all documents anew from the run folders, in order, into new indices; the aliases move at the end.

    Decisions are read again, so none is lost; the scan's counts of duties on enterprises are carried over. Raises
    EngineError (the old indices stay) where documents or fields would be lost and ``force`` is not given.
    """
    counted = {body["id"]: _counted(body) for body in store.scan("enterprises")}
    with store.rebuild(FAMILIES, force) as fresh:
        results = list(index_pending(fresh, settings, progress))
        kept = (body | counted[body["id"]] for body in fresh.scan("enterprises") if counted.get(body["id"]))
        for part in parts(kept, 1000):
            fresh.bulk("enterprises", part)
    return results


def _counted(enterprise: dict[str, Any]) -> dict[str, Any]:
    """What the scan has written onto an enterprise."""
    return {name: enterprise[name] for name in ("duty_states", "severities") if name in enterprise}


def load_pairs(settings: Settings) -> list[Pair]:
    """The decisions on identities in force; none where no database or table exists yet."""
    return decisions.read(settings.database, decisions.pairs, [])


def decide(store: Storage, session: Session, keys: list[str]) -> dict[str, str | None]:
    """Applies decisions just recorded on identities (``source|external_id``): resolves them anew at once."""
    return resolving.reresolve(store, decisions.pairs(session), keys)


def _silent(_words: str) -> None:
    return None


def _folders(runs: Path) -> list[tuple[Path, dict[str, Any]]]:
    """Every folder below ``runs/<source>/``, by start then name; unreadable ones last."""
    found = [(folder, _meta(folder)) for folder in runs.glob("*/*/") if not folder.name.startswith(".")]
    return sorted(found, key=lambda item: (str(item[1].get("started_at", "9999")), item[0].name))


def _meta(folder: Path) -> dict[str, Any]:
    """The folder's run.json, or nothing where it is broken: opening it says why."""
    try:
        data = json.loads((folder / "run.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


@dataclass
class Indexing:
    """One run on its way into the store."""

    run: Run
    store: Storage
    settings: Settings
    progress: Progress

    def index(self) -> IndexResult:
        """Write everything the run says, judge what it makes disappear, and at last its document."""
        start = time.monotonic()
        run, store, source = self.run, self.store, _source(self.run)
        run.read_crawl_issues()
        in_order, fresh = _position(store, run)
        opened = _open_before(store, source.name) if in_order and not fresh else {}
        watched = not fresh and watching.begun(store, source.name)
        visits, named = gather.visits(run.visits(), run, source)
        recorder = Recorder(store, run, source, load_pairs(self.settings), fresh)
        recorder.meet(named)
        named.clear()
        told = recorder.write(lambda count: self.progress(f"{source.name} {run.name}: {count} records"))
        judge = self._judge(source.name)
        if in_order:
            hold, loss = _first(judge, run.name) if fresh else self._newest(judge, visits, opened)
            _write_visits(store, (hold.visit(visit) for visit in visits), recorder.owner)
            counted = hold.counts and not fresh
            closed = closing.close_unseen(store, source.name, run.name, visits) if counted else 0
        else:
            _write_visits(store, visits, recorder.owner)
            store.refresh("disclosures", "visits")
            changed = judge.settle(run.name)
            kinds = None if changed else told.kinds | visits.kinds
            closed = closing.respan(store, source.name, kinds)
        store.refresh("enterprises", "disclosures", "visits")
        result = IndexResult(
            run.name, source.name, told.records, len(visits), told.disclosures, told.measurements, closed,
            run.issues.total(), time.monotonic() - start,
        )  # fmt: skip
        wide = bool(visits.walks) or not in_order or closed > 0 or not watched
        waiting.note(self.settings, {"source": source.name, "run": run.name, "wide": wide, "moved": sorted(told.moved)})
        document = _run_document(run, result)
        held = hold.put(document, loss) if in_order else holding.put(document, judge.pending)
        store.bulk("runs", [held])
        store.refresh("runs")
        self.progress(f"{source.name} {run.name}: {result.records} records, {result.seconds:.1f} s")
        return result

    def _judge(self, source: str) -> Settling:
        pending = _run_document(self.run, IndexResult(self.run.name, source))
        return settling(self.store, self.settings, source, pending)

    def _newest(self, judge: Settling, visits: Spool, opened: dict[str, int]) -> tuple[Hold, Loss]:
        """The state of a run that comes in order, and what it makes disappear."""
        store, run, source = self.store, self.run.name, judge.source
        store.refresh("disclosures")
        loss = holding.present_loss(
            store, source, run, opened, lambda: closing.unseen(store, source, run, visits), judge.limits
        )
        walked = holding.stored_lists(store, source) | holding.walked_lists(visits.walks)
        earlier = [one for one in holding.runs_of(store, source) if one["id"] != run]
        loss = replace(loss, list_change=holding.list_change(judge.home, run, earlier, walked))
        return holding.judge(loss, judge.limits, judge.decided.get(run)), loss


def _first(judge: Settling, run: str) -> tuple[Hold, Loss]:
    """The state of a source's first run: nothing was there that it could make disappear."""
    loss = Loss()
    return holding.judge(loss, judge.limits, judge.decided.get(run)), loss


def settling(store: Storage, settings: Settings, source: str, pending: RunDoc | None = None) -> Settling:
    """What judges the runs of a source under the settings and the decisions of now."""
    limits = Limits(settings.hold_share, settings.hold_least)
    decided: dict[str, decisions.Decision] = decisions.read(settings.database, decisions.runs, {})
    return Settling(store, source, settings.runs / source, limits, decided, pending)


def decide_run(store: Storage, settings: Settings, source: str, run: str) -> list[str]:
    """Applies a decision just recorded on a run: judges it and all later ones anew; returns those that changed."""
    with held(settings.var / "indexing.lock", wait=True):
        store.refresh(*FAMILIES)
        changed = settling(store, settings, source).settle(run)
        if changed:
            closing.respan(store, source)
            store.refresh("disclosures")
    return changed


def _open_before(store: Storage, source: str) -> dict[str, int]:
    """Open documents of a source before a run by kind, of kinds whose pages do not roll."""
    query = all_of(term("source", source), term("gone", False), without=[terms("kind", ROLLING)])
    asked = {"size": 0, "query": query, "aggs": {"kind": {"terms": {"field": "kind", "size": 100}}}}
    found = store.search("disclosures", asked)["aggregations"]["kind"]["buckets"]
    return {bucket["key"]: bucket["doc_count"] for bucket in found}


def _source(run: Run) -> sourcefile.Source:
    try:
        return sourcefile.parse(run.source)
    except ValueError as error:
        raise RunError(f"{run.folder / 'source.json'}: {error}") from error


def _position(store: Storage, run: Run) -> tuple[bool, bool]:
    """(in order, fresh): no later run of the source is in and nothing of this one; and nothing of the source at all."""
    started, name = run.meta["started_at"], run.name
    others = list(store.scan("runs", term("source", run.meta["source"]), ["id", "started"]))
    later = any((other["started"], other["id"]) >= (started, name) for other in others)
    begun = store.count("visits", term("run", name)) or store.count("disclosures", term("runs", name))
    fresh = not others and not store.count("disclosures", term("source", run.meta["source"]))
    return not later and not begun, fresh and not begun


def _write_visits(store: Storage, visits: Iterable[VisitDoc], owner: dict[str, str | None]) -> None:
    store.bulk("visits", (_owned(visit, owner) for visit in visits))


def _owned(visit: VisitDoc, owner: dict[str, str | None]) -> VisitDoc:
    visit["enterprise"] = owner.get(visit["identity_key"]) if visit["identity_key"] else None
    return visit


def _run_document(run: Run, result: IndexResult) -> RunDoc:
    meta = run.meta
    return RunDoc(
        id=run.name, source=meta["source"], kind=meta["kind"], status=meta["status"], reason=meta.get("reason"),
        started=meta["started_at"], finished=meta.get("finished_at"), parser=str(meta.get("parser") or ""),
        clock=str(meta.get("clock") or "real"), sha256=run.sha256,
        counts={**(meta.get("counts") or {}), "indexed_records": result.records, "indexed_visits": result.visits},
        issues=result.issues, issue_rows=run.issues.rows(), unknown=run.issues.unknown.rows(),
        unknown_words=len(run.issues.unknown.counts),
    )  # fmt: skip
