"""The database of people's decisions, in which the jobs and their history live too."""

from __future__ import annotations

from sqlalchemy import Engine, inspect
from sqlalchemy.exc import ArgumentError, OperationalError

from indexer.register.decisions import open_engine
from schedules.errors import ScheduleError
from schedules.models import JobRun
from schedules.settings import Settings


def engine(settings: Settings) -> Engine:
    """An engine over the database; raises ScheduleError where it cannot be opened or lacks the history's table."""
    try:
        made = open_engine(settings.indexer.database)
        ready = inspect(made).has_table(JobRun.__tablename__)
    except ArgumentError as error:
        raise ScheduleError(f"QINGCE_DATABASE_URL is no address of a database: {error}") from error
    except OperationalError as error:
        raise ScheduleError(f"cannot open the database: {error.orig}; correct QINGCE_DATABASE_URL") from error
    if not ready:
        raise ScheduleError(f"the database {made.url!r} has no table {JobRun.__tablename__}: run `qingce migrate`")
    return made
