"""Missing (缺失): nothing found though every known channel was looked at well, often enough, in the watched window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from indexer.gaps.case import Case
from indexer.gaps.evidence import may_answer
from indexer.gaps.finding import LEAD, Finding, short_days
from indexer.gaps.ledger import Ledger, LookDay


@dataclass(frozen=True)
class Proof:
    """Why something counts as not there (``reason`` None), or why that cannot be said."""

    reason: str | None


def looks_needed(case: Case) -> int:
    """How many days with a good look prove an absence."""
    return int(case.gaps["MIS-01"].numbers["looks"])


def severe_from(case: Case) -> date:
    """First day on which what is missing counts as severe for being overdue so long."""
    return case.duty.due.latest + timedelta(days=int(case.gaps["MIS-01"].numbers["severe_after_days"]) + 1)


def absent_days(case: Case, ledger: Ledger, day: date) -> tuple[LookDay, ...]:
    """The days after due and grace on which a channel was looked at well and the item was not there."""
    return tuple(look for look in ledger.between(case.opens, day) if look.absent)


def prove(case: Case, ledgers: Sequence[Ledger], day: date) -> Proof:
    """The test of ``missing`` over some channels; the first reason against it in the order of the contract."""
    if not ledgers:
        return Proof("no_channel")
    watched = all(ledger.watched.watched_by(case.duty.due.latest) for ledger in ledgers)
    needed, fewest = looks_needed(case), min(len(absent_days(case, ledger, day)) for ledger in ledgers)
    return Proof(None) if watched and fewest >= needed else Proof(_obstacle(case, ledgers, day, fewest, needed))


def _obstacle(case: Case, ledgers: Sequence[Ledger], day: date, fewest: int, needed: int) -> str:
    """Why absence is not proven. A channel never read well is a bad one once a look failed, else not yet observed."""
    firsts = [ledger.watched.first_by(day) for ledger in ledgers]
    if any(first is not None and first > case.duty.due.latest for first in firsts):
        return "before_observation"
    if any(_ends_badly(ledger.between(case.opens, day)) for ledger in ledgers):
        return "bad_channel"
    if any(first is None for first in firsts):
        return "before_observation"
    return f"awaiting_visits {min(fewest, needed)}/{needed}"


def prove_missing(case: Case, day: date) -> Proof:
    """May the item be called missing? A prescribed channel must be among the known ones, and no document in doubt."""
    known = case.known_on(day)
    if not any(ledger.watched.lawful for ledger in known):
        return Proof("no_channel")
    proof = prove(case, known, day)
    if proof.reason is None and any(may_answer(item, case.duty, day) for item in case.doubtful):
        return Proof("period_unknown")
    return proof


def _ends_badly(days: tuple[LookDay, ...]) -> bool:
    return bool(days) and not days[-1].absent


def finding(case: Case, day: date, watched_all: bool) -> Finding:
    """MIS-01 with its arithmetic."""
    rule, due = case.gaps["MIS-01"], case.duty.due.latest
    overdue = (day - due).days
    severe = day >= severe_from(case) or bool(rule.words & set(case.duty.obligation.kinds))
    known = case.known_on(day)
    parts = [_channel_words(case, ledger, day, len(known) > 1) for ledger in known]
    verdict = "未公开" if watched_all else "在已查渠道未见"
    words = f"应于{due}前公开；{'；'.join(parts)}；截至{day}逾期{overdue}日，{verdict}。{LEAD}"
    visits = tuple(v for ledger in known for look in absent_days(case, ledger, day) for v in look.visits)
    return Finding(
        rule.id, rule.version, rule.severities["severe" if severe else "severity"],
        "medium" if case.duty.due.provisional else "high", rule.audience, words, visits=visits,
    )  # fmt: skip


def _channel_words(case: Case, ledger: Ledger, day: date, several: bool) -> str:
    days = tuple(look.day for look in absent_days(case, ledger, day))
    shown = days if len(days) <= 5 else (*days[:3], days[-1])
    dots = "" if len(days) <= 5 else "等"
    where = f"{ledger.watched.source}：" if several else ""
    return f"{where}其后{len(days)}次有效查看（{short_days(shown, case.duty.due.latest)}{dots}）均未见"
