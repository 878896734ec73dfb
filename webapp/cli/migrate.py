"""``qingce migrate``: the database of people's decisions brought to its latest shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from indexer.settings import Settings


@click.command()
def migrate() -> None:
    """Make the database's tables, or bring older ones up to date.

    `qingce up`, `qingce serve` and `qingce account` do it by themselves.
    """
    from indexer.settings import load

    upgrade(load())
    click.echo("the database is up to date")


def upgrade(settings: Settings) -> None:
    """Apply what is missing, and say nothing where nothing is; see ``webapp.migrations``."""
    from webapp import migrations

    migrations.upgrade(settings)
