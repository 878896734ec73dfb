"""Scores: one enterprise's, one region's or authority's with every line, and rankings of any length."""

from __future__ import annotations

from typing import Any

from flask import abort
from flask_babel import gettext as _

from indexer.gaps.scores.rubric import Rubric
from indexer.search import scores as questions
from indexer.search.scores import Wanted
from webapp import results, scoreview
from webapp.api import cursor
from webapp.api.blueprint import question
from webapp.api.scoreschemas import RankingArgs, RankingOut, ScoreArgs, ScoreOut, ScoresOut
from webapp.services import services


@question("/enterprises/<enterprise>/score", ScoreArgs, ScoreOut)
def score_of_enterprise(given: dict[str, Any], enterprise: str) -> dict[str, Any]:
    """One enterprise's score as the public may see it, with the line behind every point; a lead, not a conclusion."""
    results.one("enterprises", enterprise)
    return _score("enterprise", enterprise, given)


@question("/scores/<any(province, city, authority):kind>/<subject>", ScoreArgs, ScoreOut)
def score_of_place(given: dict[str, Any], kind: str, subject: str) -> dict[str, Any]:
    """The score of a region or of an authority."""
    return _score(kind, subject, given)


@question("/scores/<any(province, city, authority):kind>/<subject>/months", ScoreArgs, ScoresOut)
def months_of_place(given: dict[str, Any], kind: str, subject: str) -> dict[str, Any]:
    """Its months, the newest first, without lines."""
    rubric = scoreview.rubric_of(given["rubric"], kind)
    return {"rows": scoreview.history(kind, subject, rubric, "public")}


@question("/enterprises/<enterprise>/score/months", ScoreArgs, ScoresOut)
def months_of_enterprise(given: dict[str, Any], enterprise: str) -> dict[str, Any]:
    """The months of an enterprise's score, the newest first, without lines."""
    rubric = scoreview.rubric_of(given["rubric"], "enterprise")
    return {"rows": scoreview.history("enterprise", enterprise, rubric, "public")}


@question("/scores", RankingArgs, RankingOut)
def ranking(given: dict[str, Any]) -> dict[str, Any]:
    """Those that are ranked, the best first: enterprises, provinces, cities or authorities, within a region."""
    rubric = scoreview.rubric_of(given["rubric"], given["kind"])
    month = scoreview.month_of(given["month"], scoreview.months(rubric, "public"))
    if month is None:
        return {"total": 0, "rows": [], "next": None, "month": None}
    last = cursor.read(given["after"], len(questions.ORDER))
    wanted = Wanted(rubric.key, "public", given["kind"], month, given["region"])
    answer = services().store.search("scores", questions.after(wanted, last, given["size"]))
    return {
        "total": results.total(answer) if last is None else None,
        "month": month,
        "rows": results.rows(answer),
        "next": cursor.write(answer["hits"]["hits"], given["size"]),
    }


def _score(kind: str, subject: str, given: dict[str, Any]) -> dict[str, Any]:
    rubric: Rubric = scoreview.rubric_of(given["rubric"], kind)
    past = scoreview.history(kind, subject, rubric, "public")
    month = scoreview.month_of(given["month"], [row["month"] for row in past])
    found = scoreview.score(kind, subject, rubric, "public", month) if month else None
    if found is None:
        abort(404, _("这里没有可以公开的评分。"))
    return dict(found)
