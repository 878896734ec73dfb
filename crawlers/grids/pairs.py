"""Key–value forms without any mark of their own: told by headers that the caller knows.

A form in a spreadsheet, a Word file or a plain HTML table looks like any other grid: only who knows that 企业名称 and
法定代表人 are headers can tell that its rows alternate header and value.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from crawlers.readers.document import Grid
from crawlers.readers.htmlpairs import Pairs, add

WIDTHS = (2, 4, 6)
_LEAST = 3
"""Known headers at the least, or all there are: two could be the header of a table of columns."""
_SHARE = 0.5
"""Share of the header cells that must be known."""


def pairs_of(grid: Grid, known: Callable[[str], bool]) -> Pairs | None:
    """``grid`` read as rows of 1, 2 or 3 (header, value) couples; None where it is no such form.

    ``known`` says whether a text is a header. A row that is one cell from edge to edge is a heading and skipped; the
    values under a form's headings must not be headers themselves.
    """
    rows = [(number, _cells(row)) for number, row in enumerate(grid.rows)]
    coupled = [(number, cells) for number, cells in rows if len(cells) > 1]
    if len(coupled) < 2 or any(len(cells) not in WIDTHS for _, cells in coupled):
        return None
    headers = [cell for _, cells in coupled for cell in cells[::2] if cell]
    values = [cell for _, cells in coupled for cell in cells[1::2] if cell]
    right = sum(1 for header in headers if known(header))
    if right < min(_LEAST, len(headers)) or right < _SHARE * len(headers) or sum(map(known, values)) * 4 > right:
        return None
    result = Pairs(grid.place)
    for number, cells in coupled:
        for header, value in zip(cells[::2], cells[1::2], strict=True):
            add(result, header, value, grid.place_of(number))
    return result


def _cells(row: list[str]) -> list[str]:
    """The row's cells with merged ones once; an empty value keeps its place."""
    cells = [text for text, _ in groupby(row)]
    return [*cells, ""] if len(cells) % 2 and len(cells) > 1 else cells
