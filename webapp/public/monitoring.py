"""The measured values of one series: a chart drawn on the server and the same numbers in a table."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, request
from flask_babel import gettext as _

from indexer.search import enterprise as questions
from indexer.search import moment
from webapp import chart, moments, results
from webapp.public.blueprint import public
from webapp.services import services


@public.get("/enterprise/<enterprise>/monitoring")
def monitoring(enterprise: str) -> str:
    """The series named by ``?pollutant=&outlet=&averaging=&unit=``."""
    asked = {name: request.args.get(name) or None for name in ("outlet", "averaging", "unit")}
    pollutant = request.args.get("pollutant", "")
    if not pollutant:
        abort(400, _("缺少 pollutant：请从企业页面选择一项监测。"))
    at = moments.asked()
    body = questions.points(enterprise, asked["outlet"], pollutant, asked["averaging"], asked["unit"], at)
    answer = services().store.search("measurements", body)
    rows = moment.public(results.rows(answer), at)
    return render_template(
        "public/monitoring.html",
        enterprise=moment.enterprise(results.one("enterprises", enterprise), at),
        pollutant=pollutant,
        **asked,
        rows=rows,
        total=results.total(answer),
        drawing=chart.draw(latest(rows)),
    )


def latest(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of each moment the last revision, oldest first; ``rows`` come newest first, high revisions before low ones."""
    by_moment: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        by_moment.setdefault((row["source"], row["time"]), row)
    return sorted(by_moment.values(), key=lambda row: (row["time"], row["source"]))
