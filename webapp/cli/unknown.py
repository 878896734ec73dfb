"""``qingce unknown``: what the vocabulary lacks, most frequent first."""

from __future__ import annotations

import click

from webapp.cli.opened import opened
from webapp.cli.output import json_option, show_json, show_table

PARTS = ("header", "unit", "pollutant", "value", "region", "industry")


@click.command()
@click.option("--kind", "part", type=click.Choice(PARTS), help="Only words missing from this part of the vocabulary.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="Words shown; --json shows all.")
@json_option
def unknown(part: str | None, limit: int, as_json: bool) -> None:
    """Show the words of records that no vocabulary knows, with counts and an example place each.

    Words that the vocabulary has learned since their run was indexed are left out; `qingce rebuild` reads the runs anew
    with today's words.
    """
    from indexer.register.unknown import lacking
    from indexer.search.runs import LACKING, LACKING_FIELDS

    with opened() as (store, _):
        found = lacking(store.scan("runs", LACKING, LACKING_FIELDS), part)
    if as_json:
        show_json(found)
        return
    headers = ("count", "part", "kind", "word", "example")
    rows = [
        (
            lack["count"],
            lack["part"],
            lack["kind"],
            _word(lack["word"], lack["words"]),
            f"{lack['run']} {lack['place']}",
        )
        for lack in found[:limit]
    ]
    show_table(headers, rows)
    click.echo(f"{len(found)} words, {sum(lack['count'] for lack in found)} times", err=True)


def _word(word: str, words: int) -> str:
    return word if words == 1 else f"{word} ({words} more words)"
