"""The plan of a source as a trigger that APScheduler's job store can keep."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.triggers.base import BaseTrigger

from schedules.cadence import Plan


class CadenceTrigger(BaseTrigger):  # type: ignore[misc]
    """Fires by a :class:`schedules.cadence.Plan`; ``jitter`` moves each firing by up to that time, never earlier.

    ``last`` is the last look known when the job was made (UTC), so that a restart does not begin all sources at once.
    """

    def __init__(self, plan: Plan, jitter: timedelta, last: datetime | None = None) -> None:
        self.plan = plan
        self.jitter = jitter
        self.last = last

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime | None:
        """The next moment; a source never looked at is due at once."""
        last = previous_fire_time or self.last
        due = now if last is None else max(self.plan.next_after(last.astimezone(UTC)), now)
        moment: datetime | None = self._apply_jitter(due, self.jitter.total_seconds(), now)
        return moment

    def __getstate__(self) -> dict[str, Any]:
        return {"version": 1, "plan": self.plan, "jitter": self.jitter, "last": self.last}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.plan, self.jitter, self.last = state["plan"], state["jitter"], state["last"]

    def same_plan(self, other: object) -> bool:
        """True where the other trigger would fire alike; a job with the same plan keeps its next moment."""
        return isinstance(other, CadenceTrigger) and (self.plan, self.jitter) == (other.plan, other.jitter)
