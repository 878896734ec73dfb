"""The archived page alone, for the sandboxed frame of the evidence view; under a policy of its own."""

from __future__ import annotations

from flask import Response, abort, make_response, render_template
from flask_babel import gettext as _

from indexer.search.duties import Reader
from webapp import archive
from webapp.public.blueprint import public
from webapp.security import FRAME_POLICY


@public.get("/evidence/<run>/<file>/<int:offset>/frame")
def frame(run: str, file: str, offset: int) -> Response:
    """The inert page for the public."""
    return frame_page(run, file, offset, "public")


def frame_page(run: str, file: str, offset: int, reader: Reader) -> Response:
    """The inert page; nothing in it runs, loads or leads anywhere."""
    found = archive.asked(run, file, offset)
    if found.capture is None:
        abort(410, found.fault)
    rendition = archive.rendered(found, found.capture, reader)
    if rendition.form != "page":
        abort(404, _("这个原件不是网页。"))
    response = make_response(render_template("public/frame.html", markup=rendition.markup))
    response.headers["Content-Security-Policy"] = FRAME_POLICY
    response.headers["X-Robots-Tag"] = "noindex"
    return response
