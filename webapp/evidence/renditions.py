"""The captures of a public pack: redacted renditions in place of the originals, whose hashes are named."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import escape

from indexer.register.captures import CaptureError, open_capture
from webapp.evidence.selection import Selection
from webapp.rendition.masking import Masking
from webapp.rendition.rendition import Rendition, render
from webapp.services import services

if TYPE_CHECKING:
    from webapp.evidence.building import Listed

_PAGE = """<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
style-src 'unsafe-inline'"><title>{title}</title><style>body{{font:15px/1.6 system-ui,sans-serif;margin:1rem}}\
td,th{{border:1px solid #bbb;padding:.2rem .5rem;text-align:left}}table{{border-collapse:collapse}}</style></head>
<body>{body}</body></html>
"""


def write(chosen: Selection, folder: Path) -> list[Listed]:
    """Write one rendition a body into ``renditions/``; returns all captures with the file that shows each."""
    from webapp.evidence.building import Listed

    settings, sources = services().settings, services().sources().sources
    (folder / "renditions").mkdir()
    listed: list[Listed] = []
    for source, ref in chosen.refs:
        name = f"renditions/{ref['digest'].removeprefix('sha256:')[:32]}.html"
        try:
            capture = open_capture(settings.indexer.runs, source, ref)
        except CaptureError as error:
            listed.append(Listed(source, ref, "", "", "", "", problem=str(error)))
            continue
        if not (folder / name).exists():
            own = sources.get(source)
            masking = Masking(own.kinds if own else (), own.fields if own else {}, active=True)
            shown = render(capture.body, capture.content_type, (), masking, settings.evidence_bytes)
            (folder / name).write_text(_page(ref["digest"], shown), encoding="utf-8")
        listed.append(Listed(source, ref, name, capture.url, capture.captured_at, f"redacted {capture.warc_type}"))
    return listed


def _page(digest: str, shown: Rendition) -> str:
    match shown.form:
        case "page":
            body = str(shown.markup)
        case "grid":
            body = "".join(_sheet(sheet.title, sheet.rows) for sheet in shown.sheets)
        case "text":
            body = f"<pre>{escape(shown.text)}</pre>"
        case _:
            body = f"<p>{escape(shown.note)}</p>"
    head = escape(f"遮盖个人信息后的呈现；原件的 SHA-256 为 {digest.removeprefix('sha256:')}")
    return _PAGE.format(title=head, body=f"<p><strong>{head}</strong></p><hr>{body}")


def _sheet(name: str, rows: list[list[str]]) -> str:
    cells = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<h2>{escape(name)}</h2><table>{cells}</table>"
