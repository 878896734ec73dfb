"""``qingce account``: the people who may log in."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from webapp.cli.group import Tool
from webapp.cli.output import json_option, show_json, show_table

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

ROLES = ("officer", "legal", "admin")


@click.group(cls=Tool)
def account() -> None:
    """Accounts of staff: create, list, set a password, disable, enable."""


@account.command(with_appcontext=False)
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="officer", show_default=True,
              help="An officer decides inside a region, an admin everywhere; legal signs rows of the law.")  # fmt: skip
@click.option("--region", help="GB/T 2260 code of an officer's region (31, 3303); none for all regions.")
@click.option("--generate", is_flag=True, help="Make a random password and print it once.")
def create(name: str, role: str, region: str | None, generate: bool) -> None:
    """Create the account NAME; asks for its password twice, unless one is generated."""
    from webapp.accounts.store import create_account

    password = _password(generate)
    with database() as session:
        create_account(session, name, password, role=role, region=region)
    click.echo(f"created {name} ({role})" + (f", password {password}" if generate else ""))


@account.command(with_appcontext=False)
@click.argument("name")
@click.option("--generate", is_flag=True, help="Make a random password and print it once.")
def password(name: str, generate: bool) -> None:
    """Set another password for the account NAME."""
    from webapp.accounts.store import set_password

    chosen = _password(generate)
    with database() as session:
        set_password(session, name, chosen)
    click.echo(f"changed the password of {name}" + (f": {chosen}" if generate else ""))


@account.command("list", with_appcontext=False)
@json_option
def list_(as_json: bool) -> None:
    """List the accounts."""
    from sqlalchemy import select

    from webapp.accounts.models import Account

    with database() as session:
        rows = [
            {"name": row.username, "role": row.role, "region": row.region, "active": row.active,
             "created": f"{row.created_at:%Y-%m-%d}"}
            for row in session.scalars(select(Account).order_by(Account.username))
        ]  # fmt: skip
    if as_json:
        show_json(rows)
        return
    headers = ("name", "role", "region", "active", "created")
    show_table(headers, ([row[header] for header in headers] for row in rows))


@account.command(with_appcontext=False)
@click.argument("name")
def disable(name: str) -> None:
    """Close the account NAME: it cannot log in any more; what it decided stays."""
    _switch(name, active=False)


@account.command(with_appcontext=False)
@click.argument("name")
def enable(name: str) -> None:
    """Open the account NAME again."""
    _switch(name, active=True)


@contextmanager
def database() -> Iterator[Session]:
    """A session on the migrated database, committed where the block ends well."""
    from sqlalchemy.orm import Session

    from indexer.register.decisions import open_engine
    from indexer.settings import load
    from webapp.cli.migrate import upgrade

    settings = load()
    upgrade(settings)
    engine = open_engine(settings.database)
    try:
        with Session(engine) as session, session.begin():
            yield session
    finally:
        engine.dispose()


def _switch(name: str, active: bool) -> None:
    from webapp.accounts.store import set_active

    with database() as session:
        set_active(session, name, active)
    click.echo(f"{'enabled' if active else 'disabled'} {name}")


def _password(generate: bool) -> str:
    if generate:
        return secrets.token_urlsafe(12)
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
