"""Scores for staff, with what the public does not see, and recording an objection to one."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user

from indexer.scoring import object_to
from indexer.scoring.objections import AUTHORITY, REGION
from webapp import results
from webapp.public.score import score_page
from webapp.public.scores import enterprises_page, places_page
from webapp.review.blueprint import review
from webapp.review.forms import ObjectionForm
from webapp.services import services

PLACE = "/scores/<any(province, city, authority):kind>/<subject>"
NAMES = {"province": REGION, "city": REGION, "authority": AUTHORITY}


@review.get("/enterprise/<enterprise>/score")
def score(enterprise: str) -> str:
    """The score of an enterprise."""
    return _page("enterprise", enterprise, ObjectionForm())


@review.get(PLACE)
def place_score(kind: str, subject: str) -> str:
    """The score of a region or of an authority."""
    return _page(kind, subject, ObjectionForm())


@review.get("/scores")
def scores() -> str:
    """Provinces or cities."""
    return places_page("review/scores.html", "staff")


@review.get("/scores/enterprises")
def enterprise_scores() -> str:
    """The enterprises of a region."""
    return enterprises_page("review/scores.html", "staff")


@review.post("/enterprise/<enterprise>/score")
def object_score(enterprise: str) -> Any:
    """Record that an enterprise objects to its score."""
    owner = results.one("enterprises", enterprise)
    identity = owner["identities"][0]
    return _object("enterprise", enterprise, owner["region_path"], (identity["source"], identity["external_id"]))


@review.post(PLACE)
def object_place_score(kind: str, subject: str) -> Any:
    """Record that a region or an authority objects to its score."""
    body = {"query": {"bool": {"filter": [{"term": {"kind": kind}}, {"term": {"subject": subject}}]}}, "size": 1}
    found = results.rows(services().store.search("scores", body))
    if not found:
        abort(404, _("这里没有可以公开的评分。"))
    return _object(kind, subject, found[0]["region_path"], (NAMES[kind], subject))


def _page(kind: str, subject: str, form: ObjectionForm) -> str:
    return score_page("review/score.html", kind, subject, "staff", form=form)


def _object(kind: str, subject: str, path: list[str], key: tuple[str, str]) -> Any:
    form = ObjectionForm()
    if not current_user.answers_for(path):
        abort(403, _("它不在您的区域内。"))
    if not form.validate_on_submit():
        return _page(kind, subject, form), 422
    with services().session() as session:
        object_to(session, *key, author=current_user.username, text=form.text.data)
        session.commit()
    flash(_("异议已记录：下次评分起，公开名次暂停变动。"))
    if kind == "enterprise":
        return redirect(url_for("review.score", enterprise=subject), 303)
    return redirect(url_for("review.place_score", kind=kind, subject=subject), 303)
