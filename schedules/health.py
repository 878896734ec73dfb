"""How each source is doing: last good run, failures in a row, next run; counted from the history of tries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Column, Engine, Float, MetaData, Table, Unicode, func, inspect, select
from sqlalchemy.orm import Session

from schedules.models import JobRun

BAD = ("blocked", "failed", "lost")
"""``interrupted`` is our own doing, ``partial`` still looked: neither counts against a source."""
JOBS = Table("apscheduler_jobs", MetaData(), Column("id", Unicode(191)), Column("next_run_time", Float(25)))
"""The job store's own table (APScheduler 3), read without loading its pickled jobs."""


@dataclass(frozen=True)
class Health:
    """One source: its last tries and its next moment (instants in UTC)."""

    source: str
    state: str | None
    """State of the last try; None where it was never tried."""
    reason: str | None
    last_try: datetime | None
    last_good: datetime | None
    failures: int
    """Tries that failed since the last good one."""
    next_run: datetime | None


def health(engine: Engine, sources: Sequence[str]) -> list[Health]:
    """The health of each source, in the order given."""
    upcoming = next_runs(engine)
    with Session(engine) as session:
        return [_of(session, source, upcoming.get(f"crawl:{source}")) for source in sources]


def next_runs(engine: Engine) -> dict[str, datetime]:
    """Job id → its next moment, as the worker's job store has it; empty before the first start of a worker."""
    if not inspect(engine).has_table(JOBS.name):
        return {}
    with engine.connect() as connection:
        rows = connection.execute(select(JOBS).where(JOBS.c.next_run_time.is_not(None)))
        return {row.id: datetime.fromtimestamp(row.next_run_time, UTC) for row in rows}


def _of(session: Session, source: str, upcoming: datetime | None) -> Health:
    tries = select(JobRun).where(JobRun.source == source).order_by(JobRun.started_at.desc(), JobRun.id.desc()).limit(1)
    latest = session.scalars(tries).first()
    good = session.scalars(tries.where(JobRun.state == "ok")).first()
    failures = select(func.count()).where(JobRun.source == source, JobRun.state.in_(BAD))
    if good is not None:
        failures = failures.where(JobRun.started_at > good.started_at)
    return Health(
        source=source,
        state=latest.state if latest else None,
        reason=latest.reason if latest else None,
        last_try=latest.started_at if latest else None,
        last_good=good.finished_at if good else None,
        failures=session.scalar(failures) or 0,
        next_run=upcoming,
    )
