"""``qingce verify``: the evidence is still what was written. ``qingce stamp``: and someone else says since when."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from webapp.cli.errors import CommandFailed, CommandPartial
from webapp.cli.output import json_option, show_json


@click.command()
@click.argument("run", required=False)
@click.option("--all", "everything", is_flag=True, help="Read every run of every source; so it is without RUN.")
@json_option
def verify(run: str | None, everything: bool, as_json: bool) -> None:
    """Read run folders again and compare every file and every record with the hashes of its time.

    RUN is a run's name or SOURCE/RUN; without it all are read. The chain of each source concerned is followed from its
    first run to its last, each naming the one before by its hash, so that a changed, lost or inserted run shows; time
    stamps are verified to QINGCE_TIMESTAMP_CA. Exit code 1 where anything is damaged.
    """
    from crawlers import settings as crawl_settings
    from crawlers import stamps
    from indexer.settings import load
    from webapp.cli import integrity

    if run is not None and everything:
        raise click.UsageError("RUN and --all exclude each other")
    roots = stamps.roots(crawl_settings.load().timestamp_ca)
    found = integrity.verify(chosen(load().runs, run), roots)
    if as_json:
        show_json({"runs": found.runs, "files": found.files, "records": found.records, "bytes": found.bytes,
                   "open": found.open_runs, "damages": [damage.as_json() for damage in found.damages],
                   "chains": [links.as_json() for links in found.chains]})  # fmt: skip
    else:
        for damage in found.damages:
            click.echo(damage.words())
        for links in found.chains:
            click.echo(links.words())
        click.echo(f"{found.runs} runs, {found.files} files, {found.records} records, {found.bytes:,} bytes read again"
                   f"; {found.open_runs} still being written; {len(found.damages)} damages")  # fmt: skip
    if found.damages:
        raise CommandFailed(f"{len(found.damages)} damages in the evidence; restore these files from a copy")


@click.command()
@click.argument("sources", metavar="[SOURCE]...", nargs=-1)
@json_option
def stamp(sources: tuple[str, ...], as_json: bool) -> None:
    """Have the newest run of each source time-stamped by the RFC 3161 service of QINGCE_TIMESTAMP_URL.

    The token lies beside the run folder and stands for every run before it. A crawl does the same when it ends; this
    makes up for what failed. Exit code 3 where a source could not be stamped.
    """
    from crawlers import settings as crawl_settings
    from crawlers.stamping import stamp_heads
    from indexer.settings import load

    settings, runs = crawl_settings.load(), load().runs
    if not settings.timestamp_url:
        raise CommandFailed("no time-stamp service is set; set QINGCE_TIMESTAMP_URL")
    known = sorted(path.name for path in runs.glob("*") if path.is_dir())
    unknown = sorted(set(sources) - set(known))
    if unknown:
        raise click.UsageError(f"no runs of {', '.join(unknown)} under {runs}")
    found = list(stamp_heads(runs, sources or known, settings))
    if as_json:
        show_json([asdict(one) for one in found])
    else:
        for one in found:
            said = f"stamped {one.stamp.at:%Y-%m-%dT%H:%M:%SZ}" if one.stamp else f"not stamped: {one.problem}"
            click.echo(f"{one.source} {one.run or ''}: {said}{'' if one.new or not one.stamp else ' (before)'}")
    if any(one.problem for one in found):
        raise CommandPartial(f"{sum(1 for one in found if one.problem)} sources were not stamped")


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
