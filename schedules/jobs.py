"""The functions that the job store calls by name; they work in the :class:`Context` that the worker has set."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.base import BaseScheduler
from apscheduler.triggers.date import DateTrigger

from indexer.engine.errors import EngineError
from schedules import indexing, planning
from schedules.history import History
from schedules.lease import under_claim
from schedules.models import RunState
from schedules.recovery import recover
from schedules.retry import retry_after
from schedules.runner import Runner
from schedules.settings import Settings

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Context:
    """What the jobs of this process work with."""

    settings: Settings
    history: History
    runner: Runner
    scheduler: BaseScheduler
    stopping: threading.Event


_context: Context | None = None


def use(context: Context | None) -> None:
    """Set, or with None take away, what the jobs of this process work with."""
    global _context
    _context = context


def _here() -> Context:
    if _context is None:
        raise RuntimeError("a job was called outside a worker; start `python -m schedules.worker`")
    return _context


def crawl(source: str, attempt: int = 1) -> None:
    """Crawl a source, then have it indexed, or tried again where it went wrong."""
    here = _here()
    outcome = here.runner.crawl(source, attempt)
    if outcome is None:
        log.info("%s: a crawl of it runs already", source)
        return
    log.info("%s: %s %s", source, outcome.state, outcome.reason or outcome.counts)
    settle(here, source, outcome.state, attempt)


def settle(here: Context, source: str, state: RunState, attempt: int) -> None:
    """What follows the end of a try: a further attempt, and the indexing of what it found."""
    if here.stopping.is_set():
        return
    delay = retry_after(state, attempt)
    if delay is not None:
        again(here, source, attempt + 1, delay)
    here.scheduler.modify_job("index", next_run_time=datetime.now(UTC))


def again(here: Context, source: str, attempt: int, delay: timedelta) -> None:
    """One further attempt after ``delay``; a source has at most one waiting."""
    here.scheduler.add_job(
        "schedules.jobs:crawl",
        DateTrigger(datetime.now(UTC) + delay),
        args=[source, attempt],
        id=f"retry:{source}",
        name=f"attempt {attempt} at {source}",
        replace_existing=True,
        misfire_grace_time=None,
    )


def index() -> None:
    """Index what was crawled and judge the duties; nothing to do costs one look at the folders."""
    here = _here()
    if not indexing.due(here.settings, here.history):
        return
    try:
        outcome = under_claim(here.history, "index", here.settings.heartbeat, lambda: indexing.run(here.settings))
    except EngineError as error:
        # It stands in the history as failed; the job comes again by itself, and evidence waits in its run folders.
        log.error("index: %s", error)
        return
    if outcome is None:
        log.info("index: another one runs already")
    else:
        log.info("index: %s %s", outcome.state, outcome.reason or outcome.counts)


def housekeeping(now: datetime | None = None) -> None:
    """Close the tries of dead processes and follow the enabled sources; ``now`` ahead of time doubts every lease."""
    here = _here()
    for row in recover(here.settings, here.history, now or datetime.now(UTC)):
        log.warning("%s: found dead, closed as %s: %s", row.job, row.state, row.reason)
        if row.source is not None:
            settle(here, row.source, row.state, row.attempt)
    for error in planning.follow(here.scheduler, here.settings, here.history, datetime.now(UTC)):
        log.error("%s", error)
