"""What was disclosed, searched by its words, document number and pollutants."""

from __future__ import annotations

from flask import render_template, request

from indexer.search import disclosures, facets, moment, queries
from indexer.search.disclosures import Filters
from webapp import moments, results
from webapp.paging import Page, asked
from webapp.public.blueprint import public
from webapp.services import services

FACETS = ("kind", "region", "source", "year", "pollutant")


@public.get("/search/disclosures")
def found() -> str:
    """Disclosures for ``?q=`` within the facets chosen."""
    text, filters, order, at = request.args.get("q", "").strip(), asked_filters(), asked_order(), moments.asked()
    size = services().settings.page_size
    number, start = asked(size)
    body = disclosures.page(disclosures.query(text, filters, at), start, size, order)
    answer = services().store.search("disclosures", body)
    choices = {name: facets.choices(answer, name) for name in FACETS}
    choices["region"] = facets.region_choices(choices["region"], filters.region)
    choices["year"].reverse()
    return render_template(
        "public/found.html",
        q=text,
        filters=filters,
        order=order,
        page=Page(number, size, results.total(answer)),
        words=queries.words(text),
        rows=[moment.sightings(row, at) for row in disclosures.rows(answer)],
        facets=choices,
    )


def asked_filters() -> Filters:
    """The facets in the address; an empty value is none."""
    given = {name: request.args.get(name) or None for name in ("kind", "region", "source", "pollutant")}
    year = request.args.get("year", "")
    return Filters(**given, year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None)


def asked_order() -> str:
    """The order asked for; an unknown one is the usual one."""
    order = request.args.get("sort", "")
    return order if order in disclosures.ORDERS else "score"
