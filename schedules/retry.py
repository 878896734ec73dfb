"""Whether and when a try that went wrong is made again before the source's next regular turn. Pure."""

from __future__ import annotations

from datetime import timedelta

from schedules.models import RunState

FAILED = (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4))
"""A site that is down for minutes, for a reboot, for a night's maintenance."""
OURS = timedelta(minutes=1)
"""Our own process died or was stopped: the site has no part in it, so it is made good at once, but only once."""


def retry_after(state: RunState, attempt: int) -> timedelta | None:
    """How long to wait before the next attempt; None to wait for the regular turn.

    A site that blocks is not pressed: it is met again at its next turn, as is one that answered in part.
    """
    match state:
        case "failed":
            return FAILED[attempt - 1] if attempt <= len(FAILED) else None
        case "lost" | "interrupted":
            return OURS if attempt == 1 else None
        case "ok" | "partial" | "blocked" | "running":
            return None
