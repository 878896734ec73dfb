"""Tables of an HTML page as grids: spans filled, nested tables kept apart, headings above and notes below carried."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from crawlers.grids.spans import Cell, layout
from crawlers.readers.document import LIMITS, Grid, Limits, Link
from crawlers.readers.element import Element, text_of
from crawlers.readers.folding import fold, is_note, stated_count

_SECTIONS = {"thead", "tbody", "tfoot"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "strong", "b", "caption", "legend"}
_SKIPPED = {"script", "style"}
_LONGEST_TITLE = 120
_LINKED = ("a", "button", "input")
_SPANS = etree.XPath("boolean(.//*[@rowspan or @colspan])")
_KEPT = ("id", "class", "onclick", "data-id")


def grids(tree: Element, limits: Limits = LIMITS) -> list[Grid]:
    """Every table of ``tree`` that holds a cell, in page order: ``table 1``, ``table 2`` …; nested ones apart."""
    return [
        grid
        for number, table in enumerate(tree.iter("table"), 1)
        if (grid := _grid(table, f"table {number}", limits)).rows
    ]


def _grid(table: Element, place: str, limits: Limits) -> Grid:
    held = [(row, cells) for row in _rows(table) if (cells := list(_cells(row)))]
    rows = [row for row, _ in held]
    laid = _laid(table, [cells for _, cells in held], limits)
    texts: dict[Element | None, str] = {cell: cell_text(cell) for _, cells in held for cell in cells}
    texts[None] = ""
    grid = Grid([[texts[cell] for cell in row] for row in laid], place)
    grid.places = [f"{place}, row {number}" for number in range(1, len(rows) + 1)]
    grid.row_attributes = [_attributes(row) for row in rows]
    grid.merged = frozenset(
        i for i, row in enumerate(laid) if len(row) > 1 and row[0] is not None and len(set(row)) == 1
    )
    grid.links = list(_links(laid)) if next(table.iter(*_LINKED), None) is not None else []
    grid.title = _title(table)
    grid.notes = _notes(table)
    grid.stated_count = next((n for line in [grid.title, *grid.notes] if (n := stated_count(line)) is not None), None)
    return grid


def _laid(table: Element, rows: list[list[Element]], limits: Limits) -> list[list[Element | None]]:
    """The cells on a rectangle; most tables have no spans and need no laying out."""
    if _SPANS(table):
        return layout(([_cell(cell) for cell in cells] for cells in rows), None, limits.span)
    width = max(map(len, rows), default=0)
    return [[*cells, *[None] * (width - len(cells))] for cells in rows]


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in _SECTIONS:
            yield from (row for row in child if row.tag == "tr")


def _cells(row: Element) -> Iterator[Element]:
    return row.iterchildren("td", "th")


def _cell(cell: Element) -> Cell[Element | None]:
    return Cell(cell, _span(cell.get("rowspan")), max(_span(cell.get("colspan")), 1))


def _span(text: str | None) -> int:
    digits = (text or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 1


def cell_text(cell: Element) -> str:
    """A cell's text, folded; its ``title`` where the cell is cut (``上海某某…`` with the full name in ``title``)."""
    if not len(cell) and not cell.get("title"):
        return fold(cell.text or "")
    text = fold("".join(_texts(cell)))
    full = fold(cell.get("title") or "")
    if not full:
        full = next((fold(link.get("title") or "") for link in cell.iter("a", "span") if link.get("title")), "")
    shown = text.rstrip(".…")
    return full if shown != text and len(full) > len(shown) and full.startswith(shown) else text


def _texts(cell: Element) -> Iterator[str]:
    """Text of a cell without scripts and without the tables nested in it (they are grids of their own).

    An explicit stack: cells nest without bound.
    """
    stack: list[Element | str] = [*_inside(cell)]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield node
        elif isinstance(node.tag, str) and node.tag not in _SKIPPED and node.tag != "table":
            inside = _inside(node)
            stack += [" ", *inside, " "] if node.tag in ("br", "p", "div", "li") else inside


def _inside(node: Element) -> list[Element | str]:
    """What stands in an element, the last first."""
    found: list[Element | str] = [node.text or ""]
    for child in node:
        found += (child, child.tail or "")
    return found[::-1]


def _attributes(row: Element) -> dict[str, str]:
    return {name: value for name in _KEPT if (value := row.get(name))}


def _links(laid: list[list[Element | None]]) -> Iterator[Link]:
    seen: set[Element] = set()
    for row, cells in enumerate(laid):
        for column, cell in enumerate(cells):
            if cell is None or cell in seen:
                continue
            seen.add(cell)
            for node in cell.iter(*_LINKED):
                if node.get("href") or node.get("onclick"):
                    yield Link(row, column, fold(text_of(node)), node.get("href") or "", node.get("onclick") or "")


def _title(table: Element) -> str | None:
    caption = table.find("caption")
    if caption is not None and (text := fold(text_of(caption))):
        return text
    return next((text for text in _before(table) if not is_note(text)), None)


def _before(table: Element) -> Iterator[str]:
    """Short lines directly above the table, nearest first; a table, a long paragraph or the body's start ends them."""
    node: Element | None = table
    while node is not None and node.tag not in ("body", "html", "td", "th"):
        for sibling in node.itersiblings(preceding=True):
            if text := fold(sibling.tail or ""):
                yield from _short(text)
                return
            if not isinstance(sibling.tag, str) or sibling.tag in _SKIPPED:
                continue
            if sibling.tag == "table" or next(sibling.iter("table"), None) is not None:
                return
            if text := fold(text_of(sibling)):
                yield from _short(text)
                return
        parent = node.getparent()
        if parent is not None and (text := fold(parent.text or "")):
            yield from _short(text)
            return
        node = parent


def _short(text: str) -> Iterator[str]:
    if len(text) <= _LONGEST_TITLE:
        yield text


def _notes(table: Element) -> list[str]:
    """Lines of note (``注：…``) directly under the table."""
    notes: list[str] = []
    if is_note(table.tail or ""):
        notes.append(fold(table.tail or ""))
    for sibling in table.itersiblings():
        if not isinstance(sibling.tag, str):
            continue
        text = fold(text_of(sibling))
        if sibling.tag == "table" or (text and not is_note(text) and not notes):
            break
        if text and (is_note(text) or sibling.tag == "p"):
            notes.append(text)
    return notes
