"""The group that the commands on the law hang in."""

from __future__ import annotations

import click

from webapp.cli.group import Tool


@click.group(cls=Tool)
def rules() -> None:
    """The law as data: how a due date came about, what a change would do, who has read which row."""
