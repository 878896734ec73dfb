"""Rows of the law that are from memory, by the duties that rest on them, with the text attached and who signed."""

from __future__ import annotations

from flask import render_template

from indexer import lawbook
from indexer.reading import ranked
from webapp.review.blueprint import review
from webapp.services import services


@review.get("/rules/unread")
def unread() -> str:
    """The list, and how the present version of the rules came about."""
    settings = services().settings.indexer
    return render_template(
        "review/unread.html",
        rows=ranked(services().store, settings),
        editions=lawbook.editions(settings)[::-1],
        version=lawbook.current(settings).version,
        notices=lawbook.notices(settings),
    )
