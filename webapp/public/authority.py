"""Authorities (主管部门) and what they themselves owe the public: a list, and a checklist a year for each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import abort, render_template, request
from flask_babel import gettext as _

from indexer import lawbook
from indexer.register.authority_facts import PREFIX
from indexer.register.documents import Duty
from indexer.search import duties, facets
from indexer.search.duties import Reader
from webapp import dutyview, reach, results
from webapp.dutyview import DutyView
from webapp.public.blueprint import public
from webapp.services import services
from webapp.words import StateWords

YEARS = 3
"""Years of the checklist, the newest first."""
MOST = 500
"""Authorities listed at most: a country has some 370 provinces and cities."""


@dataclass(frozen=True)
class Cell:
    """One item in one year: how its duties stand, the worst first, and the one to look at first."""

    tally: tuple[tuple[StateWords, int], ...]
    first: DutyView


@dataclass(frozen=True)
class Line:
    """One item of the checklist with a cell a year, None where nothing was owed."""

    obligation: str
    item: str
    basis: str
    law_seen: bool
    cells: tuple[Cell | None, ...]


@public.get("/authorities")
def authorities() -> str:
    """Every authority with how its public duties stand."""
    return list_page("public/authorities.html", "public")


@public.get("/authority/<authority>")
def authority(authority: str) -> str:
    """One authority for the public."""
    return authority_page("public/authority.html", authority, "public")


def list_page(template: str, reader: Reader, region: str | None = None) -> str:
    """All authorities of ``region`` (or of all) for a reader, by code."""
    chosen = request.args.get("region") or region
    code = None if chosen == "all" else chosen
    answer = services().store.search("duties", _counted(reader, code))
    rows = [_row(bucket) for bucket in results.buckets(answer, "authority")]
    return render_template(template, reader=reader, rows=rows, region=code)


def authority_page(template: str, identifier: str, reader: Reader) -> str:
    """The checklist of one authority and what of it is not in order."""
    found = [
        dutyview.view(row, reader)  # type: ignore[arg-type]
        for row in results.rows(services().store.search("duties", duties.of_enterprise(identifier, reader)))
    ]
    if not identifier.startswith(PREFIX) or not found:
        abort(404, _("清册中没有编号为 %(id)s 的主管部门，或它没有可以显示的义务。", id=identifier))
    years = sorted({_year(view.duty) for view in found}, reverse=True)[:YEARS]
    return render_template(
        template,
        reader=reader,
        authority=found[0].duty,
        years=years,
        lines=list(_lines(found, years)),
        tally=dutyview.tally(found),
        wrong=[view for view in found if view.words.tone in ("bad", "warn")][:200],
        as_of=reach.until(view.duty["as_of"] for view in found),
    )


def owner(duty: Duty) -> dict[str, Any]:
    """What a duty's page and a decision on it need of an authority, in the shape of an enterprise."""
    return {
        "id": duty["enterprise"], "name": duty["enterprise_name"], "names": [], "region_path": duty["region_path"],
        "identities": [{"source": "authority", "external_id": duty["enterprise"]}],
        "identity_keys": [f"authority|{duty['enterprise']}"], "uscc": None, "region_name": "",
    }  # fmt: skip


def _lines(found: Iterable[DutyView], years: list[str]) -> Iterable[Line]:
    by_item: dict[str, dict[str, list[DutyView]]] = {}
    for view in found:
        by_item.setdefault(view.duty["obligation"], {}).setdefault(_year(view.duty), []).append(view)
    order = list(lawbook.current(services().settings.indexer).obligations)
    for key in sorted(by_item, key=lambda key: order.index(key) if key in order else len(order)):
        one = next(iter(by_item[key].values()))[0].duty
        cells = tuple(_cell(by_item[key].get(year, [])) for year in years)
        yield Line(key, one["item"], one["basis"], one["law_seen"], cells)


def _cell(views: list[DutyView]) -> Cell | None:
    if not views:
        return None
    tally = tuple(dutyview.tally(views))
    return Cell(tally, next(view for view in views if view.words is tally[0][0]))


def _year(duty: Duty) -> str:
    """The year that a duty is about; of an event that in which it fell due."""
    return duty["period"][:4] if duty["period"][:4].isdigit() else (duty["due"] or "")[:4]


def _counted(reader: Reader, region: str | None) -> dict[str, Any]:
    clauses = [{"prefix": {"enterprise": PREFIX}}, *duties.visible(reader)]
    clauses += [{"term": {"region_path": region}}] if region else []
    inner = {
        "state": facets.terms(duties.state_field(reader)),
        "one": {"top_hits": {"size": 1, "_source": ["enterprise", "enterprise_name", "region_path"]}},
    }
    by = {"terms": {"field": "enterprise", "size": MOST, "order": {"_key": "asc"}}, "aggs": inner}
    return {"size": 0, "query": {"bool": {"filter": clauses}}, "aggs": {"authority": by}}


def _row(bucket: dict[str, Any]) -> dict[str, Any]:
    states = {state["key"]: state["doc_count"] for state in bucket["state"]["buckets"]}
    return {**results.rows(bucket["one"])[0], "total": bucket["doc_count"], "states": states}
