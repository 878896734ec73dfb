"""The desk itself: the gaps of the officer's region, the search, one enterprise, with all that only staff may see."""

from __future__ import annotations

from flask import Response, abort, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as WerkzeugResponse

from indexer.register.authority_facts import PREFIX
from webapp import gapcsv, results
from webapp.public.disclosures import disclosure_page
from webapp.public.enterprise import page
from webapp.public.gaps import asked_gaps, gap_page
from webapp.public.search import results_page
from webapp.review.blueprint import review
from webapp.services import services
from webapp.words import STAFF_GAPS


@review.get("/")
def desk() -> str:
    """The list of gaps, at first those of the officer's region, with rows and findings for staff alone."""
    return gap_page("review/desk.html", "staff", STAFF_GAPS, current_user.region)


@review.get("/gaps.csv")
def gaps_file() -> Response:
    """The same list as a file."""
    return gapcsv.response(asked_gaps(STAFF_GAPS, current_user.region), "staff")


@review.get("/search")
def search() -> str:
    """The search, leading to the staff's pages."""
    return results_page("review/search.html", staff=True)


@review.get("/enterprise/<enterprise>")
def enterprise(enterprise: str) -> str | WerkzeugResponse:
    """An enterprise with its full states."""
    found = services().store.get("enterprises", enterprise)
    if found is None and enterprise.startswith(PREFIX):
        return redirect(url_for("review.authority", authority=enterprise))
    if found is None:
        abort(404, _("清册中没有编号为 %(id)s 的企业。", id=enterprise))
    doubtful = list(services().store.mget("enterprises", found.get("suggestions") or []).values())
    return page("review/enterprise.html", found, "staff", doubtful=doubtful)  # type: ignore[arg-type]


@review.get("/enterprise/<enterprise>/disclosures")
def disclosures(enterprise: str) -> str:
    """Its disclosures with the fields that only staff may see."""
    results.one("enterprises", enterprise)
    return disclosure_page("review/disclosures.html", enterprise, staff=True)
