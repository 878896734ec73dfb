"""Authorities and their duties with what only staff may see."""

from __future__ import annotations

from flask_login import current_user

from webapp.public.authority import authority_page, list_page
from webapp.review.blueprint import review


@review.get("/authorities")
def authorities() -> str:
    """Those of the officer's region; ``?region=all`` is every region."""
    return list_page("review/authorities.html", "staff", current_user.region)


@review.get("/authority/<authority>")
def authority(authority: str) -> str:
    """One authority for staff."""
    return authority_page("review/authority.html", authority, "staff")
