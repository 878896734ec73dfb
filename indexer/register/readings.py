"""Who read which row of the law in which text (核对): append-only rows in SQL, beside the decisions of people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import DateTime, Index, Integer, String, Text, inspect, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from indexer import clock
from indexer.law.signing import SIGNERS, Signed
from indexer.register.decisions import Base


class LawText(Base):
    """One official text that a person attached to a row; its bytes lie in the archive under their SHA-256."""

    __tablename__ = "law_texts"
    __table_args__ = (Index("ix_law_texts_row", "row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    row: Mapped[str] = mapped_column(String(40))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(String(300))
    cite: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class LawSignature(Base):
    """One person says: this wording of the row is what that text says."""

    __tablename__ = "law_signatures"
    __table_args__ = (Index("ix_law_signatures_row", "row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    row: Mapped[str] = mapped_column(String(40))
    digest: Mapped[str] = mapped_column(String(16))
    sha256: Mapped[str] = mapped_column(String(64))
    person: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


@dataclass(frozen=True)
class Readings:
    """All texts and signatures, oldest first."""

    texts: tuple[LawText, ...] = ()
    signatures: tuple[LawSignature, ...] = ()

    def text(self, row: str) -> LawText | None:
        """The text attached last: the one that is signed."""
        return next((item for item in reversed(self.texts) if item.row == row), None)

    def signers(self, row: str, digest: str) -> list[str]:
        """Who signed this wording by the text attached last, in order, each once."""
        text = self.text(row)
        found = [s.person for s in self.signatures if (s.row, s.digest) == (row, digest) and text is not None
                 and s.sha256 == text.sha256]  # fmt: skip
        return list(dict.fromkeys(found))

    def signed(self) -> tuple[Signed, ...]:
        """Every wording that two different people signed by one and the same text."""
        people: dict[tuple[str, str, str], set[str]] = {}
        for item in self.signatures:
            people.setdefault((item.row, item.digest, item.sha256), set()).add(item.person)
        found = {Signed(row, digest) for (row, digest, _), names in people.items() if len(names) >= SIGNERS}
        return tuple(sorted(found, key=lambda one: (one.row, one.digest)))


def read(session: Session) -> Readings:
    """Everything attached and signed; nothing where the tables are not made yet."""
    if not inspect(session.get_bind()).has_table(LawSignature.__tablename__):
        return Readings()
    texts: Sequence[LawText] = session.scalars(select(LawText).order_by(LawText.id)).all()
    signatures: Sequence[LawSignature] = session.scalars(select(LawSignature).order_by(LawSignature.id)).all()
    session.expunge_all()
    return Readings(tuple(texts), tuple(signatures))


def attach(session: Session, row: str, sha256: str, size: int, name: str, cite: str, author: str) -> LawText:
    """Appends a text and flushes it (the caller commits)."""
    made = LawText(row=row, sha256=sha256, size=size, name=name, cite=cite, author=author, at=clock.now())
    session.add(made)
    session.flush()
    return made


def sign(session: Session, row: str, digest: str, sha256: str, person: str, role: str) -> LawSignature:
    """Appends a signature and flushes it (the caller commits)."""
    made = LawSignature(row=row, digest=digest, sha256=sha256, person=person, role=role, at=clock.now())
    session.add(made)
    session.flush()
    return made
