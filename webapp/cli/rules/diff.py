"""``qingce rules diff``: what changed rules files would change in the results before they are used."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from webapp.cli.opened import opened
from webapp.cli.output import json_option, saying, show_json
from webapp.cli.rules.group import rules

if TYPE_CHECKING:
    from indexer.rulediff import Changes, Difference

SHOWN = 5
SORTS = {
    "added": "duties added", "removed": "duties removed", "due": "due days moved",
    "settled": "due days provisional or certain now", "state": "states changed",
    "public_state": "states changed for the public", "law": "basis read otherwise",
}  # fmt: skip


@rules.command(with_appcontext=False)
@click.argument("path", type=click.Path(path_type=Path), metavar="FOLDER|FILE")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Judge as of the end of this day (default today).")
@json_option
def diff(path: Path, as_of: datetime | None, as_json: bool) -> None:
    """Show what the changed rules in FOLDER (or one changed FILE) would change in the results.

    A file takes the place of the rules file of its name (o24.yaml, overrides.yaml, late.yaml …); a folder with all
    files of the law stands for the whole law. All stored facts are judged by both; nothing is written.
    """
    from indexer import clock, lawbook
    from indexer.judging import Judge
    from indexer.rulechange import changed
    from indexer.rulediff import compare, told

    law, gaps = changed(path)
    with opened() as (store, settings), saying() as say:
        added = lawbook.notices(settings), lawbook.read(settings).signed()
        after = Judge.by(lawbook.over(law, *added), gaps)
        day = as_of.date() if as_of else clock.today()
        found = compare(store, settings, day, Judge.by(lawbook.current(settings)), after, None,
                        lambda count: say(f"{count} subjects judged twice"))  # fmt: skip
    if as_json:
        show_json(told(found))
        return
    for line in lines(found):
        click.echo(line)


def lines(found: Difference) -> Iterator[str]:
    """The difference in words: counts, and a few examples of each sort."""
    yield f"rules {found.before} → {found.after}, {found.subjects} subjects judged as of {found.as_of}"
    yield f"duties: {found.duties_before} → {found.duties_after}"
    if found.nothing:
        yield "nothing changes in the results"
        return
    for sort, words in SORTS.items():
        yield from _lines(words, found.duties[sort])
        if sort == "state":
            yield from (f"  {turn}: {number}" for turn, number in sorted(found.states.items()))
    for sort, changes in found.findings.items():
        yield from _lines(f"findings {sort}", changes)


def _lines(words: str, changes: Changes) -> Iterator[str]:
    if not changes.count:
        return
    by = ", ".join(f"{key} {number}" for key, number in sorted(changes.by.items()))
    yield f"{words}: {changes.count} ({by})"
    for change in changes.examples[:SHOWN]:
        yield f"  {change.id} {change.subject}: {change.before or '(none)'} → {change.after or '(none)'}"
    if changes.count > SHOWN:
        yield f"  … and {changes.count - SHOWN} more (--json lists them)"
