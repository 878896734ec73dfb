"""Claims are leases: one running try a job, and no holder that died keeps it."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest

from schedules.history import History, Outcome
from schedules.lease import under_claim
from schedules.models import RunState

NOW = datetime(2026, 5, 1, 2, tzinfo=UTC)


def tried(history: History, state: RunState, hours: int, source: str = "shanghai", reason: str | None = None) -> None:
    """A try that began and ended at ``NOW`` plus ``hours``."""
    claim = history.claim(f"crawl:{source}", NOW + timedelta(hours=hours), source)
    assert claim is not None
    assert history.finish(claim, Outcome(state, reason=reason), NOW + timedelta(hours=hours, minutes=5))


def test_a_job_is_claimed_once_until_it_ends(history: History) -> None:
    first = history.claim("crawl:a", NOW, "a")
    assert first is not None
    assert history.claim("crawl:a", NOW, "a") is None
    assert history.claim("crawl:b", NOW, "b") is not None
    assert history.finish(first, Outcome("ok"), NOW)
    assert history.claim("crawl:a", NOW, "a") is not None


def test_of_many_claims_at_once_the_database_grants_one(history: History) -> None:
    granted: list[int | None] = []
    threads = [threading.Thread(target=lambda: granted.append(history.claim("index", NOW))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(granted) == 8 and sum(claim is not None for claim in granted) == 1


def test_a_beat_prolongs_the_lease(history: History) -> None:
    claim = history.claim("index", NOW)
    assert claim is not None
    later = NOW + timedelta(seconds=10)
    assert [row.id for row in history.expired(later)] == [claim]
    assert history.beat(claim, later)
    assert history.expired(later) == []


def test_the_first_word_on_a_try_stays(history: History) -> None:
    claim = history.claim("index", NOW)
    assert claim is not None
    assert history.finish(claim, Outcome("lost"), NOW)
    assert not history.beat(claim, NOW)
    assert not history.finish(claim, Outcome("ok"), NOW)
    row = history.get(claim)
    assert row is not None and row.state == "lost"


def test_what_work_raises_is_the_reason_of_a_failed_try(history: History) -> None:
    def work() -> Outcome:
        raise ZeroDivisionError("by zero")

    with pytest.raises(ZeroDivisionError):
        under_claim(history, "index", timedelta(seconds=1), work)
    row = history.last("index")
    assert row is not None and (row.state, row.reason) == ("failed", "ZeroDivisionError: by zero")


def test_work_keeps_its_lease_while_it_lasts(history: History) -> None:
    finished = threading.Event()

    def work() -> Outcome:
        finished.wait(1)
        return Outcome("ok", counts={"runs": 2})

    under_claim(history, "index", timedelta(seconds=0.1), work)
    row = history.last("index")
    assert row is not None and row.counts == {"runs": 2}
    assert row.heartbeat_at - row.started_at > timedelta(seconds=0.5)


def test_recent_tries_come_newest_first(history: History) -> None:
    for hour in range(3):
        tried(history, "ok", hour)
    tried(history, "ok", 1, source="beijing")
    starts = [row.started_at for row in history.recent(source="shanghai")]
    assert starts == sorted(starts, reverse=True) and len(starts) == 3
    assert len(history.recent(limit=2)) == 2
