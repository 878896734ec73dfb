"""Evidence for staff: nothing masked, and the original bytes to take away."""

from __future__ import annotations

from flask import Response, abort

from webapp import archive
from webapp.public.evidence import evidence_page
from webapp.public.frame import frame_page
from webapp.public.original import EXTENSIONS, attachment
from webapp.rendition.sheets import format_of
from webapp.review.blueprint import review


@review.get("/evidence/<run>/<file>/<int:offset>")
def evidence(run: str, file: str, offset: int) -> tuple[str, int]:
    """The evidence view."""
    return evidence_page("review/evidence.html", run, file, offset, "staff")


@review.get("/evidence/<run>/<file>/<int:offset>/frame")
def frame(run: str, file: str, offset: int) -> Response:
    """The inert page with nothing masked."""
    return frame_page(run, file, offset, "staff")


@review.get("/evidence/<run>/<file>/<int:offset>/original")
def original(run: str, file: str, offset: int) -> Response:
    """The archived body as it was (its content coding undone), always as a download of no guessable type."""
    found = archive.asked(run, file, offset)
    if found.capture is None:
        abort(410, found.fault)
    body = found.capture.body
    extension = EXTENSIONS[format_of(body)]
    return attachment(body, "application/octet-stream", f"{found.ref['digest'][7:19]}.{extension}")
