"""``python -m schedules.alive``: exit code 0 where a scheduler works on this database, else 1."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from environs import EnvError

from schedules import database
from schedules.errors import ScheduleError
from schedules.history import History
from schedules.models import JobRun
from schedules.settings import load


def scheduler(history: History, now: datetime) -> JobRun | None:
    """The scheduler that holds its lease, or None."""
    row = history.running("scheduler")
    return row if row is not None and row.lease_until >= now else None


def main() -> int:
    """Ask once."""
    try:
        settings = load()
        row = scheduler(History(database.engine(settings), settings.lease), datetime.now(UTC))
    except (ScheduleError, EnvError) as error:
        print(f"schedules: {error}", file=sys.stderr)
        return 1
    print(f"scheduler {row.host} pid {row.pid} since {row.started_at:%Y-%m-%d %H:%M:%SZ}" if row else "no scheduler")
    return 0 if row else 1


if __name__ == "__main__":
    raise SystemExit(main())
