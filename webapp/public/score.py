"""One subject's score: its heads, the lines behind every point, how much could be seen, its months."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, request
from flask_babel import gettext as _

from indexer.search.duties import Reader
from webapp import results, scoreview
from webapp.public.blueprint import public
from webapp.services import services

PLACES = ("province", "city")


@public.get("/enterprise/<enterprise>/score")
def score(enterprise: str) -> str:
    """The score of an enterprise, by ``?rubric=`` and ``?month=``."""
    return score_page("public/score.html", "enterprise", enterprise, "public")


@public.get("/scores/<any(province, city, authority):kind>/<subject>")
def place_score(kind: str, subject: str) -> str:
    """The score of a region or of an authority."""
    return score_page("public/score.html", kind, subject, "public")


def score_page(template: str, kind: str, subject: str, reader: Reader, **more: Any) -> str:
    """The page of a score for a reader; staff see the public's total beside theirs."""
    rubric = scoreview.rubric_of(request.args.get("rubric"), kind)
    owner = results.one("enterprises", subject) if kind == "enterprise" else None
    past = scoreview.history(kind, subject, rubric, reader)
    month = scoreview.month_of(request.args.get("month"), [row["month"] for row in past])
    found = scoreview.score(kind, subject, rubric, reader, month) if month else None
    if found is None and kind != "enterprise":
        abort(404, _("这里没有可以公开的评分。"))
    public_one = scoreview.score(kind, subject, rubric, "public", month) if month and reader == "staff" else None
    return render_template(
        template,
        kind=kind,
        reader=reader,
        enterprise=owner,
        name=owner["name"] if owner else _name(kind, found),
        rubric=rubric,
        rubrics=scoreview.rubrics(kind),
        score=found,
        public_total=public_one["total"] if public_one else None,
        groups=scoreview.by_head(found, rubric) if found else [],
        past=past,
        drawing=scoreview.drawing(past),
        view=scoreview,
        **more,
    )


def _name(kind: str, found: Any) -> str:
    return str(found["name"]) if kind == "authority" else services().sources().regions.name(found["subject"])
