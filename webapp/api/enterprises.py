"""Enterprises: a search of any length with facets, and one enterprise."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from indexer.search import facets, finding, moment, queries
from indexer.search.finding import Asked
from indexer.search.queries import Filters, PastFilterError
from webapp import moments, redirects
from webapp.api import cursor
from webapp.api.blueprint import question
from webapp.api.schemas import EnterpriseOut, EnterprisesOut, MomentArgs, SearchArgs
from webapp.public.search import FACETS, chosen_facets
from webapp.services import services
from webapp.words import SUMMED


@question("/enterprises", SearchArgs, EnterprisesOut)
def search(given: dict[str, Any]) -> dict[str, Any]:
    """Search enterprises by name, former name, pinyin, initials, code, address, pollutant, within facets."""
    asking = _asked(given)
    last = cursor.read(given["after"], len(queries.ORDERS[asking.order]))
    found = finding.go_on(
        services().store, asking, services().sources().regions, last, given["size"], _aggs(given, asking)
    )
    out = {"rows": found.rows, "near": found.near, "next": cursor.write(found.answer["hits"]["hits"], given["size"])}
    if last is None:
        out["total"] = found.total
    if given["facets"]:
        out["facets"] = chosen_facets(found.answer, asking.filters)
    # What is near has no order to go on in.
    return {**out, "next": None} if found.near else out


def _asked(given: dict[str, Any]) -> Asked:
    filters = Filters(**{name: str(given[name]) if given[name] else None for name in FACETS})
    asking = Asked(given["q"].strip(), filters, given["sort"], at=moments.asked())
    try:
        queries.filter_clauses(filters, asking.at)
    except PastFilterError as error:
        abort(400, _("过去某天的查找只能按地区、行业、名录类别和年份筛选。") + f" ({error})")
    return asking


def _aggs(given: dict[str, Any], asking: Asked) -> dict[str, Any] | None:
    return facets.of_enterprises(SUMMED, past=bool(asking.at.day)) if given["facets"] else None


@question("/enterprises/<enterprise>", MomentArgs, EnterpriseOut)
def one(given: dict[str, Any], enterprise: str) -> dict[str, Any] | Response:
    """One enterprise; an id of old leads to the present one (301)."""
    at = moments.asked()
    found = services().store.get("enterprises", enterprise)
    if found is None:
        successor = redirects.successor(enterprise)
        if successor:
            return redirect(url_for("api.one", **{"enterprise": successor, **at.argument}), 301)  # type: ignore[arg-type]
        abort(404, _("清册中没有编号为 %(id)s 的企业。", id=enterprise))
    if at.day and found["first_seen"] > at.day:
        abort(404, _("%(day)s 时清册还不知道这家企业。", day=at.day))
    return moment.enterprise(found, at)
