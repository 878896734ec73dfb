"""Objections (异议) to a score: decisions of people; while one is in force the public rank stays as it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from indexer.register import decisions
from indexer.register.decisions import SCORE_KINDS, Decision
from indexer.settings import Settings

REGION = "region"
AUTHORITY = "authority"
"""Under these names regions and authorities stand in decisions, where enterprises stand under their source."""


@dataclass(frozen=True)
class Objections:
    """The days on which was objected, by ``source|external_id``; the latest of each."""

    days: dict[str, date]

    def against(self, keys: Iterable[str], day: date, length: int) -> tuple[date, date] | None:
        """(day, last day) of the objection in force on ``day`` against any of these; ``length`` in days."""
        made = [self.days[key] for key in keys if key in self.days]
        holding = [one for one in made if one <= day <= one + timedelta(days=length)]
        return (max(holding), max(holding) + timedelta(days=length)) if holding else None


def read(settings: Settings, day: date) -> Objections:
    """All objections made by ``day``."""
    return decisions.read(settings.database, lambda session: _read(session, day), Objections({}))


def _read(session: Session, day: date) -> Objections:
    rows = session.scalars(select(Decision).where(Decision.kind.in_(SCORE_KINDS)).order_by(Decision.id))
    return Objections({row.identity_key: row.day for row in rows if row.day <= day})


def object_to(session: Session, source: str, external_id: str, author: str, text: str) -> Decision:
    """Records an objection; the caller commits."""
    return decisions.record(session, SCORE_KINDS[0], source, external_id, author=author, text=text)
