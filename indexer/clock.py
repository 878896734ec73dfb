"""The one clock of the indexer, the schedules and the site; calendar days are Asia/Shanghai.

``QINGCE_CLOCK`` (an ISO 8601 instant or day) sets a simulated now for demonstrations and tests.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def simulated() -> datetime | None:
    """The simulated now of ``QINGCE_CLOCK`` in UTC, or None; a bare day means its noon in Shanghai.

    Raises ValueError where the variable is set but is no date.
    """
    text = os.environ.get("QINGCE_CLOCK", "").strip()
    if not text:
        return None
    return parse(text)


def parse(text: str) -> datetime:
    """An ISO 8601 instant in UTC; a bare day is its noon in Shanghai, a naive instant is Shanghai time."""
    if len(text) == 10:
        text = f"{text}T12:00:00"
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"not an ISO 8601 date or time: {text!r} (for example 2026-11-20)") from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=SHANGHAI)
    return moment.astimezone(UTC)


def now() -> datetime:
    """The present instant in UTC, from the simulated clock where one is set."""
    return simulated() or datetime.now(UTC)


def day_of(moment: datetime) -> date:
    """The calendar day in Shanghai on which an instant falls."""
    return moment.astimezone(SHANGHAI).date()


def today() -> date:
    """Today's calendar day in Shanghai."""
    return day_of(now())
