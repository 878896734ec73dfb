"""What a check is shown: one subject with everything known of it on a day. Pure values, nothing to ask anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from indexer.gaps.case import Case
from indexer.gaps.evidence import Evidence
from indexer.gaps.finding import Judged
from indexer.law.facts import Found, Series, Subject
from indexer.law.rules import Rules


@dataclass(frozen=True)
class Shared:
    """What other subjects disclosed that is the same, found before the subjects are looked at one by one.

    Both mappings go from a print (a hash) to the names of the *other* enterprises that disclosed it by the day.
    """

    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    days: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class View:
    """One subject on ``as_of``: its facts, its duties judged, the law; all cut at the end of that day by the caller."""

    subject: Subject
    evidence: Evidence
    cases: Mapping[str, Case]
    judged: Mapping[str, Judged]
    """Both by duty id."""
    as_of: date
    rules: Rules
    shared: Shared = Shared()
    _standing: dict[tuple[str, ...], tuple[Found, ...]] = field(default_factory=dict, repr=False, compare=False)
    """Answers of ``found``: many checks ask for the same kinds."""

    def found(self, *kinds: str) -> tuple[Found, ...]:
        """The disclosures of these kinds standing on the day: of each key the version seen last."""
        if kinds not in self._standing:
            self._standing[kinds] = self._newest(kinds)
        return self._standing[kinds]

    def _newest(self, kinds: tuple[str, ...]) -> tuple[Found, ...]:
        newest: dict[tuple[str, str, str], Found] = {}
        for kind in kinds:
            for item in self.evidence.found.get(kind, ()):
                place = (item.source, item.kind, item.key or item.id)
                known = newest.get(place)
                if known is None or (known.last_seen, known.first_seen, known.id) < _order(item):
                    newest[place] = item
        return tuple(sorted(newest.values(), key=lambda item: (item.first_seen, item.id)))

    @property
    def series(self) -> tuple[Series, ...]:
        """Its monitoring values by outlet, pollutant and averaging."""
        return self.subject.series


def _order(item: Found) -> tuple[date, date, str]:
    return item.last_seen, item.first_seen, item.id
