"""Decisions of staff as pages show them: dated notes; who decided and mere notes stay with the staff."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from indexer.register import privacy
from indexer.register.decisions import DUTY_KINDS, Decision, decisions_for
from indexer.search.duties import Reader
from webapp.services import services

PUBLIC_KINDS = ("confirmed", "exempt", "false_alarm")


@dataclass(frozen=True)
class Judgement:
    """One decision on one duty of an enterprise."""

    kind: str
    day: date
    until: date | None
    duty: str
    """Id of the duty: ``enterprise:obligation:period``."""
    item: str
    reason: str
    author: str


def of_enterprise(
    enterprise: str, identity_keys: Iterable[str], reader: Reader, items: dict[str, str]
) -> list[Judgement]:
    """Decisions on an enterprise's duties, newest first; ``items`` are the duties the reader sees (id → name)."""
    with services().session() as session:
        rows = decisions_for(session, identity_keys)
    found = [_judgement(enterprise, row, items, reader) for row in rows if row.kind in DUTY_KINDS and row.duty]
    shown = [one for one in found if reader == "staff" or (one.kind in PUBLIC_KINDS and one.duty in items)]
    return sorted(shown, key=lambda one: one.day, reverse=True)


def _judgement(enterprise: str, row: Decision, items: dict[str, str], reader: Reader) -> Judgement:
    # The form asks for no personal data; should some be written all the same, the public does not get them.
    reason = row.text if reader == "staff" else privacy.mask(row.text)
    duty = f"{enterprise}:{(row.duty or '').replace('|', ':', 1)}"
    return Judgement(row.kind, row.day, row.until, duty, items.get(duty, ""), reason, row.author)
