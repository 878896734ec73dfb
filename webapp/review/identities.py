"""The desk's queue of doubtful matches: two enterprises that may be one, what speaks for and against, a decision."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from indexer import pipeline
from indexer.register import doubts
from indexer.register.doubts import DecisionError
from webapp import results
from webapp.review.blueprint import review
from webapp.services import services
from webapp.words import EVIDENCE, PAIR_DECISIONS

SHOWN = 30


class PairForm(FlaskForm):  # type: ignore[misc]
    """A decision on two enterprises: one or two, and why."""

    one = HiddenField(validators=[InputRequired()])
    other = HiddenField(validators=[InputRequired()])
    kind = RadioField(
        _l("认定"), [InputRequired()], choices=[SelectChoice(value, label) for value, label in PAIR_DECISIONS.items()]
    )
    text = TextAreaField(_l("理由"), [InputRequired(_l("请写明理由。")), Length(5, 2000, _l("理由须 5 至 2000 字。"))])


@review.get("/identities")
def identities() -> str:
    """The likeliest pairs of the officer's region (``?region=all``: of all)."""
    return _page(PairForm())


@review.post("/identities")
def decide_identities() -> Any:
    """Record that a pair is one enterprise or two; applied at once."""
    form = PairForm()
    if not form.validate_on_submit():
        return _page(form), 422
    one, other = (results.one("enterprises", identifier) for identifier in (form.one.data, form.other.data))
    if not any(current_user.answers_for(found["region_path"]) for found in (one, other)):
        abort(403, _("这家企业不在您的区域内。"))
    with services().session() as session:
        try:
            keys = doubts.settle(session, form.kind.data, one, other, current_user.username, form.text.data.strip())
        except DecisionError as error:
            abort(409, str(error))
        session.commit()
        pipeline.decide(services().store, session, keys)
    services().store.refresh("enterprises", "identities")
    flash(_("认定已记录并生效；下次核查按此计算应公开事项。"))
    return _back()


def _back() -> Response:
    return redirect(url_for("review.identities", region=request.args.get("region")), 303)


def _page(form: PairForm) -> str:
    asked = request.args.get("region") or current_user.region or "all"
    found = doubts.queue(services().store, None if asked == "all" else asked)
    return render_template(
        "review/identities.html",
        doubts=found[:SHOWN],
        total=len(found),
        form=form,
        words=EVIDENCE,
        decisions=PAIR_DECISIONS,
        region=asked,
    )
