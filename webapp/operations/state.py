"""What is going on behind the site: the scheduler, the health of each source, the last tries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from schedules import alive
from schedules.health import Health, health
from schedules.history import History
from schedules.models import JobRun
from webapp.services import services

RECENT = 50


@dataclass(frozen=True)
class State:
    """One moment: ``scheduler`` is None where none works."""

    scheduler: JobRun | None
    sources: list[Health]
    recent: Sequence[JobRun]


def state(now: datetime) -> State:
    """The state as the database has it; the sources are the enabled ones."""
    settings = services().settings.indexer
    history = History(services().engine, timedelta(0))
    enabled = sorted(path.stem for path in settings.sources.glob("*.json"))
    return State(alive.scheduler(history, now), health(history, settings.runs, enabled), history.recent(RECENT))
