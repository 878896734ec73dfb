"""How each source is doing: last good run, failures in a row, next run.

Counted from the history of tries and from the run folders: a crawl by hand is as good a look as a planned one, and a
try that ended before it had a run folder is a failure too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path

from sqlalchemy import Column, Engine, Float, MetaData, Table, Unicode, inspect, select

from schedules import folders
from schedules.history import History
from schedules.models import RunState

BAD = ("blocked", "failed", "lost")
"""``interrupted`` is our own doing, ``partial`` still looked, ``running`` is open: none counts against a source."""
DEPTH = 100
"""Tries and run folders looked at for each source: more failures in a row than this are told as this."""
JOBS = Table("apscheduler_jobs", MetaData(), Column("id", Unicode(191)), Column("next_run_time", Float(25)))
"""The job store's own table (APScheduler 3), read without loading its pickled jobs."""


@dataclass(frozen=True)
class Try:
    """One look at a source, as its run folder or the history tells it (instants in UTC)."""

    at: datetime
    state: RunState
    reason: str | None
    finished: datetime | None


@dataclass(frozen=True)
class Health:
    """One source: its last try and its next moment."""

    source: str
    last: Try | None
    """None where it was never tried."""
    last_good: datetime | None
    """End of the last good try."""
    failures: int
    """Tries that failed since the last good one."""
    next_run: datetime | None


def health(history: History, runs: Path, sources: Sequence[str]) -> list[Health]:
    """The health of each source, in the order given; ``runs`` is the folder of run folders."""
    upcoming = next_runs(history.engine)
    return [of_tries(name, tries(history, runs, name), upcoming.get(f"crawl:{name}")) for name in sources]


def of_tries(source: str, found: Iterable[Try], upcoming: datetime | None = None) -> Health:
    """The health that these tries make. Pure."""
    newest = sorted(found, key=lambda item: item.at, reverse=True)
    since = list(takewhile(lambda item: item.state != "ok", newest))
    good = newest[len(since)] if len(since) < len(newest) else None
    return Health(
        source=source,
        last=newest[0] if newest else None,
        last_good=(good.finished or good.at) if good else None,
        failures=sum(item.state in BAD for item in since),
        next_run=upcoming,
    )


def tries(history: History, runs: Path, source: str) -> list[Try]:
    """The newest tries of a source; one that is in both places counts once, as the history tells it."""
    rows = history.recent(DEPTH, source)
    told = {row.run for row in rows}
    written = [_of_folder(run) for run in folders.crawls(runs / source, DEPTH) if run.name not in told]
    return [Try(row.started_at, row.state, row.reason, row.finished_at) for row in rows] + written


def _of_folder(run: folders.Crawl) -> Try:
    return Try(run.started, run.outcome.state, run.outcome.reason, run.finished)


def next_runs(engine: Engine) -> dict[str, datetime]:
    """Job id → its next moment, as the worker's job store has it; empty before the first start of a worker."""
    if not inspect(engine).has_table(JOBS.name):
        return {}
    with engine.connect() as connection:
        rows = connection.execute(select(JOBS).where(JOBS.c.next_run_time.is_not(None)))
        return {row.id: datetime.fromtimestamp(row.next_run_time, UTC) for row in rows}
