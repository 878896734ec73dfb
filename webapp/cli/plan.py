"""``qingce plan``: what a crawl will cost, before a source is enabled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from webapp.cli.output import json_option, show_json, show_table

if TYPE_CHECKING:
    from crawlers.plan import Plan

HEADERS = ("source", "requests", "time", "size", "pace", "cadence", "runs", "from")


@click.command()
@click.argument("sources", metavar="[SOURCE]...", nargs=-1)
@json_option
def plan(sources: tuple[str, ...], as_json: bool) -> None:
    """Tell what one crawl of each SOURCE takes: requests, days at the polite pace, bytes (default: every source).

    From its finished runs where there are any, else from the sizes that its file states. No site is asked.
    """
    found = list(_plans(sources))
    if as_json:
        show_json([asdict(one) for one in found])
        return
    show_table(HEADERS, ([*_row(one)] for one in found))
    for one in found:
        if one.share is not None and one.share > 1:
            click.echo(f"{one.source}: a crawl takes longer than its cadence ({one.cadence}); make it rarer", err=True)


def _plans(names: tuple[str, ...]) -> Iterator[Plan]:
    from crawlers import clock, settings
    from crawlers.plan import plan as of
    from crawlers.source import all_sources, effective

    own = settings.load()
    found = [effective(name) for name in names] if names else all_sources()
    for source in found:
        # What a person supplies has no site to ask.
        if source.family != "supplied":
            yield of(source, own.var, clock.read().today(), own.run_seconds)


def _row(one: Plan) -> Iterator[Any]:
    yield one.source
    yield f"{one.requests:,}" if one.requests is not None else "?"
    yield _time(one.days) if one.days is not None else "?"
    yield _size(one.bytes) if one.bytes is not None else "?"
    yield from (one.pace, one.cadence, one.runs or "?", one.basis)


def _time(days: float) -> str:
    if days >= 1:
        return f"{days:.1f} days"
    return f"{days * 24:.1f} hours" if days * 24 >= 1 else f"{days * 1440:.0f} minutes"


def _size(count: int) -> str:
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.1f} MB"
