"""``qingce calendar``: the days off of each year, and importing the next notice of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from webapp.cli.errors import CommandFailed
from webapp.cli.group import Tool
from webapp.cli.opened import opened
from webapp.cli.output import json_option, saying, show_json, show_table

if TYPE_CHECKING:
    from indexer.law.holidays import Notice
    from indexer.law.rules import Rules
    from indexer.rulediff import Difference


@click.group(cls=Tool)
def calendar() -> None:
    """Working days by the State Council's yearly notices (节假日安排)."""


@calendar.command("import", with_appcontext=False)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show which due days would move; keep nothing.")
@json_option
def import_(file: Path, dry_run: bool, as_json: bool) -> None:
    """Import the notice of a year's days off from FILE (YAML or CSV), and judge the duties concerned anew.

    FILE names the year, the days off, the made-up working days, the notice (citation) and the day on which a person
    compared it with the official text (checked). Due days that were provisional for want of it become certain; how
    many moved, and which, is told and kept. A second notice for a year takes the place of the first.
    """
    from indexer import clock, days, lawbook
    from indexer.rulediff import told
    from indexer.settings import load

    notice, data = _read(file), file.read_bytes()
    today = clock.today()
    if notice.checked > today:
        raise CommandFailed(
            f"{file.name}: checked: {notice.checked} lies after today, {today}; give the day of checking"
        )
    if notice in lawbook.notices(load()):
        raise CommandFailed(f"{file.name}: the notice of {notice.year} is imported already; nothing changes")
    with opened() as (store, settings), saying() as say:

        def shown(count: int) -> None:
            say(f"{count} subjects judged twice")

        if dry_run:
            found = days.preview(store, settings, notice, today, shown)
        else:
            found = days.take_in(store, settings, notice, data, today, shown)
    if as_json:
        show_json({"year": notice.year, "kept": not dry_run, "difference": told(found)})
        return
    for line in _lines(notice, found, dry_run):
        click.echo(line)


@calendar.command(with_appcontext=False)
@click.argument("year", type=click.IntRange(2004, 2200), required=False)
@json_option
def show(year: int | None, as_json: bool) -> None:
    """Show where the calendar of each year comes from; of one YEAR its days off and made-up working days."""
    from indexer import lawbook
    from indexer.settings import load

    rules = lawbook.current(load())
    told = [_year(rules, number) for number in ([year] if year else _years(rules))]
    if as_json:
        show_json(told[0] if year else told)
        return
    head = ("year", "source", "days off", "made up", "citation", "checked")
    show_table(
        head, ((t["year"], t["source"], len(t["off"]), len(t["work"]), t["citation"], t["checked"]) for t in told)
    )
    if year:
        for key, words in (("off", "off"), ("work", "work")):
            click.echo(f"{words}: {', '.join(str(day) for day in told[0][key]) or '(weekends alone)'}")


def _read(file: Path) -> Notice:
    from indexer.law.holidays import parse

    try:
        return parse(file.read_text(encoding="utf-8-sig"), file.name)
    except UnicodeDecodeError as error:
        raise CommandFailed(f"{file.name}: is not UTF-8 text ({error}); save it as UTF-8") from error


def _years(rules: Rules) -> list[int]:
    from indexer.law.calendar import FIRST_YEAR, LAST_YEAR

    imported = {notice.year for notice in rules.calendar.notices}
    last = max({LAST_YEAR, *imported}) + 1
    return list(range(FIRST_YEAR, last + 1))


def _year(rules: Rules, year: int) -> dict[str, Any]:
    """Where one year comes from, the weekdays that are off and the weekend days that are worked."""
    from indexer.law.calendar import ONE_DAY

    calendar, day = rules.calendar, date(year, 1, 1)
    notice = next((one for one in calendar.notices if one.year == year), None)
    off: list[date] = []
    work: list[date] = []
    while day.year == year:
        works = calendar.is_workday(day)
        if works != (day.weekday() < 5):
            (work if works else off).append(day)
        day += ONE_DAY
    source = "imported notice" if notice else "library" if calendar.known(date(year, 7, 1)) else "none: provisional"
    return {"year": year, "source": source, "off": off, "work": work, "citation": notice.citation if notice else None,
            "checked": notice.checked if notice else None}  # fmt: skip


def _lines(notice: Notice, found: Difference, dry_run: bool) -> Iterator[str]:
    from webapp.cli.rules.diff import lines

    done = "would be imported" if dry_run else "imported"
    yield f"{notice.year}: {len(notice.off)} days off, {len(notice.work)} made up: {done} ({notice.citation})"
    yield f"{found.duties['due'].count} due days moved, {found.duties['settled'].count} no longer provisional"
    yield from lines(found)
