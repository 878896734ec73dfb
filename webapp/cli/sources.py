"""``qingce sources``: which sources there are, which are enabled, and what each covers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from webapp.cli.group import Tool
from webapp.cli.output import json_option, show_json, show_table

if TYPE_CHECKING:
    from crawlers.source import Source


@click.group(cls=Tool)
def sources() -> None:
    """The sources: list them, look at one, enable or disable them."""


@sources.command("list", with_appcontext=False)
@json_option
def list_(as_json: bool) -> None:
    """List every source known, with what it covers and whether it is enabled here."""
    from crawlers.source import all_sources
    from indexer.settings import load

    folder = load().sources
    rows = [_row(source, folder) for source in all_sources()]
    if as_json:
        show_json(rows)
        return
    headers = ("name", "enabled", "channel", "regions", "cadence", "maturity", "title")
    show_table(headers, ([_cell(row[header]) for header in headers] for row in rows))


@sources.command(with_appcontext=False)
@click.argument("source")
def show(source: str) -> None:
    """Print a source's effective definition as JSON, with everything it extends."""
    from crawlers.source import EXPORTED, effective

    found = effective(source)
    show_json({key: found.data[key] for key in EXPORTED})


@sources.command(with_appcontext=False)
@click.argument("names", metavar="SOURCE...", nargs=-1, required=True)
def enable(names: tuple[str, ...]) -> None:
    """Enable sources: the schedule crawls them, and their duties are judged as watched."""
    from crawlers.source import effective
    from indexer.settings import load

    folder = load().sources
    for path in [write(source, folder) for source in [effective(name) for name in names]]:
        click.echo(f"enabled {path.stem}")


@sources.command(with_appcontext=False)
@click.argument("names", metavar="SOURCE...", nargs=-1, required=True)
def disable(names: tuple[str, ...]) -> None:
    """Disable sources: they are crawled no longer; what was gathered stays."""
    from indexer.settings import load

    folder = load().sources
    absent = [name for name in names if not (folder / f"{name}.json").is_file()]
    if absent:
        raise click.UsageError(f"not enabled: {', '.join(absent)}; see `qingce sources list`")
    for name in names:
        (folder / f"{name}.json").unlink()
        click.echo(f"disabled {name}")


def write(source: Source, folder: Path) -> Path:
    """Write the effective definition by which a source is enabled (contracts, section 1)."""
    from crawlers.source import export

    return export(source, folder, f"{source.name}.json")


def _row(source: Source, folder: Path) -> dict[str, Any]:
    from crawlers.maturity import maturity, saved

    covers = source.data["covers"]
    return {
        "name": source.name,
        "enabled": (folder / f"{source.name}.json").is_file(),
        "channel": source.data["channel"],
        "regions": sorted({region for cover in covers for region in cover["regions"]}),
        "kinds": sorted({kind for cover in covers for kind in cover["kinds"]}),
        "cadence": source.data["cadence"],
        "verified": source.data["verified"],
        "maturity": maturity(source, any(saved(source).glob("*/*/output.json"))),
        "title": source.data["title"],
    }


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return " ".join(value) if isinstance(value, list) else str(value)
