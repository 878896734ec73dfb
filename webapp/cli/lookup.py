"""``qingce lookup``: a whole list answered, line by line."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from webapp.cli.errors import USAGE, CommandFailed
from webapp.cli.opened import opened
from webapp.cli.output import json_option, show_json, show_table

if TYPE_CHECKING:
    from indexer.search.lines import Line

HEADS = ("line", "text", "id", "name", "region", "uscc", "score", "doubt")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV (UTF-8 with BOM, for spreadsheets).")
@json_option
def lookup(file: Path, as_csv: bool, as_json: bool) -> None:
    """Look up every line of FILE: text, CSV or a workbook of at most 5,000 lines.

    A line holds a name, a credit code or permit number, or both, and may name a region. Each is answered with the
    enterprise it means, a score from 0 to 1 and what is doubtful: several, former, short, near, code_differs,
    not_found, empty.
    """
    rows = _answers(_read(file))
    if as_json:
        show_json(rows)
    elif as_csv:
        _print_csv(rows)
    else:
        show_table(HEADS, ([row[head] for head in HEADS] for row in rows))
        found = sum(row["id"] is not None for row in rows)
        click.echo(f"{found} of {len(rows)} lines found", err=True)


def _read(file: Path) -> list[Line]:
    from indexer.search.lines import MOST, too_many
    from webapp.lookups.sheets import SheetError, read

    try:
        given = read(file.read_bytes())
    except SheetError as error:
        raise CommandFailed(f"{file}: {error}", USAGE) from error
    if not given:
        raise CommandFailed(f"{file} holds no line with a name or code", USAGE)
    if too_many(given):
        raise CommandFailed(f"{file} holds {len(given)} lines; part it into files of at most {MOST}", USAGE)
    return given


def _answers(given: list[Line]) -> list[dict[str, Any]]:
    from indexer.search.lookup import look_up
    from webapp.lookups.answers import row
    from webapp.sources import SourceShelf

    with opened() as (store, settings):
        regions = SourceShelf(settings.sources).book().regions
        return [row(answer) for answer in look_up(store, given, regions)]


def _print_csv(rows: list[dict[str, Any]]) -> None:
    from webapp.gapcsv import BOM, safe

    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([*HEADS, "others"])
    for row in rows:
        others = "; ".join(f"{other['name']} {other['id']}" for other in row["others"])
        writer.writerow([*(safe(row[head]) for head in HEADS), safe(others)])
    click.echo(BOM + text.getvalue(), nl=False)
