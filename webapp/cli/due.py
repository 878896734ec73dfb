"""``qingce due``: what falls due in the next days."""

from __future__ import annotations

from typing import Any

import click

from webapp.cli.opened import opened
from webapp.cli.output import json_option, show_json, show_table


@click.command()
@click.option("--region", help="Only subjects of this region (GB/T 2260 code: 31, 3303).")
@click.option("--days", type=click.IntRange(0, 400), default=30, show_default=True, help="How far ahead.")
@click.option("--obligation", help="Only this obligation (O24-Y, PR-2 …).")
@click.option("--public", "public_only", is_flag=True, help="Only what the public may see.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=1_000, show_default=True, help="Most rows.")
@json_option
def due(region: str | None, days: int, obligation: str | None, public_only: bool, limit: int, as_json: bool) -> None:
    """List the duties that fall due in the next days, the nearest first, with what was seen already.

    They are those of the last scan; duties on law from memory are marked unread.
    """
    from indexer import clock
    from indexer.search import upcoming

    ahead = upcoming.Ahead(clock.today(), days, region, obligation)
    with opened() as (store, _):
        store.refresh("duties")
        answer = store.search(
            "duties", upcoming.page(ahead, "public" if public_only else "staff", limit, counted=False)
        )
    rows = [hit["_source"] for hit in answer["hits"]["hits"]]
    total = answer["hits"]["total"]["value"]
    keys = ("id", "enterprise", "enterprise_name", "region_path", "obligation", "item", "period", "due",
            "due_provisional", "due_words", "basis", "law_seen", "first_seen")  # fmt: skip
    if as_json:
        show_json({"from": ahead.today, "until": ahead.until, "total": total,
                   "rows": [{key: row[key] for key in keys} for row in rows]})  # fmt: skip
        return
    show_table(("due", "subject", "obligation", "item", "period", "seen", "law"), map(_cells, rows))
    if total > len(rows):
        click.echo(f"{total - len(rows)} more; --limit or --region narrows", err=True)


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    day = f"{row['due']}{' (provisional)' if row['due_provisional'] else ''}"
    told = (row[key] for key in ("enterprise_name", "obligation", "item", "period"))
    return (day, *told, row["first_seen"] or "not yet", "" if row["law_seen"] else "unread")
