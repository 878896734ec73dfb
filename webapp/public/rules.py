"""Which rules can fire in a region today: what cannot is shown with its reason, so that silence is not mistaken."""

from __future__ import annotations

from flask import render_template, request

from indexer import lawbook
from indexer.clock import today
from indexer.gaps import params
from indexer.gaps.firing import Firing, Place, firing
from indexer.register import watching
from indexer.register.facts import load_sources
from indexer.search import facets
from indexer.search.duties import Reader
from webapp.public.blueprint import public
from webapp.services import services

GROUPS = ("obligation", "missing", "late", "incomplete", "stale", "inconsistent")


@public.get("/rules")
def rules() -> str:
    """The public page: rules for the public on law that was read."""
    return rules_page("public/rules.html", "public")


def rules_page(template: str, reader: Reader, region: str | None = None) -> str:
    """The page for a reader; ``region`` is an officer's own, where none was chosen."""
    chosen = request.args.get("region") or region
    code = None if chosen == "all" else chosen
    settings, store, day = services().settings.indexer, services().store, today()
    answer = store.search("enterprises", _members(code))
    members = {choice.value: choice.count for choice in facets.choices(answer, "classes")}
    place = Place(code, watching.channels(store, load_sources(settings.sources), day), members)
    law = lawbook.current(settings)
    found = [row for row in firing(law, params.load(), place, day) if reader == "staff" or row.public]
    every = store.search(
        "enterprises", {"size": 0, "aggs": {"region": facets.terms("region_path", facets.REGION_SIZE)}}
    )
    return render_template(
        template,
        reader=reader,
        region=code,
        groups=_grouped(found),
        tally={able: sum(row.able == able for row in found) for able in ("yes", "partly", "no")},
        choices=facets.region_choices(facets.choices(every, "region"), code),
        day=day,
        version=law.version,
        subjects=members,
    )


def _members(code: str | None) -> dict[str, object]:
    """How many enterprises of each class the register knows in the region."""
    query: dict[str, object] = {"term": {"region_path": code}} if code else {"match_all": {}}
    return {"size": 0, "query": query, "aggs": {"classes": facets.terms("classes", facets.REGION_SIZE)}}


def _grouped(found: list[Firing]) -> list[tuple[str, list[Firing]]]:
    return [(group, rows) for group in GROUPS if (rows := [row for row in found if row.group == group])]
