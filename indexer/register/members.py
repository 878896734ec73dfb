"""Who stood on a source's lists in a run, read from its folder: what the index keeps of a list is no history of it."""

from __future__ import annotations

from pathlib import Path

from indexer.register.identities import who
from indexer.register.runs import Run, RunError, open_run
from indexer.register.sourcefile import Source, parse

_LISTING = b'"listing"'


def members(run: Run, source: Source) -> dict[str, str]:
    """Identity key → name of everyone whom the listing records of a run name."""
    found: dict[str, str] = {}
    for record in run.records_with(_LISTING):
        person = who(source, record["subject"]) if record["kind"] == "listing" else None
        if person is not None:
            found[person.key] = person.name or person.external_id
    return found


def members_of(folder: Path) -> dict[str, str] | None:
    """The same of a run folder; None where it cannot be read any more."""
    try:
        run = open_run(folder)
        return members(run, parse(run.source))
    except (RunError, ValueError):
        return None
