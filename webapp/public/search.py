"""Results of the search box, with facets; and its type-ahead."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, render_template, request, url_for

from indexer.search import facets, highlight, queries, suggest
from indexer.search.queries import Filters
from webapp import results
from webapp.paging import Page, asked
from webapp.public.blueprint import public
from webapp.services import services
from webapp.words import SUMMED

FACETS = ("region", "cls", "state", "kind", "pollutant", "source")


@public.get("/search")
def search() -> str:
    """Results for ``?q=`` within the facets chosen."""
    return results_page("public/search.html")


def results_page(template: str) -> str:
    """The page of results."""
    text, filters = request.args.get("q", "").strip(), asked_filters()
    query = queries.enterprises(text, filters, services().sources().regions)
    number, start = asked(services().settings.page_size)
    body = queries.page(query, start, services().settings.page_size)
    answer = services().store.search("enterprises", {**body, "aggs": facets.of_enterprises(SUMMED)})
    page = Page(number, services().settings.page_size, results.total(answer))
    return render_template(
        template,
        q=text,
        filters=filters,
        page=page,
        rows=[_row(found, queries.words(text)) for found in results.rows(answer)],
        facets=chosen_facets(answer, filters),
        near=[] if page.total else _near(text),
        state_words=SUMMED,
    )


def asked_filters() -> Filters:
    """The facets chosen in the address; an empty value is none."""
    return Filters(**{name: request.args.get(name) or None for name in FACETS})


def chosen_facets(answer: dict[str, Any], filters: Filters) -> dict[str, list[facets.Choice]]:
    """The choices of each facet; of regions only the next step."""
    found = {name: facets.choices(answer, name) for name in FACETS}
    found["region"] = facets.region_choices(found["region"], filters.region)
    found["state"].sort(key=lambda choice: list(SUMMED).index(choice.value))
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


def _near(text: str) -> list[dict[str, Any]]:
    body = suggest.near(text)
    return results.rows(services().store.search("enterprises", body)) if body else []


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
