"""SpreadsheetML 2003: the XML that many Chinese systems export under the suffix ``.xls``."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from crawlers.readers.document import Document, Grid, Limits, ReadIssue, unreadable
from crawlers.readers.element import Element, text_of
from crawlers.readers.folding import fold
from crawlers.readers.sheets import Range, sheet_grid

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"


def read_sheetml(data: bytes, limits: Limits) -> Document:
    """A SpreadsheetML file as a document: every worksheet a grid. Entities are not resolved."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        return unreadable("sheetml", f"the XML is damaged ({error}); export it again")
    if root is None:
        return unreadable("sheetml", "the XML is damaged; export it again")
    document = Document("sheetml")
    for number, sheet in enumerate(root.iter(f"{_SS}Worksheet"), 1):
        grid = _sheet(document, sheet, f"sheet {sheet.get(f'{_SS}Name') or number}", limits)
        if grid.rows:
            document.grids.append(grid)
    return document


def _sheet(document: Document, sheet: Element, place: str, limits: Limits) -> Grid:
    rows: list[list[str]] = []
    merged: list[Range] = []
    left = limits.rows - sum(len(grid.rows) for grid in document.grids)
    for row in sheet.iter(f"{_SS}Row"):
        number = min(_index(row, len(rows)), len(rows) + limits.span)
        if number >= left:
            message = f"{place} has more rows than the limit of {limits.rows}; the rest was not read"
            document.issues.append(ReadIssue("error", "too-many-rows", message, place))
            break
        rows.extend([] for _ in range(number - len(rows) + 1))
        merged.extend(_cells(row, rows, number, limits.span))
    _widen(rows, merged)
    return sheet_grid(rows, place, merged=merged)


def _cells(row: Element, rows: list[list[str]], number: int, limit: int) -> Iterator[Range]:
    texts = rows[number]
    for cell in row.iter(f"{_SS}Cell"):
        column = min(_index(cell, len(texts)), len(texts) + limit)
        texts.extend("" for _ in range(column - len(texts)))
        data = cell.find(f"{_SS}Data")
        texts.append(_text(data) if data is not None else "")
        across, down = (min(_number(cell, name), limit) for name in ("MergeAcross", "MergeDown"))
        if across or down:
            texts.extend("" for _ in range(across))
            yield (number, column), (number + down, column + across)


def _widen(rows: list[list[str]], merged: list[Range]) -> None:
    """Merged ranges may reach below the last written row or beyond a short one."""
    for (top, _), (bottom, right) in merged:
        for row in rows[top : bottom + 1]:
            row.extend("" for _ in range(right + 1 - len(row)))


def _index(node: Element, default: int) -> int:
    stated = _number(node, "Index")
    return max(stated - 1, default) if stated else default


def _number(node: Element, name: str) -> int:
    text = node.get(f"{_SS}{name}") or "0"
    return int(text) if text.isdigit() else 0


def _text(data: Element) -> str:
    text = fold(text_of(data))
    return text.removesuffix("T00:00:00.000").replace("T", " ") if data.get(f"{_SS}Type") == "DateTime" else text
