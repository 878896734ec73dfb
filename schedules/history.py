"""Claims, heartbeats and ends of jobs. A claim is a lease: whoever dies loses it, so nothing stays "running" for ever.

Leases are real time, never the simulated clock: they say whether a process lives.
"""

from __future__ import annotations

import socket
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import psutil
from sqlalchemy import Engine, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from schedules.models import JobRun, RunState


@dataclass(frozen=True)
class Outcome:
    """How a try ended: state, the run folder, why, and the run's counts."""

    state: RunState
    run: str | None = None
    reason: str | None = None
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class History:
    """The table of tries over one database; ``lease`` is how long a silent job is believed."""

    engine: Engine
    lease: timedelta

    def claim(self, job: str, now: datetime, source: str | None = None, attempt: int = 1) -> int | None:
        """The new try's id, or None while another try of the job runs."""
        me = psutil.Process()
        row = JobRun(job=job, source=source, attempt=attempt, state="running", started_at=now, heartbeat_at=now,
                     lease_until=now + self.lease, host=socket.gethostname(), pid=me.pid, pid_started=me.create_time(),
                     counts={})  # fmt: skip
        try:
            with Session(self.engine) as session, session.begin():
                session.add(row)
                session.flush()
                return row.id
        except IntegrityError:
            return None

    def beat(self, run_id: int, now: datetime) -> bool:
        """Prolong the lease; False where the try was closed meanwhile, so its holder must stop."""
        return self._change(run_id, heartbeat_at=now, lease_until=now + self.lease)

    def attach(self, run_id: int, pid: int, started: float) -> None:
        """Note the process that does the work."""
        self._change(run_id, child_pid=pid, child_started=started)

    def finish(self, run_id: int, outcome: Outcome, now: datetime) -> bool:
        """Close the try; False where it was closed already (the first word stays)."""
        reason = outcome.reason[:1000] if outcome.reason else None
        return self._change(
            run_id, state=outcome.state, run=outcome.run, reason=reason, counts=outcome.counts, finished_at=now
        )

    def expired(self, now: datetime) -> Sequence[JobRun]:
        """Crawls and indexings whose holder has not spoken within its lease."""
        query = select(JobRun).where(JobRun.state == "running", JobRun.lease_until < now, JobRun.job != "scheduler")
        with Session(self.engine) as session:
            return session.scalars(query).all()

    def running(self, job: str) -> JobRun | None:
        """The try of the job that runs, or says that it does."""
        with Session(self.engine) as session:
            return session.scalars(select(JobRun).where(JobRun.job == job, JobRun.state == "running")).first()

    def recent(self, limit: int = 100, source: str | None = None) -> Sequence[JobRun]:
        """The last tries, newest first."""
        query = select(JobRun).order_by(JobRun.started_at.desc(), JobRun.id.desc()).limit(limit)
        if source is not None:
            query = query.where(JobRun.source == source)
        with Session(self.engine) as session:
            return session.scalars(query).all()

    def get(self, run_id: int) -> JobRun | None:
        """One try by its id."""
        with Session(self.engine) as session:
            return session.get(JobRun, run_id)

    def last(self, job: str, *states: RunState) -> JobRun | None:
        """The newest try of a job, of the given states where any are named."""
        query = select(JobRun).where(JobRun.job == job).order_by(JobRun.started_at.desc(), JobRun.id.desc()).limit(1)
        if states:
            query = query.where(JobRun.state.in_(states))
        with Session(self.engine) as session:
            return session.scalars(query).first()

    def _change(self, run_id: int, **values: object) -> bool:
        statement = update(JobRun).where(JobRun.id == run_id, JobRun.state == "running").values(**values)
        with Session(self.engine) as session, session.begin():
            return session.execute(statement).rowcount == 1  # type: ignore[attr-defined,no-any-return]
