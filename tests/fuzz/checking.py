"""What must hold for any bytes: a document that says what it is, or an issue with a name."""

from __future__ import annotations

from crawlers.grids.pairs import pairs_of
from crawlers.readers import Document, read
from crawlers.readers.freeform import prose_pairs
from crawlers.readers.html import pairs, parse
from crawlers.tables import records

SEVERITIES = {"error", "warning", "info"}


def check(name: str, data: bytes) -> str:
    """Read ``data`` by every way a page or file is read; gives a word on what came. Raises where anything is wrong."""
    document = read(data, filename=name)
    _whole(document)
    if document.kind in ("html", "text"):
        pairs(parse(data))
        prose_pairs(data)
    for grid in document.grids:
        table = records(grid)
        assert table.seen == sum(record.rows for record in table.records), "a row is counted but not kept"
        pairs_of(grid, lambda text: len(text) == 4)
    return f"{document.kind} {'read' if document.readable else 'unreadable'}"


def _whole(document: Document) -> None:
    for issue in document.issues:
        assert issue.code and issue.message and issue.severity in SEVERITIES, f"an issue without a name: {issue}"
        assert "\n" not in issue.message, f"more than one line: {issue.message}"
    assert document.grids or document.texts or document.issues, "nothing was read and nothing is said"
    for grid in document.grids:
        assert len({len(row) for row in grid.rows}) <= 1, f"{grid.place} is no rectangle"
        assert grid.place and all(isinstance(cell, str) for row in grid.rows for cell in row), "cells are texts"
