"""The list of findings, on a page and as a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, render_template, request, url_for
from flask_babel import gettext as _

from indexer.search import facets, findings
from indexer.search.duties import Reader
from indexer.search.findings import FACETS, FindingFilters
from webapp import exports, findingview, results
from webapp.paging import Page, asked
from webapp.services import services


def page(template: str, reader: Reader, region: str | None) -> str:
    """One page of findings; ``region`` narrows to an officer's region where none was chosen."""
    filters, order = asked_filters(region), request.args.get("sort", "")
    order = order if order in findings.ORDERS else "severity"
    size = services().settings.page_size
    number, start = asked(size)
    answer = services().store.search("findings", findings.page(filters, reader, order, start, size))
    found = {name: facets.choices(answer, name) for name in FACETS}
    found["region"] = facets.region_choices(found["region"], filters.region)
    return render_template(
        template, filters=filters, order=order, page=Page(number, size, results.total(answer)),
        rows=results.rows(answer), facets=found,
    )  # fmt: skip


def asked_filters(region: str | None) -> FindingFilters:
    """The filters in the address; ``all`` is any, without ``state`` the open ones, without ``region`` the officer's."""
    given = {name: request.args.get(name) or None for name in FACETS}
    given["state"] = given["state"] or "open"
    given["region"] = given["region"] or region
    return FindingFilters(**{name: None if value == "all" else value for name, value in given.items()})


def file(reader: Reader, region: str | None) -> Response:
    """The same list as CSV, every row of it up to the most that a file may have."""
    query, order = findings.listed(asked_filters(region), reader), findings.ORDERS["enterprise"]
    return exports.file(results.every("findings", query, order, exports.most()), _columns(), "csv", "qingce-findings")


def _columns() -> list[tuple[str, Callable[[dict[str, Any]], Any]]]:
    demo = services().settings.demo
    return [
        (_("数据性质"), lambda f: _("示例数据") if demo else _("线索，非结论")),
        (_("编号"), lambda f: f["id"]),
        (_("企业编号"), lambda f: f["enterprise"]),
        (_("企业"), lambda f: f["enterprise_name"]),
        (_("区划代码"), lambda f: (f["region_path"] or [""])[-1]),
        (_("规则"), lambda f: findingview.title(f["rule"])),
        (_("规则版本"), lambda f: f"{f['rule_version']} {f['rules_version']}"),
        (_("事项编号"), lambda f: f["obligation"]),
        (_("期间"), lambda f: f["period"]),
        (_("严重程度"), lambda f: f["severity"]),
        (_("把握"), lambda f: f["confidence"]),
        (_("线索"), lambda f: f["words"]),
        (_("处数"), lambda f: f["instances"]),
        (_("起于"), lambda f: f["since"]),
        (_("最近依据日"), lambda f: f["last_seen"]),
        (_("不再成立日"), lambda f: f["closed"]),
        (_("可见范围"), lambda f: f["audience"]),
        (_("最近认定"), lambda f: f["decision_kind"]),
        (_("页面"), lambda f: url_for("review.finding", finding=f["id"])),
    ]
