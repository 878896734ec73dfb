"""A file that a notice links to: one document, or an archive of documents, as rows under the headers asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from crawlers.archives import Archive, opened
from crawlers.filenames import best, of_address, of_disposition
from crawlers.pages.base import PageRow, SourcePage
from crawlers.pages.fields import cached, field
from crawlers.readers import Document, Grid, ReadIssue, read
from crawlers.readers.apart import APART
from crawlers.readers.signature import kind_of
from crawlers.tables import Table, records


class Tables:
    """The records of a document's grids under the headers asked for."""

    def __init__(self, found: list[Grid], required: list[str]) -> None:
        self.found = found
        self.read: list[Table] = [records(grid, required=required) for grid in found]

    @property
    def rows(self) -> list[PageRow]:
        """Rows of every grid that holds the headers."""
        return [
            PageRow(fields=r.fields, place=r.place, id=None, title=r.title, rows=r.rows, links=[])
            for table in self.read if table.header is not None
            for r in table.records
        ]  # fmt: skip

    @property
    def known(self) -> bool:
        """Whether any grid holds the required headers, with or without rows (a list of no one is a list)."""
        return any(table.header is not None for table in self.read)

    @property
    def stated(self) -> int | None:
        """The sum of the counts that headings and notes state, where every table states one."""
        counts = [t.stated_count for t in self.read if t.header is not None]
        known = [count for count in counts if count is not None]
        return sum(known) if known and len(known) == len(counts) else None

    @property
    def issues(self) -> list[dict[str, Any]]:
        """What of the tables could not be read."""
        return [issue.row() for table in self.read if table.header is not None for issue in table.issues]


class AttachmentPage(SourcePage):
    """A file of a notice through the readers. ``params``: required, filename (the link's text).

    Of an archive every file is read, its places begin with ``附件.zip!名单.xls, ``.
    """

    @cached
    def name(self) -> str:
        """The file's name by Content-Disposition, the link's text, the address: the first with a suffix."""
        sent = of_disposition(self.response.headers.get("Content-Disposition") or "")
        return best(sent, self.params.get("filename"), of_address(str(self.response.url)))

    @cached_property
    def _document(self) -> Document:
        return read(self.response.body, filename=self.name, content_type=self.content_type)

    @property
    def slow(self) -> bool:
        """Whether the file takes so long to read that other sites would wait for it."""
        return kind_of(self.response.body) == "pdf"

    def read_apart(self) -> Document:
        """The file, read by another process; blocks."""
        return APART.read(self.response.body, filename=self.name, content_type=self.content_type)

    def take(self, document: Document) -> None:
        """Take what was read elsewhere."""
        self.__dict__["_document"] = document

    @cached_property
    def _archive(self) -> Archive | None:
        return opened(self.response.body, self.name) if self._document.kind == "archive" else None

    @cached_property
    def _members(self) -> list[tuple[str, Document]]:
        if self._archive is None:
            return []
        return [(member.name, read(member.data, filename=member.name)) for member in self._archive.members]

    @cached_property
    def _tables(self) -> Tables:
        if self._archive is None:
            return Tables(self._document.grids, self.params["required"])
        return Tables([g for name, document in self._members for g in self._placed(name, document)],
                      self.params["required"])  # fmt: skip

    def _placed(self, member: str, document: Document) -> Iterator[Grid]:
        """Grids of an archive's file with their places in the archive; its name is the title of an untitled table."""
        before = f"{self.name}!{member}, "
        for grid in document.grids:
            places = [before + grid.place_of(row) for row in range(len(grid.rows))]
            title = grid.title or PurePosixPath(member.rpartition("!")[2]).stem
            yield replace(grid, place=before + grid.place, places=places, title=title)

    @field
    def problem(self) -> str | None:
        """Why nothing can be drawn from the file; None where rows were read or it holds no table."""
        if self._archive is not None:
            return None if self._tables.known else self._of_archive
        if not self._document.readable:
            return next(issue.message for issue in self._document.issues if issue.code == "unreadable")
        if self._document.grids and not self._tables.known:
            return f"layout changed: no table with {', '.join(self.params['required'])}"
        return None if self._document.grids else "no table in the file"

    @property
    def _of_archive(self) -> str:
        wanted = ", ".join(self.params["required"])
        return self.unread[0] if self.unread else f"layout changed: no file of {self.name} has a table with {wanted}"

    @cached
    def unread(self) -> list[str]:
        """Files of an archive that hold no rows to read, each with its reason."""
        if self._archive is None:
            return []
        refused = [issue.message for issue in self._archive.issues]
        return refused + [reason for name, document in self._members if (reason := self._unread(name, document))]

    def _unread(self, member: str, document: Document) -> str | None:
        if not document.readable:
            return next(f"{member}: {issue.message}" for issue in document.issues if issue.code == "unreadable")
        return None if document.grids else f"{member}: no table in the file"

    @cached
    def rows(self) -> list[PageRow]:
        """Records of every table that holds the required headers."""
        return self._tables.rows

    @field
    def stated(self) -> int | None:
        """The count that headings or notes of the tables state."""
        return self._tables.stated

    @field
    def text(self) -> str:
        """Free text of the file."""
        if self._archive is None:
            return self._document.text
        return "\n".join(document.text for _, document in self._members if document.text)

    @field
    def issues(self) -> list[dict[str, Any]]:
        """What could not be read, of the file and of its tables."""
        if self._archive is None:
            return [*(issue.row() for issue in self._document.issues), *self._tables.issues]
        inside = (self._inside(name, issue).row() for name, document in self._members for issue in document.issues)
        return [*(issue.row() for issue in self._archive.issues), *inside, *self._tables.issues]

    def _inside(self, member: str, issue: ReadIssue) -> ReadIssue:
        place = f"{self.name}!{member}" + (f", {issue.place}" if issue.place else "")
        return replace(issue, message=f"{member}: {issue.message}", place=place)
