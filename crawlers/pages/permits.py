"""The public page of one discharge permit (排污许可证): versions, th/td pairs, facts in prose; and its sub-pages."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from crawlers.pages.base import PageRow, SourcePage, first_group
from crawlers.pages.encrypted import cipher
from crawlers.pages.fields import cached, field
from crawlers.readers.html import grids, page_text, pairs
from crawlers.tables import Table, records

VERSIONS, FACTS = "许可证版本", "许可内容"
"""Titles of a permit's records: one a version, one of what it allows."""


class PermitPage(SourcePage):
    """``params``: versions (header of the table of versions), text (header → expression), required."""

    @field
    def problem(self) -> str | None:
        """Why this is not a permit's page; None where it is."""
        if self.params["versions"] and not any(row["title"] == VERSIONS for row in self.rows):
            return f"layout changed: no table of {', '.join(self.params['versions'])}"
        facts = next((row["fields"] for row in self.rows if row["title"] == FACTS), {})
        missing = [name for name in self.params.get("required") or [] if name not in facts]
        return f"layout changed: the page lacks {', '.join(missing)}" if missing else None

    @field
    def cipher(self) -> str | None:
        """By what a part of the page (the outlets' places) is encrypted; None where nothing is."""
        return cipher(self.markup)

    @cached
    def rows(self) -> list[PageRow]:
        """One row a version (title ``VERSIONS``), then one of all pairs and facts (title ``FACTS``)."""
        return [*self._versions(), *self._facts()]

    def _versions(self) -> list[PageRow]:
        if not self.params["versions"]:
            return []
        tables = [records(grid, required=self.params["versions"]) for grid in grids(self.tree)]
        return [
            PageRow(fields=r.fields, place=r.place, id=None, title=VERSIONS, rows=r.rows, links=[])
            for table in tables if table.header is not None
            for r in table.records
        ]  # fmt: skip

    def _facts(self) -> list[PageRow]:
        found: dict[str, str] = {}
        places: list[str] = []
        for table in pairs(self.tree):
            places.append(table.place)
            found.update(table.fields)
        text = page_text(self.tree)
        for header, expression in self.params["text"].items():
            if value := first_group(expression, text):
                found.setdefault(header, value)
        place = ", ".join(places) or "page"
        return [PageRow(fields=found, place=place, id=None, title=FACTS, rows=1, links=[])] if found else []


class PermitTabPage(SourcePage):
    """A sub-page of a permit with tables of its own. ``params``: tables, nothing (see ``walks.TabSchema``)."""

    @cached_property
    def _tables(self) -> list[tuple[dict[str, Any], Table]]:
        """Every table of the page under the first description that fits it."""
        found = []
        for grid in grids(self.tree):
            for wanted in self.params["tables"]:
                table = records(grid, required=wanted["required"])
                if table.header is not None:
                    found.append((wanted, table))
                    break
        return found

    @field
    def problem(self) -> str | None:
        """Why this is not the sub-page that the source describes; None where it is, or says that it has nothing."""
        if self._tables or re.search(self.params["nothing"], page_text(self.tree)):
            return None
        wanted = "; ".join(", ".join(table["required"]) for table in self.params["tables"])
        return f"layout changed: no table with {wanted}"

    @field
    def cipher(self) -> str | None:
        """By what the content is encrypted; None where it is not."""
        return cipher(self.markup)

    @cached
    def rows(self) -> list[PageRow]:
        """Rows of all tables; ``id`` is what identifies a row within its table, by the source's ``key``."""
        return [
            PageRow(
                fields=r.fields, place=r.place, title=wanted["title"] or r.title, rows=r.rows, links=[],
                id="|".join([wanted["title"] or "", *(_last(r.fields, column) for column in wanted["key"])]),
            )
            for wanted, table in self._tables
            for r in table.records
            if not re.search(self.params["nothing"], "".join(r.fields.values()))
        ]  # fmt: skip

    @field
    def issues(self) -> list[dict[str, Any]]:
        """What of the tables could not be read."""
        return [issue.row() for _, table in self._tables for issue in table.issues]


def _last(fields: dict[str, str], column: str) -> str:
    """The value under a header or under its last part (``排放口/编号``); "" where there is none."""
    names = column.split("|")
    return next((text for header, text in fields.items() if header in names or header.rsplit("/", 1)[-1] in names), "")
