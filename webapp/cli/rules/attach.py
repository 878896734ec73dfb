"""``qingce rules attach``: the official text of a row, kept under its SHA-256."""

from __future__ import annotations

import getpass
from pathlib import Path

import click

from webapp.cli.account import database
from webapp.cli.rules.group import rules


@rules.command(with_appcontext=False)
@click.argument("row", metavar="ID")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--cite", required=True, help="Where the text was published: title, number, address.")
@click.option("--by", default=getpass.getuser, show_default="the user", help="Who attaches it.")
def attach(row: str, file: Path, cite: str, by: str) -> None:
    """Attach the official text in FILE to the row ID: archived under its SHA-256, for two people to sign.

    ID is an obligation (O31-7), a list of fields (M3) or an instrument (EP4); `qingce rules unverified` lists them.
    """
    from indexer import reading
    from indexer.settings import load

    settings = load()
    reading.wanted(settings, row)
    with database() as session:
        digest = reading.attach(settings, session, row, file.read_bytes(), file.name, cite, by)
    click.echo(f"{row}: attached {file.name}, SHA-256 {digest}; two people sign it with `qingce rules sign {row}`")
