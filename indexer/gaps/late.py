"""Late (逾期): found after the due day, by a look that had not found it or by the day the page itself states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from indexer.gaps.case import Case
from indexer.gaps.finding import LEAD, Confidence, Finding
from indexer.gaps.ledger import LookDay
from indexer.gaps.params import GapRule, Severity
from indexer.law.facts import Found


@dataclass(frozen=True)
class Timing:
    """When the item came out, as far as it is known.

    ``proof`` is the last good look after the due day that did not find it (the surest bound), ``delay`` in days from
    the due day (negative: early; None: not known), ``backdated`` a document whose stated day a look contradicts.
    """

    first_seen: date
    published: date | None
    proof: LookDay | None
    delay: int | None
    known: bool
    stated_late: bool
    backdated: tuple[Found, LookDay] | None

    @property
    def late(self) -> bool:
        """True where a look or the stated day says so."""
        return self.proof is not None or self.stated_late


def timing(case: Case, seen: tuple[Found, ...]) -> Timing:
    """The timing of the disclosures that answer a duty; the earliest sighting and the earliest stated day count."""
    due = case.duty.due.latest
    first = min(case.since(item) for item in seen)
    if not case.duty.obligation.answer.late:
        return Timing(first, _stated(seen), None, None, False, False, None)
    published = _stated(seen)
    proof = _proof(case, seen, first)
    told = None if _kept(case) else published
    stated_late = proof is None and first > due and told is not None and told > due
    public = _public_day(due, first, told, proof)
    return Timing(
        first, published, proof, (public - due).days if public else None, public is not None, stated_late,
        _backdated(case, seen),
    )  # fmt: skip


def _kept(case: Case) -> bool:
    """True for a thing to be kept: what it states is the day of its newest version, and the law names no day for it."""
    return case.duty.obligation.trigger == "standing"


def _of_another_year(case: Case, look: LookDay) -> bool:
    """True for a look before the year in which a thing to be kept is asked for: it proves something of that year."""
    return _kept(case) and case.duty.span is not None and look.day < case.duty.span[0]


def _stated(seen: tuple[Found, ...]) -> date | None:
    return min((item.published for item in seen if item.published is not None), default=None)


def _public_day(due: date, first: date, published: date | None, proof: LookDay | None) -> date | None:
    """The stated day where no look contradicts it, else the first sighting; None where neither bounds the delay."""
    if proof is not None:
        return published if published is not None and proof.day <= published <= first else first
    if published is not None:
        return min(published, first)
    return first if first <= due else None


def _proof(case: Case, seen: tuple[Found, ...], first: date) -> LookDay | None:
    """The last good look after the due day without the item, on each source that has it; of these the earliest.

    A source that has the item and was never looked at in between may have had it in time: then nothing is proven.
    """
    due = case.duty.due.latest
    if first <= due:
        return None
    sources = sorted({item.source for item in seen})
    looks = [_last_absent(case, source, due, _first_at(case, seen, source)) for source in sources]
    proven = [look for look in looks if look is not None]
    return min(proven, key=lambda look: look.day) if len(proven) == len(looks) else None


def _first_at(case: Case, seen: tuple[Found, ...], source: str) -> date:
    return min(case.since(item) for item in seen if item.source == source)


def _last_absent(case: Case, source: str, after: date, before: date) -> LookDay | None:
    """The last day later than ``after`` and earlier than ``before`` on which the source lacked the item."""
    days = [
        look
        for ledger in case.of_source(source)
        for look in ledger.between(after, before)
        if look.absent and look.day < before
    ]
    return max(days, key=lambda look: look.day, default=None)


def _backdated(case: Case, seen: tuple[Found, ...]) -> tuple[Found, LookDay] | None:
    """A document whose stated day is earlier than a good look that proves it was not there."""
    for item in seen:
        if item.published is not None:
            look = _last_absent(case, item.source, item.published, _first_at(case, seen, item.source))
            if look is not None and not _of_another_year(case, look):
                return item, look
    return None


def findings(case: Case, seen: tuple[Found, ...], when: Timing) -> list[Finding]:
    """LAT-01 or LAT-02, and LAT-04."""
    found = []
    confidence: Confidence = "medium" if case.duty.due.provisional else "high"
    captures = seen[0].captures
    due = case.duty.due.latest
    if when.proof is not None:
        rule, least = case.gaps["LAT-01"], (when.proof.day - due).days
        words = f"应于{due}前公开；{when.proof.day}有效查看未见，{when.first_seen}首次见到，至少逾期{least}日。{LEAD}"
        found.append(_lateness(rule, least, confidence, words, captures, when.proof.visits))
    if when.stated_late and when.published is not None:
        rule, days = case.gaps["LAT-02"], (when.published - due).days
        words = f"应于{due}前公开；页面载明公开日期{when.published}，逾期{days}日（仅据载明日期）。{LEAD}"
        found.append(_lateness(rule, days, "low", words, captures, ()))
    if when.backdated is not None:
        found.append(_backdating(case, *when.backdated))
    return found


def _lateness(
    rule: GapRule, days: int, confidence: Confidence, words: str, captures: tuple[dict[str, object], ...],
    visits: tuple[str, ...],
) -> Finding:  # fmt: skip
    severity: Severity = "S1" if days <= rule.numbers["s1_days"] else "S2" if days <= rule.numbers["s2_days"] else "S3"
    return Finding(rule.id, rule.version, severity, confidence, rule.audience, words, captures, visits)


def _backdating(case: Case, item: Found, look: LookDay) -> Finding:
    rule = case.gaps["LAT-04"]
    words = f"页面载明公开日期{item.published}，而{look.day}有效查看未见，{item.first_seen}首次见到。{LEAD}"
    return Finding(
        rule.id, rule.version, rule.severities["severity"], "medium", rule.audience, words, item.captures, look.visits
    )
