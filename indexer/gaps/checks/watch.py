"""What our looks covered (查看覆盖): was a value that is not there looked for, late enough and far enough back?

A source shows values so many days back as some look at it ever did, and automatic ones none sooner than the soonest
that a look ever saw: crawls may ask for the days before yesterday only. A good look covers a slot where it came after
the slot's end and grace and reached back to it. Failed looks cover nothing; gaps in our own crawl prove nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from indexer.gaps.checks.steps import HOURLY, published, step
from indexer.gaps.checks.view import View
from indexer.law.facts import Look, Series
from indexer.law.periods import bounds

KIND = "monitoring"


@dataclass(frozen=True)
class Watch:
    """The good looks at the values of one source by day; the least and most days back that a value was first seen."""

    looks: tuple[Look, ...]
    soonest: int
    reach: int
    shows: bool = True
    """False where the source never showed a value of the subject: then any later good look would have."""

    def first_after(self, day: date, later: date) -> Look | None:
        """The first good look after ``later`` that would have shown the values of ``day``."""
        start = bisect_right(self.looks, later, key=_day_of)
        return next((look for look in self.looks[start:] if self._shows(look, day)), None)

    def last_before(self, day: date, after: date, seen: date) -> Look | None:
        """The last good look after ``after`` and before ``seen`` that would have shown the values of ``day``."""
        start = bisect_right(self.looks, after, key=_day_of)
        end = bisect_left(self.looks, seen, lo=start, key=_day_of)
        return next((look for look in reversed(self.looks[start:end]) if self._shows(look, day)), None)

    def visits(self, start: date, end: date) -> tuple[str, ...]:
        """The last look that covers each end of a span."""
        found = [look for day in (start, end) if (look := self.first_after(day, end)) is not None]
        return tuple(dict.fromkeys(look.visit for look in found))

    def _shows(self, look: Look, day: date) -> bool:
        if not self.shows:
            return True
        span = bounds(look.period) if look.period else None
        if span is not None:
            return span[0] <= day <= span[1]
        return self.soonest <= (look.day - day).days <= self.reach


def _day_of(look: Look) -> date:
    return look.day


def watch(view: View, source: str, slots: bool) -> Watch:
    """The watch on a source's automatic values (``slots``) or on its single results."""
    good = tuple(
        look
        for look in view.evidence.looks.get((source, KIND), ())
        if look.outcome in ("found", "absent") and look.day <= view.as_of
    )
    # What reaches back for slots reaches back for single results: no site keeps these for a shorter time.
    own = [one for one in view.series if one.source == source and (not slots or step(one) in HOURLY)]
    days = {look.day for look in good}
    lags = [lag for one in own for lag in _lags(one, days)]
    return Watch(good, min(lags, default=0) if slots else 0, max(lags, default=0), bool(own))


def monitored_sources(view: View) -> tuple[str, ...]:
    """Every source at which monitoring results of the subject were looked for, well or not."""
    return tuple(sorted({source for source, kind in view.evidence.looks if kind == KIND}))


def _lags(series: Series, days: set[date]) -> set[int]:
    """Days between the values and the looks that saw them first."""
    return {(published(one) - one.time.date()).days for one in series.points if published(one) in days}


def all_covered(watches: Iterable[Watch], start: date, end: date, grace: int) -> date | None:
    """The day by which every watch had covered every day of a span with ``grace`` days after it; None where not."""
    latest: date | None = None
    for one in watches:
        for back in range((end - start).days + 1):
            day = start + timedelta(days=back)
            look = one.first_after(day, day + timedelta(days=grace))
            if look is None:
                return None
            latest = look.day if latest is None else max(latest, look.day)
    return latest
