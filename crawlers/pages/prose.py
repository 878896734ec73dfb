"""One notice of an authority as records: its tables, else its page of pairs, else its sentences."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from crawlers.pages.attachments import AttachmentPage
from crawlers.pages.base import PageRow
from crawlers.pages.fields import cached, field
from crawlers.pages.notices import NoticePage
from crawlers.prose import READERS
from crawlers.prose.facts import Facts, unwrapped
from crawlers.readers.html import pairs

SENTENCES = "notice"
"""Place of a record that was read off sentences."""


class ProsePage(NoticePage):
    """``params``: those of ``NoticePage`` and reads (see ``walks.ProseNoticeSchema``)."""

    @cached
    def rows(self) -> list[PageRow]:
        """Rows of tables that hold the required headers; else one row of the pairs, or of what the sentences say."""
        return self._tables.rows or self._pairs or read_rows(self.facts)

    @cached_property
    def _pairs(self) -> list[PageRow]:
        """The key-value tables together, where every required header is among them."""
        found = pairs(self._body) if self._body is not None else []
        fields: dict[str, str] = {}
        for table in found:
            for name, value in table.fields.items():
                fields.setdefault(name, "" if value == "null" else value)
        if not self.params["required"] or not all(_held(fields, header) for header in self.params["required"]):
            return []
        return [PageRow(fields=fields, place=found[0].place, id=None, title=None, rows=1, links=[])]

    @cached_property
    def facts(self) -> Facts | None:
        """What the notice's sentences say, where a prose reader is named."""
        return facts_of(self.params.get("reads"), self.text, self.title)

    @cached
    def by_sentences(self) -> bool:
        """Whether the rows were read off sentences."""
        return any(row["place"] == SENTENCES for row in self.rows)

    @field
    def issues(self) -> list[dict[str, Any]]:
        """What of the tables, or of the sentences, could not be read."""
        if self.by_sentences and self.facts is not None:
            return [issue.row() for issue in self.facts.issues] + self.broken
        return self._tables.issues + self.broken


class ProseFilePage(AttachmentPage):
    """A notice's file: its tables, else its sentences. ``params``: those of ``AttachmentPage``, reads and title."""

    @cached
    def rows(self) -> list[PageRow]:
        """Rows of tables that hold the required headers, else one row of what the text says."""
        return self._tables.rows or read_rows(self.facts)

    @cached_property
    def facts(self) -> Facts | None:
        """What the file's text says; lines that a PDF's page wrapped are joined first."""
        text = unwrapped(self.text) if self._document.kind == "pdf" else self.text
        return facts_of(self.params.get("reads"), text, self.params.get("title"))

    @cached
    def by_sentences(self) -> bool:
        """Whether the rows were read off sentences."""
        return any(row["place"] == SENTENCES for row in self.rows)

    @field
    def issues(self) -> list[dict[str, Any]]:
        """What could not be read, of the file and of its sentences."""
        doubts = self.facts.issues if self.by_sentences and self.facts is not None else []
        return [issue.row() for issue in (*self._document.issues, *doubts)] + self._tables.issues


def facts_of(reader: str | None, text: str, title: str | None) -> Facts | None:
    """The facts by the reader of that name; None without one or without text."""
    return READERS[reader](text, title) if reader and text else None


def read_rows(facts: Facts | None) -> list[PageRow]:
    """One row of what the sentences say; none where they do not say what makes a record."""
    if facts is None or not facts.recognised:
        return []
    return [PageRow(fields=dict(facts.fields), place=SENTENCES, id=None, title=None, rows=1, links=[])]


def _held(fields: dict[str, str], header: str) -> bool:
    return any(name in fields for name in header.split("|"))
