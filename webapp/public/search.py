"""Results of the search box, with facets; the same as a file; and the type-ahead."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, jsonify, render_template, request, url_for
from flask_babel import gettext as _

from indexer.search import facets, finding, highlight, queries, suggest
from indexer.search.finding import Asked
from indexer.search.queries import Filters, PastFilterError
from webapp import exports, moments, results
from webapp.paging import Page, asked
from webapp.public.blueprint import public
from webapp.services import services
from webapp.words import SUMMED

FACETS = ("region", "industry", "cls", "year", "state", "severity", "kind", "pollutant", "source")


@public.get("/search")
def search() -> str:
    """Results for ``?q=`` within the facets chosen."""
    return results_page("public/search.html")


@public.get("/search.<any(csv, jsonl):form>", endpoint="search_file")
def search_file(form: str) -> Response:
    """The same results as a file, in the same order, all of them up to the limit of an export."""
    asking = asked_search()
    _clauses(asking)
    rows = finding.every(services().store, asking, services().sources().regions, exports.most())
    return exports.enterprises(rows, form)


def results_page(template: str, staff: bool = False) -> str:
    """The page of results; staff may ask for a legal representative too."""
    asking = asked_search(staff)
    size = services().settings.page_size
    number, start = asked(size)
    _clauses(asking)
    aggs = facets.of_enterprises(SUMMED, past=bool(asking.at.day))
    found = finding.find(services().store, asking, services().sources().regions, start, size, aggs)
    return render_template(
        template,
        q=asking.text,
        filters=asking.filters,
        order=asking.order,
        page=Page(number, size, found.total),
        near=found.near,
        rows=[_row(row, queries.words(asking.text)) for row in found.rows],
        facets=chosen_facets(found.answer, asking.filters),
        state_words=SUMMED,
    )


def asked_search(staff: bool = False) -> Asked:
    """The search in the address; an empty value is none, an unknown order the usual one."""
    filters = Filters(**{name: request.args.get(name) or None for name in FACETS})
    order = request.args.get("sort", "")
    return Asked(
        text=request.args.get("q", "").strip(),
        filters=filters,
        order=order if order in queries.ORDERS else "score",
        staff=staff,
        at=moments.asked(),
    )


def _clauses(asking: Asked) -> None:
    """A filter that cannot be answered for the day, or a year that is none, is a 400 page in words."""
    if asking.filters.year and not (asking.filters.year.isascii() and asking.filters.year.isdigit()):
        abort(400, _("year 须是四位数的年份。"))
    try:
        queries.filter_clauses(asking.filters, asking.at)
    except PastFilterError as error:
        abort(400, _("过去某天的查找只能按地区、行业、名录类别和年份筛选。") + f" ({error})")


def chosen_facets(answer: dict[str, Any], filters: Filters) -> dict[str, list[facets.Choice]]:
    """The choices of each facet; of regions only the next step; years newest first."""
    found = {name: facets.choices(answer, name) for name in FACETS}
    found["region"] = facets.region_choices(found["region"], filters.region)
    found["state"].sort(key=lambda choice: list(SUMMED).index(choice.value))
    found["year"].sort(key=lambda choice: choice.value, reverse=True)
    found["severity"].sort(key=lambda choice: choice.value, reverse=True)
    return found


def _row(found: dict[str, Any], words: list[str]) -> dict[str, Any]:
    """An enterprise, with the former names and permit numbers that answer the search, and the words to mark."""
    former = [name["name"] for name in found["names"] if name["name"] != found["name"]]
    return {
        "enterprise": found,
        "words": words,
        "former": [name for name in former if highlight.answers(name, words)],
        "permits": [code for code in found["permit_nos"] if highlight.answers(code, words)] or found["permit_nos"][:1],
    }


@public.get("/suggest.json")
def suggestions() -> Response:
    """Type-ahead for ``?q=``: ``{"suggestions": [{"name", "region", "url"}]}``."""
    body = suggest.type_ahead(request.args.get("q", ""))
    found = results.rows(services().store.search("enterprises", body)) if body else []
    shown = [
        {"name": e["name"], "region": e["region_name"], "url": url_for("public.enterprise", enterprise=e["id"])}
        for e in found
    ]
    return jsonify(suggestions=shown)
