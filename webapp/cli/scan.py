"""``qingce scan``: every duty judged anew."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from webapp.cli.opened import opened
from webapp.cli.output import json_option, saying, show_json, show_table

if TYPE_CHECKING:
    from indexer.engine.store import Store
    from indexer.settings import Settings


@click.command()
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Judge as of the end of this day (default today).")
@click.option("--dry-run", is_flag=True, help="Judge and count, write nothing.")
@json_option
def scan(as_of: datetime | None, dry_run: bool, as_json: bool) -> None:
    """Judge every duty of every enterprise and store its state.

    A past day is judged from what was known by its end; without --dry-run the stored duties then show that day, until
    the next scan.
    """
    from indexer import clock

    day = as_of.date() if as_of else clock.today()
    with opened() as (store, settings):
        told = _judged(store, settings, day) if dry_run else _stored(store, settings, day)
    if as_json:
        show_json(told)
        return
    words = "judged, nothing written" if dry_run else f"{told['written']} written, {told['unchanged']} unchanged"
    click.echo(f"{told['duties']} duties of {told['enterprises']} enterprises as of {day}: {words}")
    show_table(("state", "duties"), sorted(told["states"].items()))
    if "findings" in told:
        click.echo(f"{told['findings']} findings are open, {told['findings_closed']} no longer hold")
    for issue in told.get("issues", []):
        click.echo(f"issue: {issue}", err=True)


def _stored(store: Store, settings: Settings, day: date) -> dict[str, Any]:
    from indexer import clock, frontier
    from indexer.scan import scan as judge

    with saying() as say:
        told = asdict(judge(store, settings, day, progress=lambda count: say(f"{count} enterprises judged")))
        if day == clock.today():
            say("telling the sources whom to look at first")
            frontier.write(store, settings, day)
        return told


def _judged(store: Store, settings: Settings, day: date) -> dict[str, Any]:
    from indexer.register.authority_facts import PREFIX
    from indexer.scan import judge_all

    states: Counter[str] = Counter()
    enterprises: set[str] = set()
    for duty in judge_all(store, settings, day):
        states[duty["state"]] += 1
        if not duty["enterprise"].startswith(PREFIX):
            enterprises.add(duty["enterprise"])
    return {"as_of": day, "enterprises": len(enterprises), "duties": sum(states.values()), "states": dict(states)}
