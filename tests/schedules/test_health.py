"""How a source is doing: from the schedule's tries and from crawls by hand alike."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from crawlers.clock import Clock
from crawlers.runs import Run, Status
from crawlers.source import effective
from schedules.health import Try, health, of_tries
from schedules.history import History, Outcome
from schedules.models import RunState
from schedules.settings import Settings

NOW = datetime(2026, 5, 1, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)


def tries(*states: RunState) -> list[Try]:
    """Tries an hour apart, oldest first."""
    return [
        Try(NOW + n * HOUR, state, None, NOW + n * HOUR + HOUR / 2) for n, state in zip(count(), states, strict=False)
    ]


def by_hand(var: Path, hour: int, status: Status, reason: str | None = None) -> str:
    """A closed run folder, as `qingce crawl` leaves it."""
    run = Run(var, effective("shanghai-eic"), Clock("real", lambda: NOW + hour * HOUR))
    run.finish(status, reason)
    return run.name


def test_a_source_never_tried_has_no_health() -> None:
    told = of_tries("x", [])
    assert (told.last, told.last_good, told.failures) == (None, None, 0)


def test_failures_are_counted_since_the_last_good_try() -> None:
    told = of_tries("x", tries("failed", "ok", "failed", "interrupted", "partial", "blocked", "running"))
    assert told.failures == 2 and told.last_good == NOW + 1.5 * HOUR
    assert told.last is not None and told.last.state == "running"


def test_without_any_good_try_all_failures_count() -> None:
    told = of_tries("x", tries("failed", "lost", "failed"))
    assert told.failures == 3 and told.last_good is None


def test_a_crawl_by_hand_counts_and_one_of_the_schedule_counts_once(settings: Settings, history: History) -> None:
    by_hand(settings.indexer.var, 1, "finished")
    run = by_hand(settings.indexer.var, 3, "stopped", "blocked: challenge")
    claim = history.claim("crawl:shanghai-eic", NOW + 3 * HOUR, "shanghai-eic")
    assert claim is not None
    history.finish(claim, Outcome("blocked", run, "blocked: challenge"), NOW + 4 * HOUR)
    early = history.claim("crawl:shanghai-eic", NOW + 2 * HOUR, "shanghai-eic")
    assert early is not None
    history.finish(early, Outcome("failed", reason="no run folder was written"), NOW + 2 * HOUR)
    (told,) = health(history, settings.indexer.runs, ["shanghai-eic"])
    assert told.failures == 2 and told.last_good == NOW + HOUR
    assert told.last is not None and (told.last.state, told.last.reason) == ("blocked", "blocked: challenge")
