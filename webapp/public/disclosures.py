"""All disclosures of an enterprise, with their versions, of one kind or of all."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import Any

from flask import render_template, request

from indexer.register.difference import Difference, difference
from indexer.search import enterprise as questions
from indexer.search import moment
from webapp import moments, results
from webapp.paging import Page, asked
from webapp.public.blueprint import public
from webapp.services import services


@public.get("/enterprise/<enterprise>/disclosures")
def disclosures(enterprise: str) -> str:
    """The disclosures, the versions of one thing together, newest first."""
    return disclosure_page("public/disclosures.html", enterprise, staff=False)


def disclosure_page(template: str, enterprise: str, staff: bool) -> str:
    """One page of disclosures; contacts only for staff."""
    size = services().settings.page_size
    number, start = asked(size)
    kind = request.args.get("kind") or None
    at = moments.asked()
    answer = services().store.search("disclosures", questions.disclosures(enterprise, kind, start, size, staff, at))
    things = together([moment.sightings(one, at) for one in results.rows(answer)])
    return render_template(
        template,
        enterprise=moment.enterprise(results.one("enterprises", enterprise), at),
        kind=kind,
        staff=staff,
        things=things,
        differences=differences(things),
        page=Page(number, size, results.total(answer)),
    )


def together(rows: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Versions of one key together; ``rows`` come sorted by kind and key."""
    return [list(group) for _, group in groupby(rows, key=lambda row: (row["source"], row["kind"], row["key"]))]


def differences(things: list[list[dict[str, Any]]]) -> dict[str, list[Difference]]:
    """Each version's id → what differs from the version before it; ``things`` have the newest version first."""
    pairs = [pair for versions in things for pair in pairwise(versions)]
    return {later["id"]: difference(before, later) for later, before in pairs}
