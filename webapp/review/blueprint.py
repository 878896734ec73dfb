"""The blueprint of the review desk; ``webapp.accounts.login`` guards every page of it."""

from __future__ import annotations

from flask import Blueprint, Response

review = Blueprint("review", __name__, url_prefix="/review")


@review.after_request
def private(response: Response) -> Response:
    """No cache keeps a page for staff."""
    response.headers["Cache-Control"] = "no-store"
    return response
