"""The evidence pack of a duty as a download for staff."""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path

from flask import Response, abort, request, send_file
from flask_babel import gettext as _

from webapp.evidence import build, select, zipped
from webapp.review.blueprint import review
from webapp.review.decide import PATH
from webapp.services import services


@review.get(f"{PATH}/evidence.zip")
def pack(enterprise: str, obligation: str, period: str) -> Response:
    """Everything behind the duty; with ``?public=1`` renditions with personal data masked instead of originals."""
    public = request.args.get("public") == "1"
    identifier = f"{enterprise}:{obligation}:{period}"
    chosen = select(services().store, services().settings.indexer.runs, identifier, public)
    if chosen is None or not chosen.duties:
        abort(404, _("清册中没有编号为 %(id)s 的内容。", id=identifier))
    name = f"evidence-{identifier.replace(':', '-')}{'-public' if public else ''}"
    with tempfile.TemporaryDirectory() as scratch:
        folder, file = Path(scratch) / name, Path(scratch) / f"{name}.zip"
        build(chosen, folder, public)
        zipped(folder, file)
        data = BytesIO(file.read_bytes())
    return send_file(data, "application/zip", as_attachment=True, download_name=f"{name}.zip")
