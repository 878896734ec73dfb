"""The job that follows crawls, over a real Elasticsearch and real run folders."""

from __future__ import annotations

import time
import uuid
from datetime import UTC, datetime, timedelta

import pytest

from crawlers.clock import Clock
from crawlers.runs import Run
from crawlers.source import effective
from indexer.engine.connect import client
from indexer.engine.node import Node
from indexer.engine.store import Store
from schedules import indexing
from schedules.history import History, Outcome
from schedules.settings import Settings, load

NOW = datetime.now(UTC)


def crawled(settings: Settings, hour: int) -> Run:
    """A closed run folder of a good walk that found nothing."""
    run = Run(settings.indexer.var, effective("shanghai-eic"), Clock("real", lambda: NOW - timedelta(hours=hour)))
    run.finish("finished")
    return run


def done(history: History, outcome: Outcome, ago: timedelta) -> None:
    claim = history.claim("index", NOW - ago)
    assert claim is not None and history.finish(claim, outcome, NOW)


def test_nothing_is_due_after_a_good_indexing_until_a_run_comes(settings: Settings, history: History) -> None:
    assert indexing.due(settings, history)
    done(history, Outcome("ok"), timedelta(0))
    assert not indexing.due(settings, history)
    time.sleep(0.01)
    crawled(settings, 1)
    assert indexing.due(settings, history)


def test_duties_are_judged_on_a_new_day_without_any_new_run(settings: Settings, history: History) -> None:
    done(history, Outcome("ok"), timedelta(days=1))
    assert indexing.due(settings, history)


def test_a_failed_indexing_is_due_again(settings: Settings, history: History) -> None:
    done(history, Outcome("failed"), timedelta(0))
    assert indexing.due(settings, history)


def test_pending_runs_are_indexed_once_and_a_broken_one_is_said(
    settings: Settings, es_node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QINGCE_ELASTICSEARCH_URL", es_node.url)
    monkeypatch.setenv("QINGCE_INDEX_PREFIX", prefix := f"test-{uuid.uuid4().hex[:8]}")
    asked = load()
    crawled(asked, 2)
    broken = crawled(asked, 1)
    (broken.folder / "run.json").write_text("{", encoding="utf-8")
    try:
        first, second = indexing.run(asked), indexing.run(asked)
        assert (first.state, first.counts["runs"], first.counts["skipped"]) == ("partial", 1, 1)
        assert broken.name in str(first.reason)
        assert second.counts["runs"] == 0
        with client(es_node.url) as made:
            assert Store(made, prefix).count("runs") == 1
    finally:
        with client(es_node.url) as made:
            Store(made, prefix).drop()
