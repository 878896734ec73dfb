"""The first page: one search box, what this is, how far it reaches, how to read it."""

from __future__ import annotations

from flask import render_template

from indexer.search import duties, facets, runs
from webapp import results
from webapp.public.blueprint import public
from webapp.services import services
from webapp.words import SUMMED


@public.get("/")
def home() -> str:
    """The first page."""
    store = services().store
    counted = store.search("duties", duties.counts("public"))
    states = {choice.value: choice.count for choice in facets.choices(counted, "state")}
    looked = results.buckets(store.search("runs", runs.by_source()), "source")
    return render_template(
        "public/home.html",
        enterprises=store.count("enterprises"),
        disclosures=store.count("disclosures"),
        measurements=store.count("measurements"),
        sources=len(looked),
        states=states,
        states_in_order=list(SUMMED.items()),
        as_of=next((choice.value for choice in facets.choices(counted, "as_of")), None),
    )
