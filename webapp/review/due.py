"""What falls due soon in the officer's region, with the duties that only staff may see."""

from __future__ import annotations

from flask_login import current_user

from webapp.public.due import due_page
from webapp.review.blueprint import review


@review.get("/due")
def due() -> str:
    """The staff's page; ``?region=all`` is every region."""
    return due_page("review/due.html", "staff", current_user.region)
