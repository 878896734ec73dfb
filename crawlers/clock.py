"""The one clock of a crawl: real, or the simulated now of ``QINGCE_CLOCK``; calendar days are Asia/Shanghai.

A simulated clock would date real pages falsely, so it is accepted only where every source lies on loopback.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from crawlers.errors import ClockError

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Clock:
    """``kind`` goes into run.json; ``now`` gives an instant in UTC."""

    kind: Literal["real", "simulated"]
    now: Callable[[], datetime]

    def stamp(self) -> str:
        """Now as ISO 8601 in UTC with ``Z``, to the second."""
        return stamp(self.now())

    def today(self) -> date:
        """Today's calendar day in Shanghai."""
        return self.now().astimezone(SHANGHAI).date()


def read() -> Clock:
    """The clock that the environment asks for; raises ClockError where ``QINGCE_CLOCK`` is no date."""
    text = os.environ.get("QINGCE_CLOCK", "").strip()
    return simulated(text) if text else Clock("real", lambda: datetime.now(UTC))


def simulated(text: str) -> Clock:
    """A clock that stands still at an ISO 8601 instant; a bare day is its noon, naive is Shanghai time."""
    try:
        moment = datetime.fromisoformat(f"{text}T12:00:00" if len(text) == 10 else text)
    except ValueError:
        raise ClockError(
            f"QINGCE_CLOCK: not an ISO 8601 date or time: {text!r}; write for example 2026-11-20"
        ) from None
    fixed = (moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)).astimezone(UTC)
    return Clock("simulated", lambda: fixed)


def checked(clock: Clock, real_sources: list[str]) -> Clock:
    """The clock, unless it is simulated and ``real_sources`` (those not on loopback) is not empty: then ClockError."""
    if clock.kind == "simulated" and real_sources:
        names = ", ".join(sorted(real_sources))
        raise ClockError(
            f"QINGCE_CLOCK is set, but {names} lies outside loopback: a simulated date is refused; unset it"
        )
    return clock


def stamp(moment: datetime) -> str:
    """An instant as ISO 8601 in UTC with ``Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
