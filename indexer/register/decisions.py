"""What people decide (人工决定): append-only rows in SQL, keyed by (source, external_id) and duty key.

No row is ever changed or removed: a later decision on the same thing outweighs the earlier. Every index, scan and
rebuild reads them, so nothing a person decided is lost. One declarative base for the whole project.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Date, DateTime, Engine, Index, String, Text, create_engine, event, inspect, make_url, or_, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.pool import ConnectionPoolEntry

from indexer import clock
from indexer.register.resolution import Pair

DUTY_KINDS = ("exempt", "confirmed", "false_alarm", "note")
_Answer = TypeVar("_Answer")
PAIR_KINDS = ("merge", "keep_apart", "split")
RUN_KINDS = ("release", "reject")
"""On a run that is held: what it did not see is gone, or its looks prove nothing; ``external_id`` is the run's name."""

SCORE_KINDS = ("objection",)
"""On a score (of an enterprise, ``region|<code>``, ``authority|<id>``): its public rank stays as it was a while."""


class Base(DeclarativeBase):
    """The one base of all tables: decisions, accounts, jobs."""


class Decision(Base):
    """One decision of one person. ``duty`` is ``obligation|period``; ``other_*`` the second identity of a pair."""

    __tablename__ = "decisions"
    __table_args__ = (
        Index("ix_decisions_identity", "source", "external_id"),
        Index("ix_decisions_other", "other_source", "other_external_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    kind: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(String(200))
    external_id: Mapped[str] = mapped_column(String(500))
    duty: Mapped[str | None] = mapped_column(String(200))
    other_source: Mapped[str | None] = mapped_column(String(200))
    other_external_id: Mapped[str | None] = mapped_column(String(500))
    until: Mapped[date | None] = mapped_column(Date)
    author: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    text: Mapped[str] = mapped_column(Text, default="")

    @property
    def identity_key(self) -> str:
        """``source|external_id`` of the subject."""
        return f"{self.source}|{self.external_id}"

    @property
    def other_key(self) -> str | None:
        """``source|external_id`` of a pair's second identity."""
        return f"{self.other_source}|{self.other_external_id}" if self.other_source else None

    @property
    def day(self) -> date:
        """The Shanghai day of the decision (SQLite hands instants back without their zone: they are UTC)."""
        return clock.day_of(self.at if self.at.tzinfo else self.at.replace(tzinfo=UTC))


def open_engine(url: str) -> Engine:
    """An engine for ``settings.database``; SQLite in WAL mode, so that pages read while a decision is written."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def record(
    session: Session,
    kind: str,
    source: str,
    external_id: str,
    *,
    author: str,
    text: str = "",
    duty: str | None = None,
    other: tuple[str, str] | None = None,
    until: date | None = None,
    at: datetime | None = None,
) -> Decision:
    """Appends one decision and flushes it (the caller commits). ``at`` defaults to the one clock's now.

    Raises ValueError where the kind is unknown, a duty decision names no duty, or a pair lacks its second identity.
    """
    _check(kind, duty, other, (source, external_id))
    row = Decision(
        kind=kind, source=source, external_id=external_id, duty=duty, author=author, text=text, until=until,
        other_source=other[0] if other else None, other_external_id=other[1] if other else None, at=at or clock.now(),
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def _check(kind: str, duty: str | None, other: tuple[str, str] | None, one: tuple[str, str]) -> None:
    known = DUTY_KINDS + PAIR_KINDS + RUN_KINDS + SCORE_KINDS
    if kind not in known:
        raise ValueError(f"decision kind {kind!r}: expected one of {', '.join(known)}")
    if kind in DUTY_KINDS and (not duty or duty.count("|") != 1):
        raise ValueError(f"a decision {kind!r} names its duty as obligation|period, found {duty!r}")
    if kind in ("merge", "keep_apart") and (other is None or other == one):
        raise ValueError(f"a decision {kind!r} names two different identities (source, external_id)")


def decisions_for(session: Session, identity_keys: Iterable[str], until: date | None = None) -> list[Decision]:
    """Decisions on these identities (``source|external_id``), oldest first; ``until`` is the last Shanghai day."""
    wanted = set(identity_keys)
    found: list[Decision] = []
    for part in _parts(sorted(wanted), 200):
        ids = [key.split("|", 1) for key in part]
        names = {identity[1] for identity in ids if len(identity) == 2}
        query = select(Decision).where(or_(Decision.external_id.in_(names), Decision.other_external_id.in_(names)))
        found += [row for row in session.scalars(query) if row.identity_key in wanted or row.other_key in wanted]
    unique = {row.id: row for row in found if until is None or row.day <= until}
    return [unique[number] for number in sorted(unique)]


def _parts(items: Sequence[str], size: int) -> Iterable[Sequence[str]]:
    return (items[start : start + size] for start in range(0, len(items), size))


def read(url: str, ask: Callable[[Session], _Answer], default: _Answer) -> _Answer:
    """What ``ask`` finds in the database at ``url``; ``default`` where there is no file or table yet."""
    file = make_url(url).database if url.startswith("sqlite") else None
    if file not in (None, "", ":memory:") and not Path(str(file)).exists():
        return default
    engine = open_engine(url)
    try:
        if not inspect(engine).has_table(Decision.__tablename__):
            return default
        with Session(engine) as session:
            return ask(session)
    finally:
        engine.dispose()


def runs(session: Session) -> dict[str, Decision]:
    """Run → the decision in force on it, the latest."""
    rows = session.scalars(select(Decision).where(Decision.kind.in_(RUN_KINDS)).order_by(Decision.id))
    found = {row.external_id: row for row in rows}
    session.expunge_all()
    return found


def pairs(session: Session) -> list[Pair]:
    """The decisions on identities in force: of two on a pair the later one; a later ``merge`` ends a ``split``."""
    latest: dict[frozenset[str], Decision] = {}
    for row in session.scalars(select(Decision).where(Decision.kind.in_(PAIR_KINDS)).order_by(Decision.id)):
        latest[frozenset({row.identity_key, row.other_key or row.identity_key})] = row
        if row.kind == "merge":
            for key in (row.identity_key, row.other_key or row.identity_key):
                latest.pop(frozenset({key}), None)
    rows = sorted(latest.values(), key=lambda row: row.id)
    return [Pair(row.kind, row.identity_key, row.other_key) for row in rows]
