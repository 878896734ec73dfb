"""What people decided on a duty (人工决定), as far as it holds on a day."""

from __future__ import annotations

from datetime import date

from indexer.law.facts import Decision


def latest(decisions: tuple[Decision, ...], day: date) -> Decision | None:
    """The newest decision made by ``day``, notes apart; one that has run out is none."""
    holding = [d for d in decisions if d.day <= day and d.kind != "note" and (d.until is None or day <= d.until)]
    return max(holding, key=lambda decision: (decision.day, decision.id), default=None)


def exempted(decisions: tuple[Decision, ...], day: date) -> Decision | None:
    """The newest exemption in force on ``day``."""
    return latest(tuple(decision for decision in decisions if decision.kind == "exempt"), day)
