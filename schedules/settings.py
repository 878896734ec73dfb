"""What the schedules read from the environment (prefix ``QINGCE_``); documented in docs/reference/settings.md."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from environs import Env

from indexer import settings as indexer_settings


@dataclass(frozen=True)
class Settings:
    """Settings of the schedules, beside those of the indexer."""

    indexer: indexer_settings.Settings
    workers: int
    """How many crawls run beside each other; each source is crawled by one process at a time."""
    crawl_limit: timedelta
    """A crawl that runs longer is ended from outside; its own limit (``QINGCE_CRAWL_MAX_HOURS``) comes first."""
    lease: timedelta
    """A job whose holder has not spoken for so long is taken to be dead."""
    jitter: timedelta
    """Each crawl starts at a random moment within this time after it is due, so that sources are not met in a bunch."""
    misfire_grace: timedelta
    """A crawl missed by at most this (the machine was off) starts at once; one older within the jitter."""
    index_every: timedelta
    """Pending runs are looked for this often, beside right after each crawl."""

    @property
    def heartbeat(self) -> timedelta:
        """How often a job says that it lives: a third of the lease, so that two lost beats do not end it."""
        return self.lease / 3


def load() -> Settings:
    """Settings from the environment and, where present, ``.env``."""
    indexer = indexer_settings.load()
    env = Env()
    env.read_env(recurse=False)
    with env.prefixed("QINGCE_"):
        return Settings(
            indexer=indexer,
            workers=env.int("SCHEDULE_WORKERS", 2),
            crawl_limit=timedelta(hours=env.float("SCHEDULE_CRAWL_LIMIT_HOURS", 13)),
            lease=timedelta(seconds=env.int("SCHEDULE_LEASE_SECONDS", 90)),
            jitter=timedelta(minutes=env.float("SCHEDULE_JITTER_MINUTES", 30)),
            misfire_grace=timedelta(hours=env.float("SCHEDULE_MISFIRE_GRACE_HOURS", 6)),
            index_every=timedelta(minutes=env.float("SCHEDULE_INDEX_EVERY_MINUTES", 15)),
        )
