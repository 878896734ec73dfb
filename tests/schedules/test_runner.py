"""A crawl is a real process: how it ends is read from the run folder it leaves."""

from __future__ import annotations

import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from schedules.history import History
from schedules.retry import FAILED, retry_after
from schedules.runner import Command, Runner
from schedules.settings import Settings
from tests.schedules.conftest import crawl_that


def runner(settings: Settings, history: History, command: Command) -> Runner:
    return Runner(settings, history, threading.Event(), command)


@pytest.mark.parametrize(
    ("status", "reason", "records", "state"),
    [
        ("finished", None, 3, "ok"),
        ("stopped", "blocked: challenge", 3, "blocked"),
        ("stopped", "floor: 3 rows", 3, "partial"),
        ("stopped", "site down", 0, "failed"),
        ("running", None, 3, "lost"),
        ("melted", None, 3, "failed"),
    ],
)
def test_the_run_folder_says_how_it_ended(
    settings: Settings, history: History, status: str, reason: str | None, records: int, state: str
) -> None:
    outcome = runner(settings, history, crawl_that(status, reason, records=records)).crawl("shanghai")
    assert outcome is not None and outcome.state == state
    row = history.last("crawl:shanghai")
    assert row is not None and (row.state, row.run) == (state, outcome.run)
    assert row.finished_at is not None and row.counts == {"records": records}


def test_a_crawl_without_a_run_folder_failed(settings: Settings, history: History) -> None:
    command = [sys.executable, "-c", "print('no such source'); raise SystemExit(2)"]
    outcome = runner(settings, history, lambda source, var: command).crawl("shanghai")
    assert outcome is not None and outcome.state == "failed" and "exit code 2" in str(outcome.reason)
    assert "no such source" in (settings.indexer.var / "logs/crawl-shanghai.log").read_text(encoding="utf-8")


def test_a_second_crawl_of_a_source_waits_for_the_first(settings: Settings, history: History) -> None:
    assert history.claim("crawl:shanghai", datetime.now(UTC), "shanghai") is not None
    assert runner(settings, history, crawl_that()).crawl("shanghai") is None


def test_a_crawl_past_its_limit_is_ended(settings: Settings, history: History) -> None:
    short = replace(settings, crawl_limit=timedelta(seconds=1))
    outcome = runner(short, history, crawl_that(seconds=60)).crawl("shanghai")
    assert outcome is not None and outcome.state == "failed" and "limit of 0:00:01" in str(outcome.reason)
    assert outcome.run is not None


def test_stopping_ends_the_crawl_as_interrupted(settings: Settings, history: History) -> None:
    it = runner(settings, history, crawl_that(seconds=60))
    threading.Timer(1, it.stopping.set).start()
    outcome = it.crawl("shanghai")
    assert outcome is not None and outcome.state == "interrupted"


def test_failures_are_tried_again_later_and_later_blocks_are_not() -> None:
    assert [retry_after("failed", n) for n in (1, 2, 3, 4)] == [*FAILED, None]
    assert [retry_after(state, 1) for state in ("ok", "partial", "blocked")] == [None, None, None]
    assert retry_after("lost", 1) is not None and retry_after("lost", 2) is None
