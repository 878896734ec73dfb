"""The day up to which what a page shows was judged: that of the last scan of all, or a later one of some rows."""

from __future__ import annotations

from collections.abc import Iterable

from indexer import scanned as last_scan
from webapp.services import services


def scanned() -> str | None:
    """The day of the last scan of all; None where the data folder tells of none."""
    day = last_scan.until(services().settings.indexer, services().store.prefix)
    return day.isoformat() if day else None


def until(days: Iterable[str], day: str | None = None) -> str | None:
    """Up to which day the rows of a page were judged; None without any.

    ``days`` are those that the rows name, from which each stands as it is; ``day`` is a past one that was asked for:
    then the rows were judged for it.
    """
    last = None if day else scanned()
    return max([*days, *([last] if last else [])], default=None)
