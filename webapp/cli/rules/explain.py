"""``qingce rules explain``: how a due date came about for one subject on one day, or why it owes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from webapp.cli.opened import opened
from webapp.cli.output import json_option, show_json
from webapp.cli.rules.group import rules

if TYPE_CHECKING:
    from indexer.engine.store import Store
    from indexer.gaps.finding import Judged
    from indexer.law.explain import Explanation


@dataclass(frozen=True)
class Told:
    """The law's explanation, whom it is about, and how each duty stood on the day."""

    name: str
    law: Explanation
    judged: dict[str, Judged]


@rules.command(with_appcontext=False)
@click.argument("obligation", metavar="ID")
@click.argument("day", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE")
@click.argument("subject")
@json_option
def explain(obligation: str, day: datetime, subject: str, as_json: bool) -> None:
    """Explain, article by article, what the obligation ID asked of SUBJECT as known on DATE, and by when.

    SUBJECT is an enterprise's or an authority's id (e-…, a-3205), or an enterprise's full name. Where nothing is owed,
    it says why.
    """
    from indexer import lawbook
    from indexer.judging import Judge
    from indexer.law.explain import explain as of
    from indexer.scan import subjects

    with opened() as (store, settings):
        law = lawbook.current(settings)
        if obligation not in law.obligations:
            raise click.UsageError(f"no obligation {obligation!r}; the ids are {', '.join(law.obligations)}")
        identifier = _identifier(store, subject)
        found = next(iter(subjects(store, settings, day.date(), [identifier])), None)
    if found is None:
        raise click.UsageError(f"{identifier} was not known by the end of {day:%Y-%m-%d}")
    judged = {one.duty.id: one for one in Judge.by(law).judged(found, day.date())}
    told = Told(found.name, of(obligation, found, law, day.date()), judged)
    if as_json:
        show_json(_json(told))
        return
    for line in _lines(told):
        click.echo(line)


def _identifier(store: Store, subject: str) -> str:
    """An id as it is; a name's id where exactly one enterprise has it."""
    from indexer.normalise import names
    from indexer.register.storage import term

    if subject.startswith(("e-", "a-")):
        return subject
    found = list(
        store.scan("enterprises", term("search_names.exact", names.fold(subject).lower()), source=["id", "name"])
    )
    if len(found) != 1:
        told = "; ".join(f"{row['id']} {row['name']}" for row in found[:10]) or "none"
        raise click.UsageError(f"{subject!r} is the name of {len(found)} enterprises ({told}); give an id")
    return str(found[0]["id"])


def _lines(told: Told) -> Iterator[str]:
    law = told.law
    yield f"{law.obligation.id} {law.obligation.item} · {told.name} ({law.subject}) · as of {law.as_of}"
    for one in law.duties:
        yield ""
        yield f"{one.duty.period}: due {one.duty.due.latest}{' (provisional)' if one.duty.due.provisional else ''}"
        yield from (f"  {step}" for step in one.steps)
        state = told.judged.get(one.duty.id)
        if state is not None:
            yield f"  状态：{state.state}" + (f"（{state.reason}）" if state.reason else "")
    if not law.duties:
        yield "no duty on that day:"
    elif law.reasons:
        yield "\nnot owed, or not yet:"
    yield from (f"  {reason}" for reason in law.reasons)


def _json(told: Told) -> dict[str, Any]:
    law = told.law
    return {
        "obligation": law.obligation.id, "item": law.obligation.item, "subject": law.subject, "name": told.name,
        "as_of": law.as_of,
        "duties": [
            {"id": one.duty.id, "period": one.duty.period, "due": one.duty.due.latest,
             "due_earliest": one.duty.due.earliest, "provisional": one.duty.due.provisional, "basis": one.duty.basis,
             "law_seen": one.duty.law_seen, "steps": one.steps,
             "state": told.judged[one.duty.id].state if one.duty.id in told.judged else None,
             "reason": told.judged[one.duty.id].reason if one.duty.id in told.judged else None}
            for one in law.duties
        ],
        "reasons": law.reasons,
    }  # fmt: skip
