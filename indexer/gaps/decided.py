"""What people decided on a duty (人工决定), as far as it holds on a day."""

from __future__ import annotations

from datetime import date

from indexer.law.duties import Duty
from indexer.law.facts import Decision


def concerns(decision: Decision, duty: Duty) -> bool:
    """True where a decision names this duty, by its id or by its key (``O31-1|once:2021`` as people's decisions do)."""
    return decision.duty in (duty.id, duty.key, f"{duty.obligation.id}|{duty.period}")


def latest(decisions: tuple[Decision, ...], day: date) -> Decision | None:
    """The newest decision made by ``day``, notes apart, that has not run out: it outweighs the earlier ones."""
    holding = [d for d in decisions if d.day <= day and d.kind != "note" and (d.until is None or day <= d.until)]
    # Ids are numbers written as text: by length first, then 10 comes after 9.
    return max(holding, key=lambda decision: (decision.day, len(decision.id), decision.id), default=None)


def exempted(decisions: tuple[Decision, ...], day: date) -> Decision | None:
    """The decision that exempts on ``day``: the newest, where it is an exemption."""
    newest = latest(decisions, day)
    return newest if newest is not None and newest.kind == "exempt" else None
