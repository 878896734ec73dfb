"""Tables whose values stand beside their headers: reported, and none of their rows kept.

What a header means is the indexer's to know; whoever imports gives its judgement as a function.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from crawlers.importing.errors import ImportRefusedError
from crawlers.importing.reading import FileRead, FileRow
from crawlers.readers.document import ReadIssue

Shift = Callable[[str, Sequence[Mapping[str, str]]], int | None]
"""(kind, raw fields of a table's rows in the order of its columns) → columns that the values stand aside, or None."""


def without_shifted(read: FileRead, kind: str, shift: Shift) -> None:
    """Take the rows of shifted tables out of ``read``, with an error issue for each table.

    Raises ImportRefusedError where no row is left.
    """
    tables: dict[str, list[FileRow]] = {}
    for row in read.rows:
        tables.setdefault(row.place.rpartition(", row ")[0], []).append(row)
    for place, rows in tables.items():
        offset = shift(kind, [row.fields for row in rows]) if place else None
        if offset is not None:
            _take_out(read, place, rows, offset)
    if not read.rows:
        first = read.preview.errors[0].message
        raise ImportRefusedError(f"{read.preview.file}: no row could be read; {first}")


def _take_out(read: FileRead, place: str, rows: list[FileRow], offset: int) -> None:
    side = "right" if offset > 0 else "left"
    words = f"the values of {place} stand {abs(offset)} to the {side} of their headers; correct the sheet"
    first = " | ".join(rows[0].fields.values())[:500]
    read.preview.issues.append(ReadIssue("error", "table-shifted", words, place, first))
    taken = {id(row) for row in rows}
    read.rows = [row for row in read.rows if id(row) not in taken]
    for table in read.preview.tables:
        if table.place == place:
            table.unread, table.records = table.unread + table.seen, 0
