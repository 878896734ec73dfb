"""Stored rows as a score sees them: what the public may see of a duty and a finding, or all that staff may. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from indexer.gaps.judge import ACCUSING
from indexer.gaps.scores.account import NOT_OWED, Item, Lead

Reader = Literal["public", "staff"]
READERS: tuple[Reader, ...] = ("public", "staff")
_LATE = frozenset({"LAT-01", "LAT-02", "LAT-04"})
_INCOMPLETE = frozenset({"INC-01"})
Row = Mapping[str, Any]


def visible(row: Row) -> bool:
    """True for a duty or finding that the public may see: on law that was read, for all or confirmed by a person."""
    confirmed = row["audience"] == "confirmed_only" and row["decision_kind"] == "confirmed"
    return bool(row["law_seen"]) and (row["audience"] == "public" or confirmed)


def item(duty: Row, cadence: str, reader: Reader) -> Item | None:
    """The duty as an item of the score; None where it is not owed or nothing for this reader.

    What a reader may not see of it (a delay or a lack without a finding for the public, one that a person called wrong)
    is read in the subject's favour, never guessed at.
    """
    if reader == "public" and not visible(duty):
        return None
    state = _state(duty, reader)
    if state in NOT_OWED:
        return None
    rules = {finding["rule"] for finding in _shown(duty, reader)} if state == duty["state"] else set()
    found = bool(duty["found"]) and state != "missing"
    whole = reader == "staff" and state == duty["state"] and duty["decision_kind"] != "false_alarm"
    delay, late = _delay(duty, found, whole or bool(rules & _LATE))
    completeness, short = _completeness(duty, found, whole or bool(rules & _INCOMPLETE))
    confirmed = duty["decision_kind"] == "confirmed"
    return Item(
        ref=duty["id"], obligation=duty["obligation"], title=duty["item"], period=duty["period"], cadence=cadence,
        due=date.fromisoformat(duty["due"]), state=state, delay=delay, completeness=completeness,
        intervened=confirmed and found, confirmed=duty["severity"] if confirmed else None, found=found,
        lenient=late or short,
    )  # fmt: skip


def _state(duty: Row, reader: Reader) -> str:
    rejected = duty["decision_kind"] == "false_alarm" and duty["state"] in ACCUSING
    return str(duty["public_state"] if reader == "public" or rejected else duty["state"])


def _shown(duty: Row, reader: Reader) -> list[Row]:
    """The findings on a duty that the reader may see and nobody called wrong."""
    if duty["decision_kind"] == "false_alarm":
        return []
    confirmed = duty["decision_kind"] == "confirmed"
    return [finding for finding in duty["findings"] if reader == "staff" or _public(finding, confirmed)]


def _public(finding: Row, confirmed: bool) -> bool:
    if finding["audience"] == "confirmed_only":
        return confirmed
    return bool(finding["audience"] == "public" and finding["confidence"] == "high")


def _delay(duty: Row, found: bool, told: bool) -> tuple[int | None, bool]:
    """Days of delay, and whether a delay was left out of account because this reader is not ``told`` of it."""
    delay = duty["delay_days"]
    if not found or delay is None or not duty["timeliness_known"]:
        return None, False
    return (delay, False) if delay <= 0 or told else (0, True)


def _completeness(duty: Row, found: bool, told: bool) -> tuple[float | None, bool]:
    share = duty["completeness"]
    if not found or share is None:
        return None, False
    return (share, False) if share >= 1 or told else (1.0, True)


def lead(finding: Row, reader: Reader) -> Lead | None:
    """An open finding (index ``findings``); None where it asks something of the authority or is not for this reader."""
    certain = finding["confidence"] == "high" or finding["audience"] == "confirmed_only"
    if finding["to_authority"] or (reader == "public" and not (visible(finding) and certain)):
        return None
    return Lead(
        ref=finding["id"], rule=finding["rule"], group=finding["group"], severity=finding["severity"],
        words=finding["words"], duty=finding["duty"], confirmed=finding["decision_kind"] == "confirmed",
        rejected=finding["decision_kind"] == "false_alarm",
    )  # fmt: skip
