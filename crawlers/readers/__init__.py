"""Readers: bytes in, grids and texts out; no network, no clock, no source.

    document = read(data, filename="名录.xls", content_type="application/vnd.ms-excel")
    for grid in document.grids:
        table = crawlers.tables.records(grid, required=["企业名称|单位名称"])

For HTML pages use ``crawlers.readers.html``: ``parse(data, content_type)`` gives the lxml tree, ``grids(tree)`` its
tables, ``pairs(tree)`` its th/td key–value tables.
"""

from crawlers.readers.document import LIMITS, Document, Grid, Kind, Limits, Link, ReadIssue, Text
from crawlers.readers.reading import read

__all__ = ["LIMITS", "Document", "Grid", "Kind", "Limits", "Link", "ReadIssue", "Text", "read"]
