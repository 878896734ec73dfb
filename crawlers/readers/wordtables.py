"""Tables of a DOCX body as rows of texts, by one walk of its XML: merges, nesting, fields and tracked changes.

python-docx gives the text of plain runs alone; words inside content controls, insertions and smart tags would be lost.
"""

from __future__ import annotations

from collections.abc import Iterator

from crawlers.readers.element import Element
from crawlers.readers.folding import fold
from crawlers.readers.sheets import Range

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NO_TEXT = {f"{W}del", f"{W}moveFrom", f"{W}rPr", f"{W}pPr", f"{W}tbl", _FALLBACK}
_SPACE = {f"{W}tab", f"{W}br", f"{W}cr"}
_WRAPPERS = {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}smartTag"}


def blocks(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables right below ``parent``, content controls opened, in reading order."""
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag in _WRAPPERS:
            yield from blocks(child)


def paragraph_text(paragraph: Element) -> str:
    """A paragraph's text as it reads with all changes accepted."""
    parts: list[str] = []
    _collect(paragraph, parts)
    return fold("".join(parts))


def _collect(node: Element, parts: list[str]) -> None:
    stack: list[Element | None] = [node]
    while stack:
        current = stack.pop()
        if current is None:
            parts.append(" ")
        elif current.tag == f"{W}t":
            parts.append(current.text or "")
        elif current.tag in _SPACE:
            parts.append(" ")
        elif isinstance(current.tag, str) and current.tag not in _NO_TEXT:
            # A paragraph inside a paragraph is a text box.
            inner = current.tag == f"{W}p" and current is not node
            stack.extend([None, *reversed(current), None] if inner else reversed(current))


def cell_text(cell: Element) -> str:
    """The text of a cell without the tables nested in it."""
    return fold(" ".join(paragraph_text(part) for part in blocks(cell) if part.tag == f"{W}p"))


def table_rows(table: Element, span: int) -> tuple[list[list[str]], list[Range], list[Element]]:
    """(rows of texts, merged ranges, cells in reading order); spans above ``span`` are cut to it."""
    rows: list[list[str]] = []
    merged: list[Range] = []
    cells: list[Element] = []
    open_cells: dict[int, tuple[int, int]] = {}
    for row in _children(table, f"{W}tr"):
        number, column = len(rows), min(_number(row, "gridBefore", 0), span)
        texts = [""] * column
        still_open: dict[int, tuple[int, int]] = {}
        for cell in _children(row, f"{W}tc"):
            width = min(max(_number(cell, "gridSpan", 1), 1), span)
            merge = _merge(cell)
            if merge == "continue" and column in open_cells:
                still_open[column] = open_cells[column]
                texts += [""] * width
            else:
                cells.append(cell)
                texts += [cell_text(cell), *[""] * (width - 1)]
                if merge == "restart":
                    still_open[column] = (number, width)
                elif width > 1:
                    merged.append(((number, column), (number, column + width - 1)))
            column += width
        merged += _closed(open_cells, still_open, number - 1)
        open_cells = still_open
        rows.append(texts)
    merged += _closed(open_cells, {}, len(rows) - 1)
    return _rectangle(rows), merged, cells


def _closed(before: dict[int, tuple[int, int]], after: dict[int, tuple[int, int]], last: int) -> list[Range]:
    """Ranges of vertical merges that end with row ``last``."""
    return [
        ((first, column), (last, column + width - 1))
        for column, (first, width) in before.items()
        if after.get(column) != (first, width) and (last > first or width > 1)
    ]


def _rectangle(rows: list[list[str]]) -> list[list[str]]:
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def _children(parent: Element, tag: str) -> Iterator[Element]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, tag)


def _number(node: Element, name: str, default: int) -> int:
    found = node.find(f"{W}{'trPr' if node.tag == f'{W}tr' else 'tcPr'}/{W}{name}")
    text = (found.get(f"{W}val") if found is not None else None) or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else default


def _merge(cell: Element) -> str | None:
    """``restart`` at the first cell of a vertical merge, ``continue`` below it, else None."""
    found = cell.find(f"{W}tcPr/{W}vMerge")
    return None if found is None else found.get(f"{W}val") or "continue"
