"""The day that a page shows (``?known_at=`` or ``?public_on=``): read from the address, carried into every link."""

from __future__ import annotations

from typing import Any, cast

from flask import Flask, abort, g, has_request_context, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from indexer.clock import today
from indexer.search.moment import HOWS, Moment, parse

CARRIED = frozenset(
    f"{room}.{page}"
    for room, pages in {
        "public": (
            "search", "search_file", "found", "enterprise", "disclosures", "monitoring", "duty", "gaps", "gaps_file",
        ),
        "review": ("search", "enterprise", "disclosures", "duty", "desk", "gaps_file"),
    }.items()
    for page in pages
)  # fmt: skip
"""Pages that show a past day: a link from one to another keeps it."""


def asked() -> Moment:
    """The moment asked for; a day that is none, or not yet over, is a 400 page in words."""
    if "moment" not in g:
        try:
            g.moment = parse(request.args, today())
        except ValueError as error:
            abort(
                400,
                _("known_at 或 public_on 须写成 2021-03-01 这样的日期，只写其中一个，且不晚于今天。") + f" ({error})",
            )
    return cast(Moment, g.moment)


def init(app: Flask) -> None:
    """Links carry the day, and templates know it."""
    app.url_defaults(_carry)
    app.context_processor(lambda: {"asked_moment": asked, "latest_day": lambda: today().isoformat()})
    app.before_request(_normalise)


def _normalise() -> Response | None:
    """The control's form sends ``day`` and ``how``; the address that lasts says ``known_at=`` or ``public_on=``."""
    how = request.args.get("how", "")
    if request.method != "GET" or how not in HOWS or "day" not in request.args or not request.endpoint:
        return None
    kept = {name: values for name, values in request.args.lists() if name not in ("day", "how", *HOWS)}
    moved = {**kept, **(request.view_args or {}), how: request.args["day"]}
    return redirect(url_for(request.endpoint, **moved))


def _carry(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint in CARRIED and has_request_context() and "moment" in g and not set(HOWS) & values.keys():
        values.update(g.moment.argument)
