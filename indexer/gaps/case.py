"""One duty with all that bears on it, made once and judged on many days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from indexer.gaps import channels, decided
from indexer.gaps.channels import Watched
from indexer.gaps.evidence import Evidence, answers, may_answer, since
from indexer.gaps.ledger import Ledger, ledger
from indexer.gaps.params import GapRules
from indexer.law.duties import Duty
from indexer.law.facts import Decision, Found


@dataclass(frozen=True)
class Case:
    """``answering`` disclosures and ``doubtful`` ones (period unknown) by first sighting; ``ledgers`` of the channels.

    ``strays`` are ledgers of sources that hold the item though no channel of theirs is known for the duty.
    """

    duty: Duty
    answering: tuple[Found, ...]
    doubtful: tuple[Found, ...]
    ledgers: tuple[Ledger, ...]
    strays: tuple[Ledger, ...]
    decisions: tuple[Decision, ...]
    gaps: GapRules

    @property
    def opens(self) -> date:
        """Last day of grace: looks after it may prove that the item is missing."""
        return self.duty.due.latest + timedelta(days=self.duty.obligation.grace_days)

    def seen_by(self, day: date) -> tuple[Found, ...]:
        """The answering disclosures seen to answer by ``day``."""
        return tuple(item for item in self.answering if self.since(item) <= day)

    def since(self, item: Found) -> date:
        """The first day on which a disclosure was seen to answer."""
        return since(item, self.duty)

    def known_on(self, day: date) -> tuple[Ledger, ...]:
        """Ledgers of the channels known by ``day``."""
        return tuple(ledger for ledger in self.ledgers if ledger.watched.known_on(day))

    def of_source(self, source: str) -> tuple[Ledger, ...]:
        """Every ledger of a source."""
        return tuple(ledger for ledger in (*self.ledgers, *self.strays) if ledger.watched.source == source)


def case(duty: Duty, evidence: Evidence, gaps: GapRules) -> Case:
    """The case of one duty; looks before both the due day and every stated publication day are of no weight."""
    items = evidence.of_kinds(duty)
    answering = tuple(item for item in items if answers(item, duty))
    after = min([duty.due.latest, *(item.published for item in answering if item.published is not None)])
    known = channels.watched(duty, evidence.subject)
    return Case(
        duty=duty,
        answering=answering,
        doubtful=tuple(item for item in items if may_answer(item, duty, date.max)),
        ledgers=tuple(ledger(channel, duty, evidence, after) for channel in known),
        strays=tuple(ledger(stray, duty, evidence, after) for stray in _strays(duty, answering, known)),
        decisions=tuple(d for d in evidence.subject.decisions if decided.concerns(d, duty)),
        gaps=gaps,
    )


def _strays(duty: Duty, answering: tuple[Found, ...], known: list[Watched]) -> list[Watched]:
    sources = {channel.source for channel in known}
    kinds: dict[tuple[str, str], set[str]] = {}
    for item in answering:
        if item.source not in sources:
            kinds.setdefault((item.source, item.channel), set()).add(item.kind)
    return [
        Watched(source, name, frozenset(found), channels.lawful(duty, name), None)
        for (source, name), found in sorted(kinds.items())
    ]
