"""``qingce scores``: the scores of a day, and a ranking of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from webapp.cli.errors import CommandFailed
from webapp.cli.opened import opened
from webapp.cli.output import json_option, saying, show_json, show_table

if TYPE_CHECKING:
    from indexer.engine.store import Store
    from indexer.search.duties import Reader
    from indexer.settings import Settings

SHOWN = 50
"""Rows of a table; ``--json`` gives all."""


@click.command()
@click.option("--region", help="Rank the enterprises of this region (code) instead of the provinces and cities.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Scores as of the end of this day (default today).")
@click.option(
    "--rubric", default="ours", show_default=True, help="The rubric to list by (indexer/gaps/scores/rubrics)."
)
@click.option("--public", is_flag=True, help="List the scores that the public sees, not those for staff.")
@click.option("--again", is_flag=True, help="Reckon anew what was reckoned for that day already.")
@json_option
def scores(region: str | None, as_of: datetime | None, rubric: str, public: bool, again: bool, as_json: bool) -> None:
    """Reckon the scores of every enterprise, region and authority, store them, and list them by rank.

    They become the scores of that day's month. A past day is judged anew from what was known by its end.
    """
    from indexer import clock
    from indexer.search.scores import Wanted

    day = as_of.date() if as_of else clock.today()
    kinds = ("enterprise",) if region else ("province", "city")
    _check(rubric, kinds[0])
    with opened() as (store, settings):
        said = _reckoned(store, settings, day, again)
        reader: Reader = "public" if public else "staff"
        rows = [
            row for kind in kinds for row in _rows(store, Wanted(rubric, reader, kind, f"{day:%Y-%m}", region), as_json)
        ]  # fmt: skip
    if as_json:
        show_json({"as_of": day, "reckoned": said, "rows": rows})
        return
    click.echo(said or f"scores of {day} were reckoned already; --again reckons them anew")
    show_table(("rank", "of", "between", "total", "grade", "V", "n", "subject", "name"), map(_row, rows))


def _check(rubric: str, kind: str) -> None:
    """A usage error for a rubric that there is none of, or that has no scores of this kind."""
    from indexer.gaps.scores import rubricfile

    known = rubricfile.load()
    fitting = [key for key, one in known.items() if (kind in one.subjects if kind == "enterprise" else one.regions)]
    if rubric not in fitting:
        raise click.UsageError(f"rubric {rubric!r} has no scores of this kind; there are {', '.join(fitting)}")


def _reckoned(store: Store, settings: Settings, day: date, again: bool) -> str | None:
    from indexer import scoring

    if not again and not scoring.due(store, day):
        return None
    with saying() as say:
        told = scoring.score(store, settings, day, progress=lambda count: say(f"{count} enterprises scored"))
    if told.later is not None:
        raise CommandFailed(
            f"scores: {told.month} has scores of {told.later} already, which is later than {day};"
            " ask for that day or the last day of an earlier month"
        )
    return (
        f"{told.enterprises} enterprises, {told.authorities} authorities, {told.regions} scores of regions as of {day}:"
        f" {told.written} written, {told.removed} removed"
    )


def _rows(store: Store, wanted: Any, every: bool) -> list[dict[str, Any]]:
    """The ranked ones, the best first; of regions the others after them."""
    from indexer.search import scores as questions

    if wanted.kind != "enterprise":
        hits = store.search("scores", questions.places(wanted))["hits"]["hits"]
        found = [hit["_source"] for hit in hits]
        return [row for row in found if not row["doubt"]] + [row for row in found if row["doubt"]]
    if every:
        query = questions.ranked(wanted, 0, 0)["query"]
        return list(store.scan("scores", query, _fields(), questions.ORDER))
    return [hit["_source"] for hit in store.search("scores", questions.ranked(wanted, 0, SHOWN))["hits"]["hits"]]


def _fields() -> list[str]:
    """All but the lines, which would make a list of a hundred thousand a gigabyte."""
    from indexer.register.documents import Score

    return [name for name in Score.__annotations__ if name != "lines"]


def _row(row: dict[str, Any]) -> tuple[Any, ...]:
    rank = row["ranks"][0] if row["ranks"] else None
    place = (rank["rank"], rank["of"], f"{rank['low']}-{rank['high']}") if rank else (row["doubt"], None, None)
    total = None if row["total"] is None else f"{row['total']:.2f}"
    return (
        *place,
        total,
        row["grade"],
        f"{row['observable']:.0%}",
        row["due"],
        f"{row['kind']} {row['subject']}",
        row["name"],
    )
