"""``qingce index`` and ``qingce rebuild``: run folders into Elasticsearch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from webapp.cli.errors import CommandPartial
from webapp.cli.opened import opened
from webapp.cli.output import json_option, saying, show_json
from webapp.cli.verify import chosen

if TYPE_CHECKING:
    from indexer.pipeline import IndexResult


@click.command()
@click.argument("run", required=False)
@json_option
def index(run: str | None, as_json: bool) -> None:
    """Index run folders: every new or changed one, or RUN alone.

    Done twice it changes nothing. Exit code 3 where a folder could not be read; the others are indexed all the same.
    """
    from indexer import pipeline
    from indexer.settings import load

    folders = chosen(load().runs, run) if run else None
    with opened() as (store, settings), saying() as say:
        if folders is None:
            results = list(pipeline.index_pending(store, settings, say))
        else:
            results = [pipeline.index_run(folder, store, settings, say) for folder in folders]
    report(results, as_json)


@click.command()
@click.option("--force", is_flag=True, help="Accept that documents or fields are lost against the present index.")
@json_option
def rebuild(force: bool, as_json: bool) -> None:
    """Make the whole index anew from the run folders, beside the present one, then swap.

    The present index serves until the new one is complete. Refused where documents or fields would be lost. Duties are
    judged anew afterwards, and today's scores made of them.
    """
    from indexer import pipeline, scan, scoring

    with opened() as (store, settings), saying() as say:
        results = pipeline.rebuild(store, settings, force, say)
        say("judging every duty anew")
        scan.scan(store, settings)
        scoring.score(store, settings)
    report(results, as_json)


def report(results: Iterable[IndexResult], as_json: bool) -> None:
    """What was indexed; CommandPartial where folders were left out."""
    found = list(results)
    if as_json:
        show_json([asdict(result) for result in found])
    else:
        done = [result for result in found if result.skipped is None]
        click.echo(f"indexed {len(done)} runs: {sum(r.records for r in done)} records, "
                   f"{sum(r.disclosures for r in done)} disclosures, {sum(r.measurements for r in done)} measurements, "
                   f"{sum(r.issues for r in done)} issues")  # fmt: skip
    left = [f"{result.source} {result.run}: {result.skipped}" for result in found if result.skipped]
    if left:
        raise CommandPartial(f"{len(left)} runs were not indexed: {'; '.join(left)}")
