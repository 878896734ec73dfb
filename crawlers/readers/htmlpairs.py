"""Key–value tables: rows of header cell, value cell (2, 4 or 6 columns), as detail pages show an enterprise."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawlers.readers.element import Element
from crawlers.readers.folding import fold
from crawlers.readers.htmltables import cell_text

_MARKS = ("class", "bgcolor", "style", "align")
_COLON = "：:"


@dataclass
class Pairs:
    """One key–value table: ``fields`` by header, ``place`` of each header (``table 1, row 3``).

    ``repeated`` are headers met again with another value: they are kept as ``名称 (2)``.
    """

    place: str
    fields: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    repeated: list[str] = field(default_factory=list)


def pairs(tree: Element) -> list[Pairs]:
    """Every key–value table of ``tree`` in page order.

    A table is one where every row that has cells alternates header and value: ``th`` then ``td``; or, in a table
    without ``th``, an even number of ``td`` (2, 4, 6) whose header cells share a mark of their own (class, background,
    alignment, bold) or end in a colon. What has no such mark is read by ``crawlers.grids.pairs`` with known headers.
    A lone cell over the whole width is a heading and skipped.
    """
    found = (_pairs(table, f"table {number}") for number, table in enumerate(tree.iter("table"), 1))
    return [table for table in found if table is not None]


def _pairs(table: Element, place: str) -> Pairs | None:
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in _own_rows(table)]
    with_th = any(cell.tag == "th" for row in rows for cell in row)
    result = Pairs(place)
    for number, cells in enumerate(rows, 1):
        if len(cells) < 2:
            continue
        split = _by_th(cells) if with_th else _by_colon(cells)
        if split is None:
            return None
        for header, value in split:
            add(result, header, value, f"{place}, row {number}")
    return result if result.fields else None


def _own_rows(table: Element) -> list[Element]:
    return [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]


def _by_th(cells: list[Element]) -> list[tuple[str, str]] | None:
    """``th td th td``: each td belongs to the th before it; two th side by side head columns, not pairs."""
    if len(cells) % 2 or len(cells) > 6:
        return None
    if any(cell.tag != ("td" if index % 2 else "th") for index, cell in enumerate(cells)):
        return None
    return [(cell_text(cells[i]), cell_text(cells[i + 1])) for i in range(0, len(cells), 2)]


def _by_colon(cells: list[Element]) -> list[tuple[str, str]] | None:
    if len(cells) not in (2, 4, 6):
        return None
    texts = [cell_text(cell) for cell in cells]
    headers, values = texts[::2], texts[1::2]
    marked = all(header.endswith(tuple(_COLON)) or not header for header in headers) and any(headers)
    return list(zip(headers, values, strict=True)) if marked or _told_apart(cells) else None


def _told_apart(cells: list[Element]) -> bool:
    """Whether header cells share one mark of their own: a class, a background, an alignment, or bold type."""
    for mark in _MARKS:
        headers, values = ({cell.get(mark) for cell in cells[start::2]} for start in (0, 1))
        if len(headers) == 1 and None not in headers and not headers & values:
            return True
    return all(map(_is_bold, cells[::2])) and not any(map(_is_bold, cells[1::2]))


def _is_bold(cell: Element) -> bool:
    """Whether all of a cell's text stands in one ``b`` or ``strong``."""
    return not (cell.text or "").strip() and len(cell) == 1 and cell[0].tag in ("b", "strong")


def add(result: Pairs, header: str, value: str, place: str) -> None:
    """Add a pair; a header met again with another value is kept as ``名称 (2)``."""
    name = fold(header.rstrip(_COLON + " "))
    if not name:
        return
    if name in result.fields:
        if result.fields[name] == value:
            return
        result.repeated.append(name)
        name = f"{name} ({result.repeated.count(name) + 1})"
    result.fields[name] = value
    result.places[name] = place
