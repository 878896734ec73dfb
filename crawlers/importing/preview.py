"""What an import would do, shown before: the mapping of headers, the first rows, every problem with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from crawlers.readers.document import ReadIssue

_PARTS = {"name": "企业名称", "uscc": "统一社会信用代码", "external_id": "编号", "region": "区县"}


@dataclass
class TablePreview:
    """One table of the file that is imported.

    ``mapping``: part of the subject (name, uscc, external_id, region) → header; ``seen`` rows of data, ``records``
    after identical ones are merged, ``unread`` rows that became issues; ``first`` the first three records.
    """

    place: str
    title: str | None
    stated_count: int | None
    headers: list[str]
    mapping: dict[str, str]
    seen: int
    records: int
    unread: int
    empty_rows: int
    notes: list[str]
    first: list[dict[str, str]]


@dataclass
class Preview:
    """The whole file: its kind, encoding, tables and every issue of reading."""

    file: str
    kind: str
    encoding: str | None
    tables: list[TablePreview] = field(default_factory=list)
    issues: list[ReadIssue] = field(default_factory=list)

    @property
    def records(self) -> int:
        """Records that the import writes."""
        return sum(table.records for table in self.tables)

    @property
    def errors(self) -> list[ReadIssue]:
        """What could not be read, each with place and reason."""
        return [issue for issue in self.issues if issue.severity == "error"]

    def lines(self) -> list[str]:
        """The preview as text, a line an item."""
        head = f"{self.file}: {self.kind}" + (f", {self.encoding}" if self.encoding else "")
        return [head, *(line for table in self.tables for line in _table(table)), *self._problems()]

    def _problems(self) -> Iterator[str]:
        counts = Counter(issue.severity for issue in self.issues)
        yield f"{self.records} records, {counts['error']} errors, {counts['warning']} warnings, {counts['info']} notes"
        for issue in self.issues:
            yield f"  {issue.severity} {issue.code}: {issue.message}" + (f" [{issue.value}]" if issue.value else "")


def _table(table: TablePreview) -> Iterator[str]:
    yield f"{table.place}: {table.title or '(no heading)'}"
    stated = f", the heading states {table.stated_count}" if table.stated_count is not None else ""
    yield f"  rows {table.seen}{stated}; records {table.records}, unread {table.unread}, empty {table.empty_rows}"
    yield f"  headers: {' | '.join(table.headers)}"
    for part, words in _PARTS.items():
        yield f"  {words} ← {table.mapping.get(part, '(no column)')}"
    for fields in table.first:
        yield "  " + "; ".join(f"{header}={value}" for header, value in fields.items() if value)
    for note in table.notes:
        yield f"  note: {note}"
