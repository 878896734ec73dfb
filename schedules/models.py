"""The table of what the schedules did: a row a try, never edited once finished."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import JSON, DateTime, Dialect, Index, String, TypeDecorator, text
from sqlalchemy.orm import Mapped, mapped_column

from indexer.register.decisions import Base

RunState = Literal["running", "ok", "partial", "blocked", "failed", "interrupted", "lost"]
"""``partial``: it ended by itself with what it had; ``interrupted``: the schedule was stopped; ``lost``: it died."""


class UtcDateTime(TypeDecorator[datetime]):
    """An instant in UTC; SQLite forgets time zones, so they are taken off and put back here."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise TypeError("an instant without a time zone")
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


class JobRun(Base):
    """One try of one job. The database itself holds that a job has at most one running row."""

    __tablename__ = "job_runs"
    __table_args__ = (
        Index("ix_job_runs_one_running", "job", unique=True,
              sqlite_where=text("state = 'running'"), postgresql_where=text("state = 'running'")),
        Index("ix_job_runs_job_started", "job", "started_at"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    job: Mapped[str] = mapped_column(String(191))
    """``crawl:<source>``, ``index``, or ``scheduler`` (the worker itself)."""
    source: Mapped[str | None] = mapped_column(String(180))
    attempt: Mapped[int] = mapped_column(default=1)
    state: Mapped[RunState] = mapped_column(String(16), default="running")
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    heartbeat_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lease_until: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    host: Mapped[str] = mapped_column(String(255))
    pid: Mapped[int]
    """The process that claimed it."""
    pid_started: Mapped[float]
    child_pid: Mapped[int | None]
    """The process that does the work, where that is another one."""
    child_started: Mapped[float | None]
    """The process's own start (seconds since 1970): a pid given to another process is not taken for it."""
    run: Mapped[str | None] = mapped_column(String(64))
    """Name of the run folder it wrote."""
    reason: Mapped[str | None] = mapped_column(String(1000))
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
