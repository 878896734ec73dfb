"""The demonstration's officer: an account with a random password, kept in a file beside the data for a later start."""

from __future__ import annotations

import secrets
from pathlib import Path

import click

NAME = "officer"
FILE = "officer.txt"


def ensure(folder: Path) -> None:
    """Create the account and write name and password into ``officer.txt``; nothing happens where it exists.

    Where the file was lost the account gets another password: the database holds its hash alone.
    """
    from webapp.accounts.store import create_account, find, set_password
    from webapp.cli.account import database

    if (folder / FILE).exists():
        return
    password = secrets.token_urlsafe(12)
    with database() as session:
        if find(session, NAME) is None:
            create_account(session, NAME, password)
        else:
            set_password(session, NAME, password)
    draft = folder / f".{FILE}"
    draft.touch(mode=0o600)
    draft.write_text(f"name: {NAME}\npassword: {password}\n", encoding="utf-8")
    draft.replace(folder / FILE)
    click.echo(f"staff log-in: {NAME}, password {password}   (also in {folder / FILE})")
