"""The table of accounts, on the one base of what people decide."""

from __future__ import annotations

from datetime import UTC, datetime

from flask_login import UserMixin
from sqlalchemy import DateTime, String
from sqlalchemy.orm import Mapped, mapped_column

from indexer.register.decisions import Base

ROLES = ("officer", "legal", "admin")
SIGNING = ("legal", "admin")
"""Roles whose people may sign that a row of the law reads as the official text does (法制审核)."""


class Account(UserMixin, Base):  # type: ignore[misc]
    """One person who works with the register. An officer decides inside ``region``, an admin everywhere.

    ``legal`` reads and signs rows of the law, and decides on no enterprise.
    """

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    username: Mapped[str] = mapped_column(String(80), unique=True)
    password_hash: Mapped[str] = mapped_column(String(300))
    role: Mapped[str] = mapped_column(String(20), default="officer")
    region: Mapped[str | None] = mapped_column(String(12))
    """GB/T 2260 code of a province, city or county; None for all regions."""
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=lambda: datetime.now(UTC))

    @property
    def is_active(self) -> bool:
        """Flask-Login refuses accounts that were switched off."""
        return self.active

    def answers_for(self, region_path: list[str]) -> bool:
        """True where an enterprise of these regions is theirs to decide on."""
        if self.role == "officer":
            return self.region is None or self.region in region_path
        return self.role == "admin"

    @property
    def signs(self) -> bool:
        """True where this person may sign rows of the law."""
        return self.role in SIGNING
