"""Disclosures: of one enterprise, or searched."""

from __future__ import annotations

from typing import Any

from indexer.search import disclosures, moment
from indexer.search.disclosures import Filters
from webapp import moments, results
from webapp.api import cursor
from webapp.api.blueprint import question
from webapp.api.schemas import DisclosuresOut, FoundArgs, OfEnterpriseArgs
from webapp.services import services

FIELDS = [*disclosures.SHOWN, "fields"]


@question("/disclosures", FoundArgs, DisclosuresOut)
def search_disclosures(given: dict[str, Any]) -> dict[str, Any]:
    """Search disclosures by words, document number, pollutant, firm's name."""
    names = ("kind", "region", "source", "pollutant", "year", "enterprise")
    return _page(given["q"], Filters(**{name: given[name] for name in names}), given, given["sort"])


@question("/enterprises/<enterprise>/disclosures", OfEnterpriseArgs, DisclosuresOut)
def of_enterprise(given: dict[str, Any], enterprise: str) -> dict[str, Any]:
    """The disclosures of one enterprise with all their versions, seen last first."""
    results.one("enterprises", enterprise)
    return _page("", Filters(enterprise=enterprise, kind=given["kind"]), given, "seen")


def _page(text: str, filters: Filters, given: dict[str, Any], order: str) -> dict[str, Any]:
    at = moments.asked()
    last = cursor.read(given["after"], len(disclosures.ORDERS[order]))
    body = disclosures.after(disclosures.query(text.strip(), filters, at), last, given["size"], order)
    answer = services().store.search("disclosures", {**body, "_source": FIELDS})
    return {
        "total": results.total(answer) if last is None else None,
        "rows": [moment.sightings(row, at) for row in results.rows(answer)],
        "next": cursor.write(answer["hits"]["hits"], given["size"]),
    }
