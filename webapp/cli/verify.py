"""``qingce verify``: the evidence is still what was written."""

from __future__ import annotations

from pathlib import Path

import click

from webapp.cli.errors import CommandFailed
from webapp.cli.output import json_option, show_json


@click.command()
@click.argument("run", required=False)
@json_option
def verify(run: str | None, as_json: bool) -> None:
    """Read run folders again and compare every file with the hash of its time.

    RUN is a run's name or SOURCE/RUN; without it all are read. Also checks that each run still names the run before it
    by that run's present hash, so that a changed or lost run shows. Exit code 1 where anything is damaged.
    """
    from indexer.settings import load
    from webapp.cli import integrity

    found = integrity.verify(chosen(load().runs, run))
    if as_json:
        show_json({"runs": found.runs, "files": found.files, "bytes": found.bytes, "open": found.open_runs,
                   "damages": [damage.as_json() for damage in found.damages]})  # fmt: skip
    else:
        for damage in found.damages:
            click.echo(damage.words())
        click.echo(f"{found.runs} runs, {found.files} files, {found.bytes:,} bytes read again; "
                   f"{found.open_runs} still being written; {len(found.damages)} damages")  # fmt: skip
    if found.damages:
        raise CommandFailed(f"{len(found.damages)} damages in the evidence; restore these files from a copy")


def chosen(runs: Path, run: str | None) -> list[Path]:
    """The run folders meant; raises UsageError where there is none of that name."""
    from webapp.cli.integrity import run_folders

    folders = run_folders(runs)
    if run is None:
        return folders
    meant = [folder for folder in folders if run in (folder.name, f"{folder.parent.name}/{folder.name}")]
    if not meant:
        raise click.UsageError(f"no run {run!r} under {runs}")
    return meant
