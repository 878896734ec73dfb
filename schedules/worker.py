"""The scheduler's process: ``python -m schedules.worker``. SIGINT and SIGTERM stop it and its crawls in good order."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from datetime import UTC, datetime, timedelta
from types import FrameType

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger
from environs import EnvError
from sqlalchemy import Engine

from indexer import clock
from schedules import database, jobs
from schedules.errors import ScheduleError
from schedules.history import History, Outcome
from schedules.lease import under_claim
from schedules.recovery import close_dead
from schedules.runner import Command, Runner, crawl_command
from schedules.settings import Settings, load

log = logging.getLogger(__name__)
HOUSEKEEPING = timedelta(minutes=1)


def build(engine: Engine, executor: ThreadPoolExecutor) -> BackgroundScheduler:
    """The scheduler over the persistent store; not started."""
    return BackgroundScheduler(
        jobstores={"default": SQLAlchemyJobStore(engine=engine)},
        executors={"default": executor},
        job_defaults={"coalesce": True, "max_instances": 1},
        timezone=UTC,
    )


def run(settings: Settings, stopping: threading.Event, command: Command = crawl_command) -> None:
    """Schedule until ``stopping`` is set.

    Raises ScheduleError under a simulated clock, and where another scheduler works on the same database.
    """
    if clock.simulated() is not None:
        raise ScheduleError("QINGCE_CLOCK is set: a schedule runs by the real clock alone; unset it")
    engine = database.engine(settings)
    history = History(engine, settings.lease)
    close_dead(history, "scheduler", datetime.now(UTC))
    if (
        under_claim(history, "scheduler", settings.heartbeat, lambda: _work(settings, history, stopping, command))
        is None
    ):
        raise ScheduleError("another scheduler works on this database; stop it first (`qingce doctor` shows it)")


def _work(settings: Settings, history: History, stopping: threading.Event, command: Command) -> Outcome:
    # Indexing and housekeeping have a thread each beside the crawls.
    executor = ThreadPoolExecutor(settings.workers + 2)
    scheduler = build(history.engine, executor)
    context = jobs.Context(settings, history, Runner(settings, history, stopping, command), scheduler, stopping)
    jobs.use(context)
    scheduler.start(paused=True)
    try:
        _standing(scheduler, settings)
        # Only one scheduler works here: whatever else still says "running" belongs to one that died.
        jobs.housekeeping(datetime.now(UTC) + settings.lease)
        scheduler.resume()
        log.info("scheduler started with %d sources", sum(j.id.startswith("crawl:") for j in scheduler.get_jobs()))
        stopping.wait()
    finally:
        stopping.set()
        scheduler.pause()
        # Before the scheduler's own shutdown, which waits for the jobs while it holds the lock of the job store: a job
        # that just then plans a crawl would wait for that lock for ever.
        executor.shutdown(wait=True)
        scheduler.shutdown(wait=True)
        jobs.use(None)
    return Outcome("ok", reason="stopped")


def _standing(scheduler: BackgroundScheduler, settings: Settings) -> None:
    now = datetime.now(UTC)
    scheduler.add_job("schedules.jobs:housekeeping", IntervalTrigger(seconds=int(HOUSEKEEPING.total_seconds())),
                      id="housekeeping", replace_existing=True)  # fmt: skip
    scheduler.add_job("schedules.jobs:index", IntervalTrigger(seconds=int(settings.index_every.total_seconds())),
                      id="index", replace_existing=True, next_run_time=now)  # fmt: skip


def main() -> int:
    """Run until a signal; exit code 1 with one line where it cannot."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%Y-%m-%d %H:%M:%S")
    for chatty in ("apscheduler", "elastic_transport"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    stopping = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    try:
        run(load(), stopping)
    except (ScheduleError, EnvError) as error:
        print(f"schedules: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
