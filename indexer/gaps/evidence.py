"""One subject's looks and disclosures, sorted once so that many duties and days can be judged on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from indexer.law.bearing import bearing, says
from indexer.law.duties import Duty
from indexer.law.facts import Found, Look, Subject
from indexer.law.periods import bounds, contains


@dataclass(frozen=True)
class Evidence:
    """``looks`` by (source, kind) in order of day; ``found`` by kind in order of first sighting."""

    subject: Subject
    looks: dict[tuple[str, str], tuple[Look, ...]]
    found: dict[str, tuple[Found, ...]]

    @classmethod
    def of(cls, subject: Subject) -> Evidence:
        """The evidence of a subject; equal facts in another order give equal evidence."""
        looks: dict[tuple[str, str], list[Look]] = {}
        for look in sorted(subject.looks, key=lambda item: (item.day, item.outcome, item.visit)):
            looks.setdefault((look.source, look.kind), []).append(look)
        found: dict[str, list[Found]] = {}
        for item in sorted(subject.found, key=lambda item: (item.first_seen, item.id)):
            found.setdefault(item.kind, []).append(item)
        return cls(subject, {k: tuple(v) for k, v in looks.items()}, {k: tuple(v) for k, v in found.items()})

    def of_kinds(self, duty: Duty) -> tuple[Found, ...]:
        """Every disclosure of the duty's kinds, whatever its period and channel, in order of first sighting."""
        items = [item for kind in duty.obligation.kinds for item in self.found.get(kind, ())]
        return tuple(sorted(items, key=lambda item: (item.first_seen, item.id)))


def answers(item: Found, duty: Duty) -> bool:
    """True where a disclosure of the right kind is of the right period or event; a duty owed once asks for none.

    Only monitoring values may lie inside the period: a report on a quarter does not answer for the year. A thing that
    must be kept answers for every period in which it was seen. What may speak of the event answers while in time.
    """
    answer = duty.obligation.answer
    if duty.event is not None:
        said = bearing(item, duty.event, answer)
        return said == "yes" or (said == "maybe" and _out(item) <= duty.due.latest)
    if answer.strict and not says(item, answer.words):
        return False
    if duty.until is not None:
        return duty.span is not None and _seen_within(item, duty.span[0], duty.until)
    if duty.span is None or item.period == duty.period:
        return True
    if item.period is None:
        return answer.strict and duty.period in item.title
    return item.kind == "monitoring" and contains(duty.period, item.period)


def since(item: Found, duty: Duty) -> date:
    """The first day on which a disclosure was seen to answer: of a thing that must be kept, within the period."""
    if duty.until is None or duty.span is None:
        return item.first_seen
    return next((day for day in sorted(item.sightings) if day >= duty.span[0]), item.first_seen)


def _out(item: Found) -> date:
    """The earliest day on which it may have been public."""
    return min(item.first_seen, item.published or item.first_seen)


def _seen_within(item: Found, start: date, end: date) -> bool:
    if item.kind == "monitoring" and item.period is not None:
        span = bounds(item.period)
        return span is not None and span[0] <= end and start <= span[1]
    return any(start <= day <= end for day in item.sightings)


def may_answer(item: Found, duty: Duty, day: date) -> bool:
    """True where the period or event of a disclosure is not known, so that it may be the one owed.

    One that states a publication day before the period was over, or was not seen after it by ``day``, cannot be.
    """
    if duty.event is not None:
        said = bearing(item, duty.event, duty.obligation.answer)
        return said == "maybe" and not answers(item, duty) and item.first_seen <= day
    if duty.span is None or item.period is not None or duty.until is not None:
        return False
    end = duty.span[1]
    seen = any(end < sighting <= day for sighting in (item.first_seen, *item.sightings))
    return seen and (item.published is None or item.published > end)


def explains(item: Found, duty: Duty) -> bool:
    """True where a disclosure is known to be another one, so that a page which shows it may lack the one owed."""
    if duty.event is not None:
        return bearing(item, duty.event, duty.obligation.answer) == "no"
    if duty.obligation.answer.strict and not says(item, duty.obligation.answer.words):
        return True
    return item.period is not None and not answers(item, duty)
