"""A duty's page on the desk, and recording a decision on it: append-only, in force at once."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from indexer import scoring
from indexer.engine.errors import EngineError
from indexer.register.decisions import record
from indexer.register.documents import Duty, Enterprise
from indexer.scan import scan
from webapp import moments, results
from webapp.public.enterprise import duty_at, duty_page, owner_of
from webapp.review.blueprint import review
from webapp.review.forms import DecisionForm
from webapp.services import services
from webapp.shown import review_url

PATH = "/enterprise/<enterprise>/duty/<obligation>/<period>"


@review.get(PATH)
def duty(enterprise: str, obligation: str, period: str) -> str:
    """The duty with its proof, everything staff may see, and (today) the form."""
    found = duty_at(enterprise, f"{enterprise}:{obligation}:{period}", moments.asked())
    return _page(found, DecisionForm())


@review.post(PATH)
def decide(enterprise: str, obligation: str, period: str) -> Any:
    """Record a decision; then judge this enterprise anew, so that its effect shows at once."""
    found, form = _duty(enterprise, obligation, period), DecisionForm()
    if not current_user.answers_for(found["region_path"]):
        abort(403, _("这家企业不在您的区域内。"))
    if not form.validate_on_submit():
        return _page(found, form), 422
    _record(owner_of(found), found, form)
    judge_anew(enterprise)
    return _back(found)


def _duty(enterprise: str, obligation: str, period: str) -> Duty:
    return results.one("duties", f"{enterprise}:{obligation}:{period}")  # type: ignore[return-value]


def _page(found: Duty, form: DecisionForm) -> str:
    allowed = current_user.answers_for(found["region_path"])
    return duty_page("review/duty.html", found, "staff", form=form, allowed=allowed)


def _record(owner: Enterprise, found: Duty, form: DecisionForm) -> None:
    """The decision is kept by the founding identity, which no merge or rebuild takes away."""
    identity = owner["identities"][0]
    with services().session() as session:
        record(
            session,
            form.kind.data,
            identity["source"],
            identity["external_id"],
            author=current_user.username,
            text=form.text.data,
            duty=f"{found['obligation']}|{found['period']}",
            until=form.until.data,
        )
        session.commit()


def judge_anew(enterprise: str) -> None:
    """The decision is kept whatever happens here: a scan that fails now is made up for by the next one."""
    try:
        scan(services().store, services().settings.indexer, enterprises=[enterprise])
        scoring.score(services().store, services().settings.indexer, enterprises=[enterprise])
        services().store.refresh("duties", "enterprises", "findings")
    except EngineError as error:
        flash(_("认定已记录，但重新核查未成功（%(error)s）；下次核查时生效。", error=error))
    else:
        flash(_("认定已记录，企业已按此重新核查。"))


def _back(found: Duty) -> Response:
    return redirect(review_url(found), 303)
