"""``qingce visit``: what a person saw with their own eyes counts as a visit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from webapp.cli.group import Tool


@click.group(cls=Tool)
def visit() -> None:
    """Visits by hand: somebody looked at a page and kept a picture of it."""


@visit.command(with_appcontext=False)
@click.argument("screenshot", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", required=True, help="The channel that was looked at (qingce sources list).")
@click.option("--kind", required=True, help="What was looked for: profile, annual_report, emergency_plan, …")
@click.option("--outcome", type=click.Choice(["found", "absent"]), required=True, help="It was there, or was not.")
@click.option("--url", required=True, help="Address of the page.")
@click.option("--name", help="The enterprise, as the site prints it.")
@click.option("--external-id", help="Its id on that site, where it has one.")
@click.option("--uscc", help="Its credit code, where the page shows it.")
@click.option("--region", help="Its county in words or as a code, where the page shows it.")
@click.option("--period", help="Year or quarter that was looked for (2024, 2024Q1).")
@click.option("--at", help="When (2022-04-02T09:30; a bare day is its noon in Shanghai); default now.")
@click.option("--by", "role", required=True, help="Who looked: a role (officer, inspector, clerk, operator, "
              "volunteer), never a name.")  # fmt: skip
def record(screenshot: Path, at: str | None, **said: Any) -> None:
    """Record a look at one enterprise's page, with SCREENSHOT (PNG, JPEG or PDF) as its proof.

    It counts like a crawled page of that day: `absent` is one good look that did not find it. Record it only where the
    page was whole and would have shown it.
    """
    from crawlers.clock import read
    from crawlers.importing import PersonalLook, record_look
    from crawlers.subjects import Subject
    from indexer.settings import load

    who = Subject(name=said.pop("name"), uscc=said.pop("uscc"), external_id=said.pop("external_id"),
                  region=said.pop("region"))  # fmt: skip
    look = PersonalLook(subject=who, at=at or read().stamp(), screenshot=screenshot, **said)
    click.echo(f"written: {record_look(look, load().var)}")
    click.echo("`qingce index` takes it in")
