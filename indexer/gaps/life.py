"""The days on which a finding was open (存续期间), kept from scan to scan: it closes by itself, may open anew. Pure."""

from __future__ import annotations

from datetime import date

Open = tuple[date, date | None]
"""From the first day to the day before the second; None while it is open."""


def lived(spans: tuple[Open, ...], since: date | None, day: date) -> tuple[Open, ...]:
    """The spans after a look on ``day``; ``since`` is the day from which the finding holds, None where it does not.

    A look at a day before the last turn changes nothing: what came after it is known better already.
    """
    if spans and day < (spans[-1][1] or spans[-1][0]):
        return spans
    return _closed(spans, day) if since is None else _open(spans, since)


def _open(spans: tuple[Open, ...], since: date) -> tuple[Open, ...]:
    if not spans:
        return ((since, None),)
    start, end = spans[-1]
    if end is not None:
        return (*spans, (max(since, end), None))
    # Runs that were indexed late may show that it held earlier; it never began before the end of the span before.
    earlier = min(start, since) if len(spans) == 1 else min(start, max(since, spans[-2][1] or start))
    return (*spans[:-1], (earlier, None))


def _closed(spans: tuple[Open, ...], day: date) -> tuple[Open, ...]:
    if not spans or spans[-1][1] is not None:
        return spans
    start = spans[-1][0]
    # What did not last a day was never open at the end of one.
    return (*spans[:-1], (start, day)) if start < day else spans[:-1]
