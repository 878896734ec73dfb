"""The evidence view: the archived bytes, proved unchanged, shown inert, with what was drawn from them."""

from __future__ import annotations

from flask import render_template, request

from indexer.search.duties import Reader
from webapp import archive
from webapp.public.blueprint import public


@public.get("/evidence/<run>/<file>/<int:offset>")
def evidence(run: str, file: str, offset: int) -> tuple[str, int]:
    """The public evidence view of one capture (``?digest=`` its SHA-256, ``?place=`` the row cited)."""
    return evidence_page("public/evidence.html", run, file, offset, "public")


def evidence_page(template: str, run: str, file: str, offset: int, reader: Reader) -> tuple[str, int]:
    """The page, and 410 where the bytes are no longer whole in the archive."""
    found = archive.asked(run, file, offset)
    rendition = archive.rendered(found, found.capture, reader) if found.capture else None
    page = render_template(
        template,
        evidence=found,
        capture=found.capture,
        rendition=rendition,
        reader=reader,
        place=request.args.get("place", ""),
        here_args={**found.ref, "place": request.args.get("place")},
    )
    return page, 200 if found.capture else 410
