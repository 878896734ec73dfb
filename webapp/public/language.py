"""The visitor's choice of language."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from webapp.i18n import COOKIE, LANGUAGES
from webapp.public.blueprint import public

YEAR = 365 * 24 * 3600


@public.get("/language/<code>")
def language(code: str) -> Response:
    """Keep the language in a cookie and go back to the page asked from (``?next=``, a path of this site)."""
    if code not in LANGUAGES:
        abort(404)
    response = redirect(own_path(request.args.get("next", "")))
    response.set_cookie(COOKIE, code, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure)
    return response


def own_path(target: str) -> str:
    """The target where it is a path of this site, else the first page: no redirect leads to another site."""
    parts = urlsplit(target)
    own = not parts.scheme and not parts.netloc and target.startswith("/")
    return target if own and not target.startswith(("//", "/\\")) and "\\" not in target else url_for("public.home")
