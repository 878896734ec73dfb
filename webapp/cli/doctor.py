"""``qingce doctor``: what is well, what is not, and what to do."""

from __future__ import annotations

from typing import Any

import click

from webapp.cli.errors import CommandFailed
from webapp.cli.output import json_option, show_json, show_table


@click.command()
@json_option
def doctor(as_json: bool) -> None:
    """Check engine, disk, database, sources and schedule; nothing is started or changed.

    Exit code 1 where something is not well; each such line says what to do.
    """
    from indexer.engine.checks import checks
    from indexer.settings import load
    from webapp.cli.checkup import checkup

    settings = load()
    found: list[Any] = [*checkup(settings), *checks(settings)]
    if as_json:
        show_json(found)
    else:
        show_table(("", "check", "finding", "what to do"), (
            ("ok" if row["ok"] else "NOT WELL", row["name"], row["detail"], row["remedy"]) for row in found
        ))  # fmt: skip
    wrong = [row["name"] for row in found if not row["ok"]]
    if wrong:
        raise CommandFailed(f"not well: {', '.join(wrong)}")
