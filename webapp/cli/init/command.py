"""The command: asks what was not given, writes ``.env`` and the enabled sources, says what stays in the dark."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from webapp.cli.output import show_table

if TYPE_CHECKING:
    from crawlers.source import Source


@click.command()
@click.option("--region", help="Where you look: a name (上海市) or a GB/T 2260 code (31).")
@click.option("--operator", help="Who runs this copy, for the sites' keepers: a page or an e-mail address.")
@click.option("--source", "names", multiple=True, help="A source to enable; may be given several times.")
def init(region: str | None, operator: str | None, names: tuple[str, ...]) -> None:
    """Set this copy up: region, operator, sources.

    Writes .env and the enabled sources in the data folder, and says which duties cannot be observed with that choice,
    and why. Asks for what was not given. Safe to run again.
    """
    from crawlers.source import all_sources, effective
    from indexer.settings import load
    from webapp.cli.init import envfile
    from webapp.cli.sources import write

    code = _region(region or click.prompt("Region (name or code)"))
    contact = (
        operator if operator is not None else click.prompt("Operator (page or e-mail address; shown to the sites)")
    )
    chosen = [effective(name) for name in names] or _ask([s for s in all_sources() if _reaches(s, code)])
    envfile.write(Path(".env"), {"QINGCE_CONTACT": contact})
    folder = load().sources
    for source in chosen:
        write(source, folder)
    click.echo(f"enabled: {', '.join(source.name for source in chosen) or 'none'}; written: .env, {folder}")
    _tell_blind(chosen, code)


def _region(text: str) -> str:
    from indexer.normalise import regions

    code = regions.china().find(text)
    if code is None:
        raise click.UsageError(f"no region {text!r} (or several): give its full name or its GB/T 2260 code")
    return code


def _reaches(source: Source, region: str) -> bool:
    codes = [code for cover in source.data["covers"] for code in cover["regions"]]
    return any(code.startswith(region) or region.startswith(code) for code in codes)


def _ask(offered: list[Source]) -> list[Source]:
    if not offered:
        click.echo("no source covers this region: write one (docs/how-to/add-a-source.md), or import by hand", err=True)
        return []
    for source in offered:
        click.echo(f"  {source.name}: {source.data['title']} (last good live run: {source.data['verified']})")
    known = {source.name: source for source in offered}
    answer = click.prompt("Sources (names with spaces between)", default=" ".join(known))
    wrong = [name for name in answer.split() if name not in known]
    if wrong:
        raise click.UsageError(f"not among these: {', '.join(wrong)}")
    return [known[name] for name in answer.split()]


def _tell_blind(chosen: list[Source], region: str) -> None:
    from indexer.law import rules
    from webapp.cli.init.blind import blind

    covers: list[dict[str, Any]] = [
        {"channel": source.data["channel"], **cover} for source in chosen for cover in source.data["covers"]
    ]
    found = blind(rules.default().active, covers, region)
    if not found:
        click.echo("every duty that is judged can be observed here")
        return
    click.echo("these duties cannot be observed with this choice; they will say so and accuse nobody:")
    show_table(("duty", "item", "why"), ((row.obligation, row.item, row.why) for row in found))
