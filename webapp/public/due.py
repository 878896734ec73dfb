"""What falls due in the next days, of one region or of all: a page for everybody, with more for staff."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from indexer.clock import today
from indexer.search import facets, upcoming
from indexer.search.duties import Reader
from indexer.search.upcoming import LONGEST, WINDOWS, Ahead
from webapp import dutyview, results
from webapp.paging import Page, asked
from webapp.public.blueprint import public
from webapp.services import services

USUAL = 30


@public.get("/due")
def due() -> str:
    """The public page: duties for the public on law that was read."""
    return due_page("public/due.html", "public")


def due_page(template: str, reader: Reader, region: str | None = None) -> str:
    """The page for a reader; ``region`` is an officer's own, where none was chosen."""
    ahead, size = _asked(region), services().settings.page_size
    number, start = asked(size)
    answer = services().store.search("duties", upcoming.page(ahead, reader, size, start))
    found = services().store.search("duties", upcoming.windows(ahead, reader))
    choices = facets.region_choices(facets.choices(answer, "region"), ahead.region)
    return render_template(
        template,
        ahead=ahead,
        reader=reader,
        views=[dutyview.view(row, reader) for row in results.rows(answer)],  # type: ignore[arg-type]
        page=Page(number, size, results.total(answer)),
        windows={days: _count(found, str(days)) for days in WINDOWS},
        unseen=answer["aggregations"]["unseen"]["doc_count"],
        provisional=answer["aggregations"]["provisional"]["doc_count"],
        facets={"region": choices, "obligation": facets.choices(answer, "obligation")},
    )


def _asked(region: str | None) -> Ahead:
    """The window in the address; nonsense is the usual one, ``region=all`` every region."""
    text, chosen = request.args.get("days", ""), request.args.get("region") or region
    days = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else USUAL
    return Ahead(
        today(), min(days, LONGEST), None if chosen == "all" else chosen, request.args.get("obligation") or None
    )


def _count(answer: dict[str, Any], name: str) -> int:
    return int(answer["aggregations"]["windows"]["buckets"][name]["doc_count"])
