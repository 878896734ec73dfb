"""``qingce authorities``: who publishes sources and who decided what the register holds."""

from __future__ import annotations

import click

from webapp.cli.opened import opened
from webapp.cli.output import json_option, show_json, show_table


@click.command()
@json_option
def authorities(as_json: bool) -> None:
    """List authorities: publishers of sources, and issuers of penalties, permits and approvals, with counts."""
    from indexer.register import authorities as register
    from webapp.sources import SourceShelf

    with opened() as (store, settings):
        answer = store.search("disclosures", register.query())
        publishers = [
            (source.name, source.publisher) for source in SourceShelf(settings.var / "sources").book().sources.values()
        ]
    found = register.listed(answer, publishers)
    if as_json:
        show_json(found)
        return
    rows = (
        (one["name"], one["region_name"], ", ".join(f"{kind} {count}" for kind, count in one["kinds"].items()),
         ", ".join(one["sources"]), one["last_seen"])
        for one in found
    )  # fmt: skip
    show_table(("authority", "region", "disclosures", "publishes", "last seen"), rows)
