"""The run folder of an import: the bytes as a WARC resource, then records and visits as a crawl writes them."""

from __future__ import annotations

from pathlib import Path

from crawlers import subjects
from crawlers.clock import Clock
from crawlers.importing.material import Material
from crawlers.importing.reading import FileRead, FileRow
from crawlers.items import Row, Seen, issue, record
from crawlers.runs import Run
from crawlers.source import Source
from crawlers.visits import Look, Walk, page_visit

_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xls": "application/vnd.ms-excel",
    "sheetml": "application/xml", "pdf": "application/pdf", "csv": "text/csv", "html": "text/html",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword", "text": "text/plain", "json": "application/json",
}  # fmt: skip
UNPROVEN = "a supplied file without a stated total proves what it holds, not what it lacks"


def write_run(
    var: Path, source: Source, clock: Clock, kind: str, material: Material, data: bytes, read: FileRead
) -> Path:
    """Write everything into a new run folder of kind ``import``; returns the folder."""
    run = Run(var, source, clock, "import")
    filled = False
    try:
        _fill(run, source, kind, material, data, read)
        filled = True
    finally:
        run.finish("finished" if filled else "aborted", None if filled else "the import was interrupted")
    return run.folder


def _fill(run: Run, source: Source, kind: str, material: Material, data: bytes, read: FileRead) -> None:
    at = material.stamp()
    content_type = _TYPES.get(read.preview.kind, "application/octet-stream")
    capture = run.captures.write_resource(material.url, content_type, data, at, read.preview.file)
    page = Seen(material.url, at, capture)
    for row in read.rows:
        run.records.add(_record(source, kind, material, page, row))
    for found in read.preview.issues:
        run.issues.add(issue(page, found.severity, found.code, found.message, found.place, found.value))
    for visit in _visits(source, kind, material, page, read):
        run.visits.add(visit)
    run.commit()


def _record(source: Source, kind: str, material: Material, page: Seen, row: FileRow) -> Row:
    title = material.dated_title(row.title) if kind == "listing" else row.title or material.title
    return record(
        source.name, kind, page, row.place, row.fields, key=subjects.key(row.fields, source.key.get(kind)), title=title,
        text=row.text, published_at=material.published, subject=row.subject, rows=row.rows,
    )  # fmt: skip


def _visits(source: Source, kind: str, material: Material, page: Seen, read: FileRead) -> list[Row]:
    """A look at each subject that the file names, and one at the list as a whole.

    The list is complete only where it states its total and so many rows were read: an ``absent`` is never derived from
    a file that may be a part.
    """
    period = None if kind == "listing" else str(material.year)
    stated = read.stated if material.stated_total is None else material.stated_total
    walk = Walk(region=material.region, period=str(material.year), stated=stated, rows=read.seen, pages_ok=1)
    walk.keys = {_who(row) for row in read.rows}
    walk.reached_end = not read.preview.errors
    reason = _unproven(material, read)
    whole = walk.visit(source.name, kind, page.at, Look("unreadable", page, reason) if reason else None)
    if kind == "listing":
        return [whole]
    named = {_who(row): row.subject for row in read.rows}
    return [*(page_visit(source.name, kind, who, Look("found", page), period) for who in named.values()), whole]


def _unproven(material: Material, read: FileRead) -> str | None:
    """Why the file proves nothing of what it lacks; None where a stated total can be held against its rows."""
    said, own = material.stated_total, read.stated
    if read.preview.errors:
        return f"{len(read.preview.errors)} rows or parts of the file could not be read"
    if said is None and own is None:
        return UNPROVEN
    if said is not None and own is not None and said != own:
        return f"the file states {own} items, the person who supplied it {said}"
    return None


def _who(row: FileRow) -> str:
    return row.subject["external_id"] or f"{row.subject['name']}|{row.subject['region']}"
