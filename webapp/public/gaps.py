"""The list of gaps: duties past due that are not, late, partly or wrongly placed met; on a page and as a file.

Today's, or with ``known_at`` or ``public_on`` those of a past day.
"""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request

from indexer.search import duties, facets
from indexer.search.duties import GapFilters, Reader
from webapp import gapcsv, gaplist, moments, results
from webapp.paging import Page, asked
from webapp.public.blueprint import public
from webapp.services import services
from webapp.words import GAPS, STATES, SUMMED

FACETS = ("state", "region", "obligation", "year", "severity", "source")


@public.get("/gaps")
def gaps() -> str:
    """The public list of gaps."""
    return gap_page("public/gaps.html", "public", GAPS)


@public.get("/gaps.csv")
def gaps_file() -> Response:
    """The same list as a CSV file, with the same filters."""
    return gapcsv.response(asked_gaps(GAPS), "public")


def gap_page(template: str, reader: Reader, default: tuple[str, ...], region: str | None = None, **more: Any) -> str:
    """One page of gaps for a reader; ``region`` narrows to an officer's region where none was chosen."""
    filters, order = asked_gaps(default, region), asked_order()
    size = services().settings.page_size
    number, start = asked(size)
    at = moments.asked()
    answer = services().store.search(duties.index(at), duties.gap_page(filters, reader, order, start, size, at))
    found = {name: facets.choices(answer, name) for name in FACETS}
    found["region"] = facets.region_choices(found["region"], filters.region)
    return render_template(
        template,
        filters=filters,
        order=order,
        reader=reader,
        page=Page(number, size, results.total(answer)),
        told=gaplist.rows(results.rows(answer), reader, at),
        behind=gaplist.behind(at),
        changed_words=gaplist.changed_words,
        facets=found,
        states=SUMMED,
        default=default,
        **more,
    )


def asked_gaps(default: tuple[str, ...], region: str | None = None) -> GapFilters:
    """The filters in the address. ``state=all`` is every state, without ``state`` the usual ones; ``region`` alike."""
    asked_region = request.args.get("region") or region
    chosen = [state for state in request.args.getlist("state") if state]
    states = tuple(state for state in chosen if state in STATES)
    year = request.args.get("year", "")
    return GapFilters(
        states=() if "all" in chosen else states or default,
        region=None if asked_region == "all" else asked_region,
        obligation=request.args.get("obligation") or None,
        year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
        severity=request.args.get("severity") or None,
        source=request.args.get("source") or None,
    )


def asked_order() -> str:
    """The order asked for; an unknown one is the usual one."""
    order = request.args.get("sort", "")
    return order if order in duties.ORDERS else "severity"
