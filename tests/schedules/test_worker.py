"""The scheduler as a whole, over a real job store, and what is left of it after kill -9."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil
import pytest
from apscheduler.schedulers.background import BackgroundScheduler

from schedules import planning, worker
from schedules.alive import scheduler as living
from schedules.errors import ScheduleError
from schedules.health import next_runs
from schedules.history import History
from schedules.runner import Command
from schedules.settings import Settings
from tests.schedules.conftest import crawl_that, enable

ROOT = Path(__file__).resolve().parents[2]
WORKER = """
import threading
from schedules import planning, worker
from schedules.settings import load
from tests.schedules.conftest import crawl_that
worker.run(load(), threading.Event(), crawl_that(seconds=float({seconds})))
"""


def until(holds: Callable[[], object], seconds: float = 20) -> None:
    """Wait for something to hold; fail the test where it does not in time."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)


@contextmanager
def working(settings: Settings, command: Command) -> Iterator[None]:
    """A scheduler in a thread of this process."""
    stopping = threading.Event()
    thread = threading.Thread(target=worker.run, args=(settings, stopping, command))
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join(30)
        assert not thread.is_alive()


@contextmanager
def process(seconds: float) -> Iterator[subprocess.Popen[bytes]]:
    """A scheduler in a process of its own, whose crawls take ``seconds``."""
    started = subprocess.Popen([sys.executable, "-c", WORKER.format(seconds=seconds)], cwd=ROOT, env=dict(os.environ))
    try:
        yield started
    finally:
        started.kill()
        started.wait()


def state_of(history: History, job: str = "crawl:shanghai") -> str | None:
    row = history.last(job)
    return row.state if row else None


def test_an_enabled_source_is_crawled_and_planned_by_its_cadence(settings: Settings, history: History) -> None:
    enable(settings, "shanghai", "weekly")
    with working(settings, crawl_that()):
        until(lambda: state_of(history) == "ok")
    planned = next_runs(history.engine)["crawl:shanghai"]
    assert timedelta(days=6) < planned - datetime.now(UTC) <= timedelta(days=7)
    assert state_of(history, "scheduler") == "ok"


def test_a_restart_keeps_the_plan(settings: Settings, history: History) -> None:
    enable(settings, "shanghai", "weekly")
    with working(settings, crawl_that()):
        until(lambda: state_of(history) == "ok")
    before = next_runs(history.engine)["crawl:shanghai"]
    with working(settings, crawl_that()):
        until(lambda: living(history, datetime.now(UTC)))
    assert next_runs(history.engine)["crawl:shanghai"] == before
    assert len(history.recent(source="shanghai")) == 1


def test_a_source_no_longer_enabled_is_no_longer_crawled(settings: Settings, history: History) -> None:
    path = enable(settings, "shanghai")
    with working(settings, crawl_that()):
        until(lambda: state_of(history) == "ok")
    path.unlink()
    with working(settings, crawl_that()):
        until(lambda: "crawl:shanghai" not in next_runs(history.engine))


def test_a_bad_definition_does_not_stop_the_others(settings: Settings, history: History) -> None:
    enable(settings, "bad", cadence="now and then")
    enable(settings, "shanghai")
    with working(settings, crawl_that()):
        until(lambda: state_of(history) == "ok")
    assert "crawl:bad" not in next_runs(history.engine)


def test_crawling_goes_on_while_the_search_engine_is_down(settings: Settings, history: History) -> None:
    enable(settings, "shanghai")
    with working(settings, crawl_that()):
        until(lambda: state_of(history) == "ok" and state_of(history, "index") == "failed")
    row = history.last("index")
    assert row is not None and "no Elasticsearch at http://127.0.0.1:9" in str(row.reason)


def test_a_failed_crawl_is_tried_again(settings: Settings, history: History) -> None:
    enable(settings, "shanghai")
    with working(settings, crawl_that("stopped", "site down", records=0)):
        until(lambda: "retry:shanghai" in next_runs(history.engine))
    wait = next_runs(history.engine)["retry:shanghai"] - datetime.now(UTC)
    assert timedelta(minutes=14) < wait <= timedelta(minutes=15)


def test_two_schedulers_never_work_on_one_database(settings: Settings, history: History) -> None:
    with working(settings, crawl_that()):
        until(lambda: living(history, datetime.now(UTC)))
        with pytest.raises(ScheduleError, match="another scheduler"):
            worker.run(settings, threading.Event(), crawl_that())


def test_a_simulated_clock_is_refused(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QINGCE_CLOCK", "2021-07-05")
    with pytest.raises(ScheduleError, match="QINGCE_CLOCK"):
        worker.run(settings, threading.Event())


def test_after_kill_9_of_scheduler_and_crawl_nothing_stays_running(settings: Settings, history: History) -> None:
    enable(settings, "shanghai")
    with process(seconds=120) as first:
        until(lambda: (row := history.running("crawl:shanghai")) and row.child_pid)
        row = history.running("crawl:shanghai")
        assert row is not None and row.child_pid is not None
        until(lambda: list(settings.indexer.runs.glob("shanghai/*/run.json")))
        first.send_signal(signal.SIGKILL)
        first.wait()
        os.kill(row.child_pid, signal.SIGKILL)
        until(lambda: not psutil.pid_exists(row.child_pid) or psutil.Process(row.child_pid).status() == "zombie")
    assert state_of(history) == state_of(history, "scheduler") == "running"
    with working(settings, crawl_that()):
        until(lambda: state_of(history) == "lost")
        assert "retry:shanghai" in next_runs(history.engine)
    assert history.running("scheduler") is None


def test_a_crawl_that_outlives_its_scheduler_is_not_lost(settings: Settings, history: History,
                                                         monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setattr(worker, "HOUSEKEEPING", timedelta(seconds=1))
    enable(settings, "shanghai")
    with process(seconds=6) as first:
        until(lambda: list(settings.indexer.runs.glob("shanghai/*/run.json")))
        first.send_signal(signal.SIGKILL)
        first.wait()
    with working(settings, crawl_that()):
        until(lambda: living(history, datetime.now(UTC)))
        assert state_of(history) == "running"
        until(lambda: state_of(history) == "ok")
    assert len(history.recent(source="shanghai")) == 1


def test_a_stop_in_the_middle_of_planning_comes_to_its_end(settings: Settings, history: History,
                                                           monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    planned, busy = planning.follow, threading.Event()

    def slowly(scheduler: BackgroundScheduler, *rest: Any) -> list[ScheduleError]:
        if threading.current_thread().name.startswith("ThreadPoolExecutor"):
            busy.set()
            time.sleep(1)
            scheduler.get_jobs()
        return planned(scheduler, *rest)

    monkeypatch.setattr(worker, "HOUSEKEEPING", timedelta(seconds=1))
    monkeypatch.setattr(planning, "follow", slowly)
    with working(settings, crawl_that()):
        assert busy.wait(20)
