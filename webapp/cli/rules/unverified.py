"""``qingce rules unverified``: rows from memory, the one with most duties first."""

from __future__ import annotations

from webapp.cli.opened import opened
from webapp.cli.output import json_option, show_json, show_table
from webapp.cli.rules.group import rules


@rules.command(with_appcontext=False)
@json_option
def unverified(as_json: bool) -> None:
    """List rows and gap rules that rest on law from memory (待核对), by the number of duties affected.

    Such a row is shown to staff alone. `qingce rules attach` keeps the official text, and two people sign with
    `qingce rules sign`; from then on the row counts as seen.
    """
    from indexer.reading import ranked

    with opened() as (store, settings):
        found = ranked(store, settings)
    if as_json:
        show_json([vars(item) for item in found])
        return
    table = (
        (item.duties, item.row, item.sort, item.title, item.words, item.text or "", "、".join(item.signers))
        for item in found
    )
    show_table(("duties", "row", "sort", "title", "from memory", "text attached", "signed by"), table)
