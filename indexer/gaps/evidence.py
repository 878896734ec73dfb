"""One subject's looks and disclosures, sorted once so that many duties and days can be judged on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from indexer.law.duties import Duty
from indexer.law.facts import Found, Look, Subject
from indexer.law.periods import contains


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
    """True where a disclosure of the right kind is of the right period; a duty owed once asks for none.

    Only monitoring values may lie inside the period: a report on a quarter does not answer for the year.
    """
    if duty.span is None or item.period == duty.period:
        return True
    return item.period is not None and item.kind == "monitoring" and contains(duty.period, item.period)


def may_answer(item: Found, duty: Duty, day: date) -> bool:
    """True where the period of a disclosure is not known, so that it may be the one owed.

    One that states a publication day before the period was over, or was not seen after it by ``day``, cannot be.
    """
    if duty.span is None or item.period is not None:
        return False
    end = duty.span[1]
    seen = any(end < sighting <= day for sighting in (item.first_seen, *item.sightings))
    return seen and (item.published is None or item.published > end)
