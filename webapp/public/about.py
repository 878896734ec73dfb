"""How the register comes to its states, and the rules that are in force: read from the rules themselves."""

from __future__ import annotations

from flask import render_template

from indexer import lawbook
from indexer.clock import today
from indexer.law.model import Obligation
from webapp.public.blueprint import public
from webapp.services import services
from webapp.words import CHANNELS, STATES


@public.get("/about")
def about() -> str:
    """The method, the states, the obligations judged in public, their instruments and the days moved by notices."""
    law = lawbook.current(services().settings.indexer)
    judged = [row for row in law.active if shown(row)]
    instruments = {basis.instrument for row in judged for basis in row.basis if basis.seen == "S"}
    ids = {row.id for row in judged}
    return render_template(
        "public/about.html",
        obligations=judged,
        instruments=[law.instruments[key] for key in law.instruments if key in instruments],
        overrides=[row for row in law.overrides if row.seen == "S" and row.effect == "moves" and row.obligation in ids],
        titles={key: row.title for key, row in law.instruments.items()},
        states=STATES,
        channels=CHANNELS,
        version=law.version,
        today=today(),
    )


def shown(row: Obligation) -> bool:
    """True for obligations that the public may see: not for staff alone, and founded on a text that was read."""
    return row.audience == "public" and any(basis.seen == "S" for basis in row.basis)
