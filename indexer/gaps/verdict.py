"""The state of a duty on a day, the first that holds (docs/reference/contracts.md, 8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from indexer.gaps import decided, incomplete, late, missing
from indexer.gaps.aged import aged
from indexer.gaps.case import Case
from indexer.gaps.finding import State
from indexer.gaps.incomplete import Content
from indexer.gaps.late import Timing
from indexer.gaps.withdrawn import withdrawn
from indexer.law.facts import Found


@dataclass(frozen=True)
class Verdict:
    """State, reason, and what the answering documents say of time and content."""

    state: State
    reason: str | None
    seen: tuple[Found, ...] = ()
    when: Timing | None = None
    what: Content | None = None


def verdict(made: Case, day: date) -> Verdict:
    """State and reason on ``day``, the first that holds."""
    exemption = decided.exempted(made.decisions, day)
    if exemption is not None:
        return Verdict("exempt", f"decision {exemption.id}", made.seen_by(day))
    if made.duty.exempt is not None and (made.duty.exempt_from is None or made.duty.exempt_from <= day):
        return Verdict("exempt", made.duty.exempt, made.seen_by(day))
    if day <= made.duty.due.latest:
        return Verdict("not_due", None, made.seen_by(day))
    seen = made.seen_by(day)
    if not seen:
        proof = missing.prove_missing(made, day)
        return Verdict("missing", None) if proof.reason is None else Verdict("not_observable", proof.reason)
    return _found(made, seen, day)


def _found(made: Case, seen: tuple[Found, ...], day: date) -> Verdict:
    when, what = late.timing(made, seen), incomplete.content(made, seen)
    if withdrawn(made, seen, day):
        return Verdict("withdrawn", None, seen, when, what)
    must = made.duty.obligation.must
    if must and not any(item.channel in must for item in seen):
        prescribed = [ledger for ledger in made.known_on(day) if ledger.watched.lawful]
        if missing.prove(made, prescribed, day).reason is not None:
            return Verdict("not_observable", "channel_unproven", seen, when, what)
        return Verdict("elsewhere_only", None, seen, when, what)
    if what.missing:
        return Verdict("partial", None, seen, when, what)
    if aged(made, seen, day):
        return Verdict("stale", "freshness", seen, when, what)
    return Verdict("late" if when.late else "met", None, seen, when, what)
