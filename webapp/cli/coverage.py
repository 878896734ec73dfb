"""``qingce coverage``: how much of a source is in the register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click

from webapp.cli.opened import opened
from webapp.cli.output import json_option, show_json, show_table


@click.command()
@click.argument("source")
@json_option
def coverage(source: str, as_json: bool) -> None:
    """Tell how many enterprises SOURCE lists, how many of them disclosed what, and how sound its codes are."""
    from indexer.coverage import coverage as of

    with opened() as (store, _):
        try:
            told = of(store, source)
        except KeyError as error:
            raise click.UsageError(str(error.args[0])) from error
    if as_json:
        show_json(told)
    else:
        show_table(("", source), rows(told))


def rows(told: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    """Names and numbers; of parts each a row of its own."""
    for name, value in told.items():
        if isinstance(value, Mapping):
            yield from rows(value, f"{before}{name} ")
        else:
            yield f"{before}{name}".replace("_", " "), str(value)
