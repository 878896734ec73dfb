"""Files to take away: a masked copy of a spreadsheet or PDF for the public, the original for staff."""

from __future__ import annotations

import csv
import io

from flask import Response, abort
from flask_babel import gettext as _

from webapp import archive
from webapp.gapcsv import BOM, safe
from webapp.public.blueprint import public

EXTENSIONS = {"pdf": "pdf", "xlsx": "xlsx", "xls": "xls", "docx": "docx", "": "bin"}


@public.get("/evidence/<run>/<file>/<int:offset>/copy.csv")
def copy(run: str, file: str, offset: int) -> Response:
    """The grids of an archived file as CSV, personal data masked."""
    found = archive.asked(run, file, offset)
    if found.capture is None:
        abort(410, found.fault)
    rendition = archive.rendered(found, found.capture, "public")
    if rendition.form != "grid":
        abort(404, _("这个原件不是表格文件。"))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([safe(_("脱敏副本，原件 %(digest)s", digest=found.ref["digest"])), safe(found.capture.url)])
    for sheet in rendition.sheets:
        writer.writerow([safe(sheet.title)])
        writer.writerows([safe(cell) for cell in row] for row in sheet.rows)
    return attachment(BOM + text.getvalue(), "text/csv; charset=utf-8", f"qingce-{found.ref['digest'][7:19]}.csv")


def attachment(body: str | bytes, mimetype: str, name: str) -> Response:
    """A download that no browser opens in the page: saved by name, type not guessed, nothing of it run."""
    response = Response(body, content_type=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
