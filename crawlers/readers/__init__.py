"""Readers: bytes in, grids and texts out; no network, no clock, no source.

    document = read(data, filename="名录.xls", content_type="application/vnd.ms-excel")
    for grid in document.grids:
        table = crawlers.tables.records(grid, required=["企业名称|单位名称"])

Kinds by signature: HTML, PDF (ruled tables, and unruled ones by their gutters), XLSX, XLS, SpreadsheetML, DOCX, DOC,
JSON, CSV and TSV. For HTML pages use ``crawlers.readers.html``: ``parse(data, content_type)`` gives the lxml tree,
``grids(tree)`` its tables, ``pairs(tree)`` its th/td key–value tables; ``freeform.prose_pairs(data)`` reads couples
written in paragraphs, ``crawlers.grids.pairs.pairs_of(grid, known)`` a form whose headers the caller knows.
"""

from crawlers.readers.document import LIMITS, Document, Grid, Kind, Limits, Link, ReadIssue, Text
from crawlers.readers.reading import read

__all__ = ["LIMITS", "Document", "Grid", "Kind", "Limits", "Link", "ReadIssue", "Text", "read"]
