"""Opens the archived bytes that a page cites and renders them for a reader."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from flask import abort, request
from flask_babel import gettext as _

from indexer.register.captures import Capture, CaptureError, open_capture
from indexer.register.documents import CaptureRef
from indexer.search import enterprise as questions
from indexer.search.duties import Reader
from webapp import results
from webapp.rendition.masking import Masking
from webapp.rendition.rendition import Rendition, render
from webapp.services import services

_RUN = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{6}")
_FILE = re.compile(r"captures-\d{5,}\.warc\.gz")
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


@dataclass(frozen=True)
class Evidence:
    """One capture with what stands around it; ``capture`` is None and ``fault`` says why where it cannot be opened."""

    ref: CaptureRef
    run: dict[str, Any]
    capture: Capture | None
    fault: str
    drawn: list[dict[str, Any]]
    places: list[str]

    @property
    def source(self) -> str:
        """The source's name."""
        return str(self.run["source"])


def asked(run: str, file: str, offset: int) -> Evidence:
    """The capture that the address names. Aborts with 400 or 404 where it is none, or its run unknown."""
    ref = _reference(run, file, offset)
    document = services().store.get("runs", run)
    if document is None:
        abort(404, _("清册中没有采集批次 %(run)s。", run=run))
    drawn = results.rows(services().store.search("disclosures", questions.drawn_from(ref["digest"])))
    capture, fault = _opened(str(document["source"]), ref)
    return Evidence(ref, dict(document), capture, fault, drawn, _places(drawn, ref))


def _reference(run: str, file: str, offset: int) -> CaptureRef:
    digest = request.args.get("digest", "")
    if not (_RUN.fullmatch(run) and _FILE.fullmatch(file)):
        abort(404, _("这不是存档的地址。"))
    if not _DIGEST.fullmatch(digest):
        abort(400, _("网址不完整：缺少 digest（原件的 SHA-256）。请从企业页面的“原件”链接进入。"))
    return {"run": run, "file": file, "offset": offset, "digest": digest}


def _opened(source: str, ref: CaptureRef) -> tuple[Capture | None, str]:
    try:
        return open_capture(services().settings.indexer.runs, source, ref), ""
    except CaptureError as error:
        return None, str(error)


def _places(drawn: list[dict[str, Any]], ref: CaptureRef) -> list[str]:
    """Where in these bytes the facts stand: the place the reader came from, else all that are known."""
    place = request.args.get("place", "")[:200]
    return [place] if place else [one["place"] for one in drawn if one["capture"]["digest"] == ref["digest"]]


def rendered(evidence: Evidence, capture: Capture, reader: Reader) -> Rendition:
    """The bytes for a reader; personal data are masked for the public."""
    source = services().sources().sources.get(evidence.source)
    kinds = tuple(dict.fromkeys([*(one["kind"] for one in evidence.drawn), *(source.kinds if source else ())]))
    masking = Masking(kinds, source.fields if source else {}, active=reader == "public")
    return render(capture.body, capture.content_type, evidence.places, masking, services().settings.evidence_bytes)
