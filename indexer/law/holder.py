"""The holder of duties (义务人): a subject's memberships, listed and derived, and its spans of days in classes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from indexer.law import lists, validity
from indexer.law.calendar import ONE_DAY
from indexer.law.derived import OPEN, derived
from indexer.law.facts import Event, Membership, Subject
from indexer.law.lists import ListYear
from indexer.law.model import Obligation
from indexer.law.prints import LINE, PrintedItem, carried, printed
from indexer.law.rules import Rules
from indexer.law.validity import Held

Classes = tuple[str, ...]


@dataclass(frozen=True)
class Holder:
    """``memberships`` with those that law and facts add; ``events`` by kind; ``prints`` what its permit prints.

    What is asked for several obligations is reckoned once for all days up to ``as_of`` and kept.
    """

    subject: Subject
    memberships: tuple[Membership, ...]
    events: dict[str, tuple[Event, ...]]
    prints: tuple[PrintedItem, ...]
    titles: dict[str, str]
    """What each kind of event is called."""
    _years: dict[tuple[Classes, date], list[ListYear]] = field(default_factory=dict, compare=False)
    _spans: dict[tuple[Classes, date], list[Held]] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, subject: Subject, rules: Rules) -> Holder:
        """The holder that a subject is."""
        events: dict[str, list[Event]] = {}
        for event in subject.events:
            events.setdefault(event.kind, []).append(event)
        lines = events.pop(LINE, [])
        # A line that a generic row carries gives that row its term; the others are duties of their own.
        events[LINE] = [line for line in lines if not carried(line, rules.prints)]
        by_kind = {kind: tuple(found) for kind, found in events.items()}
        return cls(subject, derived(subject, rules.classes), by_kind, printed(lines, rules.prints), rules.event_titles)

    def obligations(self, rules: Rules) -> list[Obligation]:
        """What may be owed in any of its classes, in the order of the files."""
        owed = {row.id: row for cls in {m.cls for m in self.memberships} for row in rules.owed_in(cls)}
        return [owed[row] for row in rules.obligations if row in owed] if owed else []

    def classes(self, as_of: date) -> frozenset[str]:
        """Every class it was known to be in by ``as_of``."""
        return frozenset(m.cls for m in self.memberships if m.first_seen <= as_of)

    def years(self, classes: Classes, as_of: date) -> list[ListYear]:
        """Its years on lists of these classes."""
        key = (classes, as_of)
        if key not in self._years:
            self._years[key] = lists.list_years(classes, self.memberships, as_of)
        return self._years[key]

    def permits(self, classes: Classes, as_of: date) -> list[Held]:
        """The permits (or other days of validity) it holds in these classes."""
        return validity.held(classes, self.memberships, as_of)

    def spans(self, classes: Classes, as_of: date) -> list[Held]:
        """The days on which it was in one of these classes: by permits, by facts, by lists.

        A list holds from its latest possible day to the end of its year, and on to the next year's list that names it.
        """
        key = (classes, as_of)
        if key not in self._spans:
            self._spans[key] = [*self.permits(classes, as_of), *_listed(self.years(classes, as_of))]
        return self._spans[key]

    def terms(self, as_of: date) -> dict[str, str]:
        """What the permit prints of each item, as far as it is known."""
        return {item.field: item.term for item in self.prints if item.known <= as_of}


def _listed(years: list[ListYear]) -> list[Held]:
    numbers, found = {year.year for year in years}, []
    for year in years:
        cls = min(year.classes)
        start = min(year.latest, date(year.year, 12, 31))
        if year.year - 1 in numbers and start > date(year.year, 1, 1):
            found.append(Held(date(year.year, 1, 1), start - ONE_DAY, cls, year.known, year.printed))
        found.append(Held(start, date(year.year, 12, 31), cls, year.known, year.printed))
    return found


def is_open(span: Held) -> bool:
    """True for a membership that facts show: when it began is not known, only when it was first seen."""
    return span.end == OPEN
