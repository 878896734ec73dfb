"""The jobs in the store follow the enabled sources: new ones added, changed ones planned anew, gone ones removed."""

from __future__ import annotations

from datetime import datetime

from apscheduler.schedulers.base import BaseScheduler

from indexer.clock import day_of
from schedules.cadence import Plan
from schedules.deadlines import of_source
from schedules.errors import ScheduleError
from schedules.history import History
from schedules.settings import Settings
from schedules.sources import Scheduled, enabled
from schedules.trigger import CadenceTrigger


def follow(scheduler: BaseScheduler, settings: Settings, history: History, now: datetime) -> list[ScheduleError]:
    """Bring the crawl jobs in line with ``var/sources``; the definitions that cannot be used.

    A job whose plan is unchanged is left alone, so that its next moment survives every restart.
    """
    sources, errors = enabled(settings.indexer.sources)
    active = {f"crawl:{source.name}": source for source in sources if source.active(day_of(now))}
    for job in scheduler.get_jobs():
        if job.id.startswith("crawl:") and job.id not in active:
            job.remove()
    for job_id, source in active.items():
        _plan(scheduler, settings, history, job_id, source, now)
    return errors


def _plan(scheduler: BaseScheduler, settings: Settings, history: History, job_id: str, source: Scheduled,
          now: datetime) -> None:  # fmt: skip
    last = history.last(job_id, "ok", "partial", "blocked")
    plan = Plan(source.every, of_source(source.name, source.kinds, day_of(now), settings.indexer.var))
    trigger = CadenceTrigger(plan, settings.jitter, last.started_at if last else None)
    job = scheduler.get_job(job_id)
    if job is not None and trigger.same_plan(job.trigger):
        return
    scheduler.add_job(
        "schedules.jobs:crawl",
        trigger,
        args=[source.name],
        id=job_id,
        name=source.title,
        replace_existing=True,
        coalesce=True,
        max_instances=1,
        misfire_grace_time=int(settings.misfire_grace.total_seconds()),
    )
