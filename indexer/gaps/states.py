"""States that rest on what checks observed (矛盾、陈旧): a duty is contradicted or stale by open observations. Pure.

The order is that of docs/reference/contracts.md, 8: withdrawn, elsewhere_only, contradicted, partial, stale, late, met.
Neither is ever an accusation in public: there it counts as disclosed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from indexer.gaps.checks.observation import Observation
from indexer.gaps.finding import Judged, State
from indexer.gaps.params import GapRule
from indexer.gaps.transitions import Transition

Observed = tuple[GapRule, Observation]
Inferred = Literal["contradicted", "stale"]
CERTAIN = frozenset({"medium", "high"})
SERIOUS = frozenset({"S3", "S4"})
UNDER: dict[Inferred, frozenset[State]] = {
    "contradicted": frozenset({"partial", "stale", "late", "met"}), "stale": frozenset({"late", "met"}),
}  # fmt: skip
"""Base states that each takes the place of."""
PUBLIC = "disclosed"


@dataclass(frozen=True)
class Overlay:
    """What takes the place of a duty's base state: the rules that say so, and the day from which they do."""

    state: Inferred
    rules: tuple[str, ...]
    since: date

    @property
    def reason(self) -> str:
        """``CON-01、CON-16``."""
        return "、".join(self.rules)


def final(judged: Iterable[Judged], observed: Sequence[Observed]) -> list[Judged]:
    """The judgements with their final states; ``observed`` are the observations open on the day, none that a person
    rejected. Equal observations in another order give equal states."""
    found = list(judged)
    laid = overlays(found, observed)
    return [_under(one, laid[one.duty.id]) if one.duty.id in laid else one for one in found]


def overlays(judged: Iterable[Judged], observed: Sequence[Observed]) -> dict[str, Overlay]:
    """By duty id what takes the place of its base state."""
    telling = [(rule, one) for rule, one in observed if one.confidence in CERTAIN and not one.to_authority]
    contrary = [pair for pair in telling if pair[0].group == "inconsistent" and pair[1].severity in SERIOUS]
    stale = [pair for pair in telling if pair[0].group == "stale"]
    laid: dict[str, Overlay] = {}
    for one in judged:
        overlay = _overlay(one, contrary, "contradicted") or _overlay(one, stale, "stale")
        if overlay is not None:
            laid[one.duty.id] = overlay
    return laid


def _overlay(one: Judged, pairs: Sequence[Observed], state: Inferred) -> Overlay | None:
    if one.state not in UNDER[state]:
        return None
    mine = [(rule, seen) for rule, seen in pairs if _speaks(seen, one)]
    if not mine:
        return None
    return Overlay(state, tuple(sorted({rule.id for rule, _ in mine})), min(seen.since for _, seen in mine))


def _speaks(seen: Observation, one: Judged) -> bool:
    """True where an observation is filed under the duty, or speaks of a document that answers it.

    One about another period says nothing of this one: last year's report, still shown, answers last year well. Nor does
    what was seen after the obligation had ended.
    """
    if seen.obligation == one.duty.obligation.id and seen.period == one.duty.period:
        return True
    if one.duty.span is not None and seen.period not in (None, one.duty.period):
        return False
    ended = one.duty.obligation.effective_to
    if ended is not None and seen.since > ended:
        return False
    return any(document in one.found for document in seen.found)


def _under(one: Judged, overlay: Overlay) -> Judged:
    return replace(one, state=overlay.state, reason=overlay.reason, public_state=PUBLIC)


def followed(
    transitions: Mapping[str, Sequence[Transition]], laid: Mapping[str, Overlay]
) -> dict[str, list[Transition]]:
    """The transitions with the overlays from the day on which each was known, as far as the base states allow it."""
    return {
        identifier: _follow(changes, laid[identifier]) if identifier in laid else list(changes)
        for identifier, changes in transitions.items()
    }


def _follow(changes: Sequence[Transition], overlay: Overlay) -> list[Transition]:
    told: list[Transition] = []
    for change in _cut(changes, overlay.since):
        standing = change.standing
        if change.day >= overlay.since and standing.state in UNDER[overlay.state]:
            standing = replace(standing, state=overlay.state, reason=overlay.reason, public_state=PUBLIC)
        if not told or told[-1].standing != standing:
            told.append(Transition(change.day, told[-1].after if told else change.before, standing))
    return told


def _cut(changes: Sequence[Transition], since: date) -> list[Transition]:
    """The transitions with one more on ``since``, where a duty stood as before."""
    earlier = [change for change in changes if change.day < since]
    if not earlier or any(change.day == since for change in changes):
        return list(changes)
    last = earlier[-1]
    later = [change for change in changes if change.day > since]
    return [*earlier, Transition(since, last.after, last.standing), *later]
