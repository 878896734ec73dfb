"""Which rules can fire in the officer's region, with those that only staff see; rows from memory and who signed."""

from __future__ import annotations

from flask_login import current_user

from webapp.public.rules import rules_page
from webapp.review.blueprint import review


@review.get("/rules")
def rules() -> str:
    """The staff's page; ``?region=all`` is every region."""
    return rules_page("review/rules.html", "staff", current_user.region)
