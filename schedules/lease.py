"""Work done inside this process under a claim: a thread beats while it lasts, and its end is always written."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from schedules.history import History, Outcome


def under_claim(history: History, job: str, beat_every: timedelta, work: Callable[[], Outcome]) -> Outcome | None:
    """Run ``work`` as a try of ``job``; None where another try of it runs.

    What ``work`` raises is written as the reason of a failed try and raised again.
    """
    claim = history.claim(job, datetime.now(UTC))
    if claim is None:
        return None
    done = threading.Event()
    beater = threading.Thread(target=_beat, args=(history, claim, beat_every, done), name=f"lease {job}", daemon=True)
    beater.start()
    try:
        outcome = work()
    except Exception as error:
        history.finish(claim, Outcome("failed", reason=f"{type(error).__name__}: {error}"), datetime.now(UTC))
        raise
    finally:
        done.set()
        beater.join()
    history.finish(claim, outcome, datetime.now(UTC))
    return outcome


def _beat(history: History, claim: int, every: timedelta, done: threading.Event) -> None:
    while not done.wait(every.total_seconds()):
        history.beat(claim, datetime.now(UTC))
