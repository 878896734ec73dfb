"""Tries whose scheduler died: their crawl is waited for where it still runs, else the try is closed by what it left."""

from __future__ import annotations

import socket
from datetime import datetime

from schedules import folders
from schedules.history import History, Outcome
from schedules.models import JobRun
from schedules.runner import alive
from schedules.settings import Settings


def close_dead(history: History, job: str, now: datetime) -> None:
    """Close the running try of a job where its lease ran out or its process on this machine is gone."""
    row = history.running(job)
    if row is None:
        return
    gone = row.host == socket.gethostname() and not alive(row.pid, row.pid_started)
    if gone or row.lease_until < now:
        history.finish(row.id, Outcome("lost", reason="the process that ran it died"), now)


def recover(settings: Settings, history: History, now: datetime) -> list[JobRun]:
    """Close every crawl and indexing whose lease has run out; the closed ones, as they now stand.

    A crawl that outlived its scheduler on this machine keeps its try and is looked at again a lease later.
    """
    closed = []
    for row in history.expired(now):
        if row.host == socket.gethostname() and alive(row.child_pid, row.child_started):
            history.beat(row.id, now)
        elif history.finish(row.id, _outcome(settings, row), now):
            fresh = history.get(row.id)
            closed += [fresh] if fresh else []
    return closed


def _outcome(settings: Settings, row: JobRun) -> Outcome:
    if row.source is None or row.child_pid is None:
        return Outcome("lost", reason="the process that ran it died")
    found = folders.outcome(settings.indexer.runs / row.source, row.child_pid, None)
    return found if found.run else Outcome("lost", reason="scheduler and crawl died before a run folder was written")
