"""``qingce rules sign``: one of two people says that a row reads as its official text does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from webapp.cli.account import database
from webapp.cli.errors import CommandFailed
from webapp.cli.opened import opened
from webapp.cli.output import saying
from webapp.cli.rules.diff import lines
from webapp.cli.rules.group import rules

if TYPE_CHECKING:
    from webapp.accounts.models import Account


@rules.command(with_appcontext=False)
@click.argument("row", metavar="ID")
@click.option("--as", "person", required=True, help="Account of the person who signs; its password is asked for.")
@click.option("--yes", is_flag=True, help="Do not ask again after showing what is signed.")
def sign(row: str, person: str, yes: bool) -> None:
    """Sign that the row ID reads as the text attached to it does.

    Two different people with the role legal or admin must sign the same wording by the same text. With the second
    signature the row counts as seen, under a new version of the rules that is kept with its difference in results.
    """
    from indexer import clock, reading
    from indexer.settings import load

    settings = load()
    about = reading.wanted(settings, row)
    account = _authenticated(person)
    click.echo(f"{row} {about.title}: {about.words}\ntext: {about.text} ({about.cite})")
    if not yes:
        click.confirm("Does the row read as this text does?", abort=True)
    if len(about.signers) + 1 < reading.SIGNERS:
        reading.sign(settings, row, account.username, account.role)
        click.echo(f"{row}: signed by {person}; one more person must sign")
        return
    # The last signature changes what is said of enterprises: it is given only where that can be reckoned and kept.
    with opened() as (store, _), saying() as say:
        signed, found = reading.settle(
            store, settings, row, account.username, account.role, clock.today(),
            lambda count: say(f"{count} subjects judged twice"),
        )  # fmt: skip
    click.echo(f"{row}: signed by {' and '.join(signed)}; counts as seen")
    for line in lines(found):
        click.echo(line)
    click.echo("`qingce scan` judges by the new version")


def _authenticated(person: str) -> Account:
    from webapp.accounts import store

    password = click.prompt(f"Password of {person}", hide_input=True)
    with database() as session:
        account = store.authenticate(session, person, password)
        if account is None:
            raise CommandFailed(f"account {person!r}: name or password is wrong, or the account is disabled")
        if not account.signs:
            raise CommandFailed(f"account {person!r} has the role {account.role}; rows are signed by legal or admin")
        session.expunge(account)
    return account
