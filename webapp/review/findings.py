"""Findings on the desk: the list, its file, one with its proof, and a person's decision on it."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from indexer.register.decisions import record
from indexer.register.documents import Finding
from indexer.search import queries
from webapp import findinglist, findingview, judgements, results
from webapp.review.blueprint import review
from webapp.review.decide import judge_anew
from webapp.review.forms import FindingForm
from webapp.services import services


@review.get("/findings")
def findings() -> str:
    """All findings, at first the open ones of the officer's region."""
    return findinglist.page("review/findings.html", "staff", current_user.region)


@review.get("/findings.csv")
def findings_file() -> Response:
    """The same list as a file."""
    return findinglist.file("staff", current_user.region)


@review.get("/findings/<finding>")
def finding(finding: str) -> str:
    """One finding: its arithmetic, the captures of both sides, the looks, the days it was open, and the form."""
    return _page(_finding(finding), FindingForm())


@review.post("/findings/<finding>", endpoint="decide_finding")
def decide(finding: str) -> Any:
    """Record a decision; then judge this enterprise anew, so that its effect shows at once."""
    found, form = _finding(finding), FindingForm()
    if not current_user.answers_for(found["region_path"]):
        abort(403, _("这家企业不在您的区域内。"))
    if not form.validate_on_submit():
        return _page(found, form), 422
    _record(found, form)
    judge_anew(found["enterprise"])
    return redirect(url_for("review.finding", finding=finding), 303)


def _finding(identifier: str) -> Finding:
    return results.one("findings", identifier)  # type: ignore[return-value]


def _page(found: Finding, form: FindingForm) -> str:
    store = services().store
    owner = results.one("enterprises", found["enterprise"])
    visits = results.rows(store.search("visits", queries.by_ids(found["visits"]))) if found["visits"] else []
    spoken = results.rows(store.search("disclosures", queries.by_ids(found["found"]))) if found["found"] else []
    own = findingview.items([found])
    made = judgements.of_enterprise(owner["id"], owner["identity_keys"], "staff", own)
    return render_template(
        "review/finding.html", finding=found, enterprise=owner, title=findingview.title(found["rule"]),
        visits=sorted(visits, key=lambda visit: (visit["source"], visit["at"])),
        disclosures=sorted(spoken, key=lambda one: (one["first_seen"], one["id"])),
        decisions=[one for one in made if one.duty in own], form=form, reader="staff",
        allowed=current_user.answers_for(found["region_path"]), public=findingview.is_public(found),
    )  # fmt: skip


def _record(found: Finding, form: FindingForm) -> None:
    """The decision is kept by the founding identity, which no merge or rebuild takes away."""
    identity = results.one("enterprises", found["enterprise"])["identities"][0]
    with services().session() as session:
        record(
            session, form.kind.data, identity["source"], identity["external_id"], author=current_user.username,
            text=form.text.data, duty=findingview.key(found),
        )  # fmt: skip
        session.commit()
