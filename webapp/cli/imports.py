"""``qingce import``: material that a person supplies becomes a run folder, marked so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from webapp.cli.errors import CommandPartial
from webapp.cli.group import Tool

if TYPE_CHECKING:
    from crawlers.importing import Imported, Material

Command = TypeVar("Command", bound=Callable[..., Any])
FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
FACTS = (
    click.option("--source", required=True, help="Name of the source it belongs to; a new name makes one."),
    click.option("--region", required=True, help="GB/T 2260 code that the file is about (350300)."),
    click.option("--year", type=int, required=True, help="Year of the list, or of what is disclosed."),
    click.option("--url", required=True, help="Where it was published."),
    click.option("--retrieved-at", required=True, help="When it was taken there (2022-04-02, or with a time)."),
    click.option("--published", help="Day that the material states as its publication (YYYY-MM-DD)."),
    click.option("--title", help="Its heading, where the file has none."),
    click.option("--publisher", help="Who published it, for a new source."),
    click.option("--channel", help="Channel of a new source (city_bureau, own_site, other, …)."),
    click.option("--column", "columns", multiple=True, metavar="PART=HEADER",
                 help="Which header gives name, uscc, external_id or region, where it is an unusual one."),
    click.option("--header-row", type=click.IntRange(1), help="Row of the header, as the sheet counts."),
    click.option("--stated-total", type=click.IntRange(0), help="Rows that the site itself states for this export; "
                 "only where so many were read does the file prove what it lacks."),
    click.option("--dry-run", is_flag=True, help="Show what would be imported; write nothing."),
)  # fmt: skip


def facts(command: Command) -> Command:
    """The options that say what a file is."""
    for option in reversed(FACTS):
        command = option(command)
    return command


@click.group("import", cls=Tool)
def import_() -> None:
    """Import by hand: a list, a spreadsheet, a PDF, a saved page, a WARC.

    The file's bytes are kept as evidence like a crawled page, marked as supplied by a person.
    """


@import_.command("list", with_appcontext=False)
@FILE
@click.option("--class", "cls", help="Class of its enterprises (KPU, EL, SOIL …); without it each heading tells.")
@facts
def list_(file: Path, cls: str | None, dry_run: bool, **said: Any) -> None:
    """Import FILE as a list of enterprises (名录)."""
    from crawlers.importing import import_list
    from indexer.normalise.misplaced import shift
    from indexer.settings import load

    _show(import_list(file, _material(cls=cls, **said), load().var, dry_run=dry_run, shift=shift))


@import_.command(with_appcontext=False)
@FILE
@click.option("--kind", required=True, help="What is disclosed: profile, emission, monitoring, annual_report, …")
@click.option("--enterprise", help="The one enterprise it is about, where no column names enterprises.")
@facts
def disclosures(file: Path, kind: str, enterprise: str | None, dry_run: bool, **said: Any) -> None:
    """Import FILE as disclosures: a record a row, or one for an enterprise's whole page."""
    from crawlers.importing import import_disclosures
    from indexer.normalise.misplaced import shift
    from indexer.settings import load

    material = _material(enterprise=enterprise, **said)
    _show(import_disclosures(file, kind, material, load().var, dry_run=dry_run, shift=shift))


@import_.command(with_appcontext=False)
@FILE
@click.option("--source", required=True, help="The source whose pages it holds (qingce sources list).")
@click.option("--dry-run", is_flag=True, help="Show what it holds; write nothing.")
def warc(file: Path, source: str, dry_run: bool) -> None:
    """Import FILE, a WARC that a browser tool saved: its pages become captures, dated as they were saved.

    Where the source has a walk, pages that the walk asks for are then read like crawled ones, into a run of kind
    extract; all others stay as evidence, to which `qingce visit record` adds what a person saw. Exit code 3 where the
    walk could not be read whole.
    """
    from crawlers.importing import import_archive
    from indexer.settings import load

    found = import_archive(file, source, load().var, dry_run=dry_run)
    click.echo(f"{found.answers} answers and {found.resources} files at {len(found.addresses)} addresses, "
               f"saved from {found.first} to {found.last}")  # fmt: skip
    for issue in found.issues:
        click.echo(f"  {issue.severity} {issue.code}: {issue.message} [{issue.place}]")
    if found.run is None:
        click.echo("dry run: nothing was written")
        return
    click.echo(f"written: {found.run}")
    if found.read is None:
        click.echo("kept as evidence: the source has no walk by which pages could be read")
        return
    click.echo(f"{found.read.words}\n  {found.read.folder}")
    if found.read.status != "finished":
        raise CommandPartial(f"not read whole: {found.read.reason}")


def _material(columns: tuple[str, ...], **said: Any) -> Material:
    from crawlers.importing import Material

    wrong = [text for text in columns if "=" not in text]
    if wrong:
        raise click.BadParameter(f"{wrong[0]!r} is not PART=HEADER, like name=单位", param_hint="--column")
    return Material(columns=dict(text.split("=", 1) for text in columns), **said)


def _show(imported: Imported) -> None:
    for line in imported.preview.lines():
        click.echo(line)
    if imported.run is None:
        click.echo("dry run: nothing was written")
        return
    click.echo(f"written: {imported.run}")
    click.echo("`qingce index` takes it in")
