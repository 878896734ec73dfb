"""CSV and its like in any Chinese encoding; the separator is the one under which the rows agree."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from crawlers.readers.document import Document, Limits, ReadIssue, unreadable
from crawlers.readers.encodings import decode
from crawlers.readers.folding import fold
from crawlers.readers.sheets import sheet_grid

_SEPARATORS = (",", "\t", ";", "|", "，")
_PROBED = 20
_AS_TEXT = re.compile(r'="?([^"]*)"?')
_EXPONENT = re.compile(r"\d\.\d+E\+1[4-9]", re.IGNORECASE)
_PLACE = "table 1"


def read_delimited(data: bytes, content_type: str, limits: Limits) -> Document:
    """A CSV file as a document of one grid ``table 1``; ``="0012"`` (how zeros are kept) is read as 0012."""
    source = decode(data, content_type)
    document = Document("csv", issues=list(source.issues), encoding=source.encoding)
    text = source.text.replace("\x00", "")
    if text[:4].lower() == "sep=":
        text = text.split("\n", 1)[-1]
    rows = _rows(text, document, limits)
    if not any(any(row) for row in rows):
        return unreadable("csv", "it holds no cell with text")
    document.grids.append(sheet_grid(rows, _PLACE))
    return document


def _rows(text: str, document: Document, limits: Limits) -> list[list[str]]:
    rows: list[list[str]] = []
    mark = separator(text)
    doubtful = _EXPONENT.search(text) is not None
    plain = '"' not in text and not _needs_folding(text, mark)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        for row in reader:
            if len(rows) >= limits.rows:
                message = f"more than {limits.rows} rows; the rest was not read; split the file"
                document.issues.append(ReadIssue("error", "too-many-rows", message, _PLACE))
                break
            rows.append(row if plain else [_cell(cell) if cell[:1] == "=" else fold(cell) for cell in row])
            if doubtful:
                _check(rows, document)
    except csv.Error as error:
        place = f"{_PLACE}, row {len(rows) + 1}"
        message = f"row cannot be read at {place} ({error}); the rows after it were not read; check its quotation marks"
        document.issues.append(ReadIssue("error", "row-unreadable", message, place))
    return rows


def _needs_folding(text: str, mark: str) -> bool:
    """Whether any cell of a text without quotation marks has blanks at its ends, double or odd ones, or invisible ones.

    Asked once of the whole text: most files have none, and folding every cell costs four times as much as reading it.
    """
    edges = ("  ", f"{mark} ", f" {mark}", " \n", "\n ", " \r")
    if any(edge in text for edge in edges) or text[:1] == " " or text[-1:] == " ":
        return True
    # All that would be folded away, and every blank but the plain space, counts as not printable.
    return not text.replace("\r", "").replace("\n", "").replace(mark, "").isprintable()


def separator(text: str) -> str:
    """The separator that splits most of the first rows into the same number (two or more) of cells; else a comma."""
    sample = "\n".join(text.splitlines()[:_PROBED])
    return max(_SEPARATORS, key=lambda mark: _agreement(sample, mark))


def _agreement(sample: str, mark: str) -> tuple[int, int]:
    try:
        widths = Counter(len(row) for row in csv.reader(io.StringIO(sample), delimiter=mark) if len(row) > 1)
    except csv.Error:
        return (0, 0)
    width, count = widths.most_common(1)[0] if widths else (0, 0)
    return (count, width)


def _cell(cell: str) -> str:
    found = _AS_TEXT.fullmatch(cell.strip())
    return fold(found.group(1) if found else cell)


def _check(rows: list[list[str]], document: Document) -> None:
    for cell in rows[-1]:
        if _EXPONENT.fullmatch(cell):
            place = f"{_PLACE}, row {len(rows)}"
            message = (
                f"{cell} at {place} is a long code turned into a number: its last digits are lost; export it as text"
            )
            document.issues.append(ReadIssue("warning", "digits-lost", message, place, cell))
