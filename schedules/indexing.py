"""Indexing and the scan as one job: what was crawled becomes documents, the duties of whom it concerns are judged anew,
sources are told whom to look at first; on a day's first run everybody is judged, and everybody is scored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from indexer import frontier, pipeline, scoring, waiting
from indexer import settings as indexer_settings
from indexer.clock import day_of, today
from indexer.engine.connect import connected
from indexer.engine.store import Store
from indexer.scan import scan
from indexer.touched import touched, whole
from schedules.history import History, Outcome
from schedules.settings import Settings


def due(settings: Settings, history: History) -> bool:
    """True where a run folder changed since the last good indexing began, or that was on an earlier day.

    Duties change with the calendar alone, so they are judged at least once a day. Looks at folders, asks no engine.
    """
    last = history.last("index", "ok", "partial")
    if last is None or day_of(last.started_at) != day_of(datetime.now(UTC)):
        return True
    since = last.started_at.timestamp()
    return any(path.stat().st_mtime >= since for path in settings.indexer.runs.glob("*/*/run.json"))


def run(settings: Settings) -> Outcome:
    """Index every pending run, then scan; raises EngineError where Elasticsearch cannot be had."""
    with connected(settings.indexer) as client:
        store = Store(client, settings.indexer.index_prefix)
        store.ensure()
        results = list(pipeline.index_pending(store, settings.indexer))
        judged = _judge(store, settings.indexer)
        frontier.write(store, settings.indexer, today())
        # Scores change with the calendar too: on each day all are made once, then those of whom was judged anew.
        if scoring.due(store, today()):
            scoring.score(store, settings.indexer)
        elif judged:
            scoring.score(store, settings.indexer, enterprises=judged)
    return summary(results)


def _judge(store: Store, settings: indexer_settings.Settings) -> list[str]:
    """Judges all on each day once, then only those whom new runs concern: these are returned."""
    if whole(store, settings, today()):
        scan(store, settings)
        return []
    runs = waiting.read(settings)
    if not runs:
        return []
    concerned = touched(store, settings, runs)
    scan(store, settings, enterprises=concerned)
    waiting.settle(settings, runs)
    return concerned


def summary(results: Sequence[pipeline.IndexResult]) -> Outcome:
    """``partial`` where a run folder could not be read; the first such is the reason."""
    skipped = [f"{result.source} {result.run}: {result.skipped}" for result in results if result.skipped]
    done = len(results) - len(skipped)
    records = sum(result.records for result in results)
    return Outcome("partial" if skipped else "ok", reason=skipped[0] if skipped else None,
                   counts={"runs": done, "records": records, "skipped": len(skipped)})  # fmt: skip
