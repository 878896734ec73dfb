"""``qingce source check``: a source's file tried on three polite pages before it is switched on."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from webapp.cli.errors import CommandFailed, CommandPartial
from webapp.cli.group import Tool
from webapp.cli.output import json_option, saying, show_json

if TYPE_CHECKING:
    from crawlers.source import Source
    from crawlers.trial import Trial

PAGES = 3


@click.group(cls=Tool)
def source() -> None:
    """One source's file: try it before it is switched on."""


@source.command(with_appcontext=False)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--pages", type=click.IntRange(1, 20), default=PAGES, show_default=True, help="Pages asked at the most.")
@click.option("--fixtures", type=click.Path(file_okay=False, path_type=Path),
              help="Folder of the saved pages (default: fixtures/SOURCE beside FILE).")  # fmt: skip
@click.option("--offline", is_flag=True, help="Ask nothing: the schema, and saved pages read again.")
@json_option
def check(file: Path, pages: int, fixtures: Path | None, offline: bool, as_json: bool) -> None:
    """Check the source in FILE: schema, robots.txt, three pages, first records, floors, saved pages.

    Asks the site as gently as a crawl does and stores nothing but the saved pages. Exit code 3 where something is left
    to mend.
    """
    from crawlers.maturity import saved
    from webapp.cli.checking import checked, lines

    found, folders = _effective(file)
    where = fixtures or saved(found)
    trial = None
    with tempfile.TemporaryDirectory(prefix="qingce-check-") as name:
        if not offline and found.family != "supplied":
            trial = _tried(found, folders, Path(name), where, pages)
        said = checked(file, found, where, trial)
    if as_json:
        show_json(said)
    else:
        for line in lines(said):
            click.echo(line)
    if said["problems"]:
        raise CommandPartial(f"{file}: {len(said['problems'])} things to mend; the first: {said['problems'][0]}")


def _effective(file: Path) -> tuple[Source, tuple[Path, ...]]:
    from crawlers.settings import load
    from crawlers.source import effective

    if file.suffix != ".yaml":
        raise CommandFailed(f"{file}: a source's file ends in .yaml; rename it")
    folders = load().source_folders
    own = file.resolve().parent
    if own not in {folder.resolve() for folder in folders if folder.is_dir()}:
        folders = (*folders, own)
    return effective(file.stem, folders), folders


def _tried(found: Source, folders: tuple[Path, ...], var: Path, where: Path, pages: int) -> Trial:
    from crawlers.trial import tried

    with saying() as say:
        say(f"asking {found.base_url} for {pages} pages, {found.pace.delay:g} s between them")
        return tried(found, folders, var, where.resolve(), pages)
