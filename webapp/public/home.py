"""The first page: one search box, what this is, how far it reaches, how to read it."""

from __future__ import annotations

from flask import render_template

from indexer.search import duties, facets, runs
from webapp import reach, results
from webapp.public.blueprint import public
from webapp.services import services
from webapp.words import SUMMED


@public.get("/")
def home() -> str:
    """The first page."""
    sizes = [(name, {"size": 0, "track_total_hits": True}) for name in ("enterprises", "disclosures", "measurements")]
    asked = [("duties", duties.counts("public")), ("runs", runs.by_source()), *sizes]
    counted, looked, *sized = services().store.msearch(asked)
    states = {choice.value: choice.count for choice in facets.choices(counted, "state")}
    enterprises, disclosures, measurements = map(results.total, sized)
    return render_template(
        "public/home.html",
        enterprises=enterprises,
        disclosures=disclosures,
        measurements=measurements,
        sources=len(results.buckets(looked, "source")),
        states=states,
        states_in_order=list(SUMMED.items()),
        as_of=reach.until(choice.value for choice in facets.choices(counted, "as_of")),
    )
