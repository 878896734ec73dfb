"""Making, finding and changing accounts; passwords are kept as salted scrypt hashes alone."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from werkzeug.security import check_password_hash, generate_password_hash

from webapp.accounts.models import ROLES, Account

SHORTEST = 10
_NOBODY = generate_password_hash("nobody has this password")
"""Checked for unknown names, so that the time of an answer does not tell which names exist."""


class AccountError(ValueError):
    """An account cannot be made or changed; the message says what was wrong and what to do."""


def create_account(
    session: Session, username: str, password: str, *, role: str = "officer", region: str | None = None
) -> Account:
    """A new account; the caller commits. ``region`` is a GB/T 2260 code of 2, 4 or 6 digits, None for all regions.

    Raises AccountError where the name is taken or unfit, the password too short, role or region unknown.
    """
    _check(username, role, region)
    account = Account(username=username, password_hash=_hash(password), role=role, region=region)
    try:
        with session.begin_nested():
            session.add(account)
    except IntegrityError:
        raise AccountError(f"account {username!r} exists already; choose another name or set its password") from None
    return account


def set_password(session: Session, username: str, password: str) -> Account:
    """Another password for an account; the caller commits. Raises AccountError where there is none of that name."""
    account = find(session, username)
    if account is None:
        raise AccountError(f"no account {username!r}")
    account.password_hash = _hash(password)
    return account


def set_active(session: Session, username: str, active: bool) -> Account:
    """Switch an account off or on; it is never deleted, since decisions name it. The caller commits."""
    account = find(session, username)
    if account is None:
        raise AccountError(f"no account {username!r}")
    account.active = active
    return account


def find(session: Session, username: str) -> Account | None:
    """The account of that name."""
    return session.scalars(select(Account).where(Account.username == username)).first()


def authenticate(session: Session, username: str, password: str) -> Account | None:
    """The active account that this name and password open, or None; unknown names take as long as wrong passwords."""
    account = find(session, username)
    right = check_password_hash(account.password_hash if account else _NOBODY, password)
    return account if account and right and account.active else None


def _hash(password: str) -> str:
    if len(password) < SHORTEST:
        raise AccountError(f"the password is too short: at least {SHORTEST} characters")
    return generate_password_hash(password)


def _check(username: str, role: str, region: str | None) -> None:
    if not re.fullmatch(r"[\w.@-]{2,80}", username):
        raise AccountError(f"user name {username!r}: 2 to 80 letters, digits, dots, dashes, @ or underscores")
    if role not in ROLES:
        raise AccountError(f"role {role!r}: one of {', '.join(ROLES)}")
    if region is not None and not re.fullmatch(r"\d{2}(?:\d{2}){0,2}", region):
        raise AccountError(f"region {region!r}: a GB/T 2260 code of 2, 4 or 6 digits, for example 31 or 3303")
