"""One duty as a reader may see it: the public sees the public state and no more than what stands behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from indexer.register.documents import ChannelLook, Duty, FindingDoc
from indexer.search.duties import Reader
from webapp.words import StateWords, state_words

# States that say more than "seen" or "cannot tell": only with them may findings and gaps be shown.
_JUDGED = frozenset({"missing", "late", "partial", "elsewhere_only", "stale", "withdrawn", "contradicted"})


@dataclass(frozen=True)
class DutyView:
    """A duty ready for a page or an export; ``duty`` holds what is common to all readers."""

    duty: Duty
    state: str
    words: StateWords
    reason: str | None
    delay_days: int | None
    completeness: float | None
    missing_fields: tuple[str, ...]
    severity: str | None
    findings: tuple[FindingDoc, ...]
    channels: tuple[ChannelLook, ...]
    decision_kind: str | None

    @property
    def staff_only(self) -> bool:
        """True for a row that the public never sees."""
        return not is_public(self.duty)


def is_public(duty: Duty) -> bool:
    """The same test as ``search.duties.visible`` makes of an index, for one document."""
    confirmed = duty["audience"] == "confirmed_only" and duty["decision_kind"] == "confirmed"
    return duty["law_seen"] and (duty["audience"] == "public" or confirmed)


def view(duty: Duty, reader: Reader) -> DutyView:
    """The duty for this reader. Where the public state says less than the state, what says more is left out."""
    if reader == "staff":
        return _view(duty, duty["state"], tuple(duty["findings"]), judged=True)
    state = duty["public_state"]
    return _view(duty, state, _public_findings(duty), judged=state == duty["state"] and state in _JUDGED)


def _view(duty: Duty, state: str, findings: tuple[FindingDoc, ...], judged: bool) -> DutyView:
    same = state == duty["state"]
    return DutyView(
        duty=duty,
        state=state,
        words=state_words(state, duty["all_lawful_watched"]),
        reason=duty["reason"] if same else None,
        delay_days=duty["delay_days"] if judged else None,
        completeness=duty["completeness"] if judged else None,
        missing_fields=tuple(duty["missing_fields"]) if judged else (),
        severity=duty["severity"] if judged else None,
        findings=findings if judged else (),
        channels=tuple(duty["channels"]) if same else tuple(c for c in duty["channels"] if c["found"]),
        decision_kind=duty["decision_kind"],
    )


def _public_findings(duty: Duty) -> tuple[FindingDoc, ...]:
    confirmed = duty["decision_kind"] == "confirmed"
    return tuple(f for f in duty["findings"] if _shown(f, confirmed))


def _shown(finding: FindingDoc, confirmed: bool) -> bool:
    if finding["audience"] == "confirmed_only":
        return confirmed
    return finding["audience"] == "public" and finding["confidence"] == "high"


def ordered(views: list[DutyView]) -> list[tuple[str, list[DutyView]]]:
    """Duties by item, in the order of the obligation's id; newest period first inside an item."""
    groups: dict[str, list[DutyView]] = {}
    for one in sorted(views, key=lambda v: (v.duty["obligation"], _reversed(v.duty["due"] or ""), v.duty["id"])):
        groups.setdefault(one.duty["obligation"], []).append(one)
    return list(groups.items())


def _reversed(day: str) -> tuple[int, ...]:
    return tuple(-ord(character) for character in day)


def tally(views: list[DutyView]) -> list[tuple[StateWords, int]]:
    """How many duties are in each state as worded, the most serious first (the order of ``STATES``)."""
    counts: dict[int, tuple[StateWords, int]] = {}
    for one in views:
        words, number = counts.get(id(one.words), (one.words, 0))
        counts[id(one.words)] = (words, number + 1)
    tones = ("bad", "warn", "good", "calm")
    return sorted(counts.values(), key=lambda pair: (tones.index(pair[0].tone), -pair[1]))


def obligation_path(duty_id: str) -> dict[str, Any]:
    """The parts of a duty's id as the address of its page takes them; raises ValueError where it is none."""
    enterprise, obligation, period = duty_id.split(":", 2)
    return {"enterprise": enterprise, "obligation": obligation, "period": period}
