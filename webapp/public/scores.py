"""Rankings: provinces or cities with their authorities beside them, and the enterprises within a region."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from indexer.gaps.scores import rubricfile
from indexer.gaps.scores.rubric import Rubric
from indexer.search import scores as questions
from indexer.search.duties import Reader
from indexer.search.scores import Wanted
from webapp import results, scoreview
from webapp.paging import Page, asked
from webapp.public.blueprint import public
from webapp.services import services

AUTHORITY = "authority"


@public.get("/scores")
def scores() -> str:
    """Provinces (``?kind=city``: cities, ``region`` those of a province), by ``rubric`` and ``month``."""
    return places_page("public/scores.html", "public")


@public.get("/scores/enterprises")
def enterprise_scores() -> str:
    """The enterprises that are ranked, within ``?region=``."""
    return enterprises_page("public/scores.html", "public")


def places_page(template: str, reader: Reader) -> str:
    """All provinces or cities for a reader: the ranked ones first, those with too little to see after them."""
    kind = "city" if request.args.get("kind") == "city" else "province"
    region = request.args.get("region") or None
    rubric = scoreview.rubric_of(request.args.get("rubric"), kind)
    months = scoreview.months(rubric, reader)
    month = scoreview.month_of(request.args.get("month"), months)
    rows: list[dict[str, Any]] = []
    beside: dict[str, dict[str, Any]] = {}
    if month:
        wanted = Wanted(rubric.key, reader, kind, month, region)
        found = results.rows(services().store.search("scores", questions.places(wanted)))
        # Those with too little to see stand in the order of their codes: an order by total would look like a ranking.
        rows = [row for row in found if row["doubt"] is None]
        rows += sorted((row for row in found if row["doubt"] is not None), key=lambda row: str(row["subject"]))
        beside = _authorities(reader, month)
    return _page(template, reader, kind, region, rubric, months, month, rows=rows, authorities=beside, page=None,
                 unranked=0)  # fmt: skip


def _authorities(reader: Reader, month: str) -> dict[str, dict[str, Any]]:
    """Region → the score of its authority: a column of its own, never part of the region's."""
    body = questions.places(Wanted(AUTHORITY, reader, AUTHORITY, month))
    found = results.rows(services().store.search("scores", body))
    return {row["region"]: row for row in found if row["region"]}


def enterprises_page(template: str, reader: Reader) -> str:
    """One page of the enterprises of a region for a reader: only those that may be ranked."""
    region = request.args.get("region") or None
    rubric = scoreview.rubric_of(request.args.get("rubric"), "enterprise")
    months = scoreview.months(rubric, reader)
    month = scoreview.month_of(request.args.get("month"), months)
    size = services().settings.page_size
    number, start = asked(size)
    rows: list[dict[str, Any]] = []
    page, without = Page(number, size, 0), 0
    if month:
        wanted = Wanted(rubric.key, reader, "enterprise", month, region)
        ranked, rest = services().store.msearch([
            ("scores", questions.ranked(wanted, start, size)), ("scores", questions.unranked(wanted)),
        ])  # fmt: skip
        rows, page, without = results.rows(ranked), Page(number, size, results.total(ranked)), results.total(rest)
    return _page(template, reader, "enterprise", region, rubric, months, month, rows=rows, authorities={}, page=page,
                 unranked=without)  # fmt: skip


def _page(
    template: str, reader: Reader, kind: str, region: str | None, rubric: Rubric, months: list[str], month: str | None,
    **more: Any,
) -> str:  # fmt: skip
    return render_template(
        template,
        reader=reader,
        kind=kind,
        region=region,
        rubric=rubric,
        rubrics=scoreview.rubrics(kind),
        months=months,
        month=month,
        authority=rubricfile.load()[AUTHORITY],
        view=scoreview,
        **more,
    )
