"""The public page of one discharge permit (排污许可证): versions, th/td pairs, facts in prose."""

from __future__ import annotations

from crawlers.pages.base import PageRow, SourcePage, first_group
from crawlers.pages.fields import cached, field
from crawlers.readers.html import grids, page_text, pairs
from crawlers.tables import records


class PermitPage(SourcePage):
    """``params``: versions (header of the table of versions), text (header → expression), required."""

    @field
    def problem(self) -> str | None:
        """Why this is not a permit's page; None where it is."""
        if self.params["versions"] and not any(row["title"] == "versions" for row in self.rows):
            return f"layout changed: no table of {', '.join(self.params['versions'])}"
        facts = next((row["fields"] for row in self.rows if row["title"] == "facts"), {})
        missing = [name for name in self.params.get("required") or [] if name not in facts]
        return f"layout changed: the page lacks {', '.join(missing)}" if missing else None

    @cached
    def rows(self) -> list[PageRow]:
        """One row a version (title ``versions``), then one of all pairs and facts (title ``facts``)."""
        return [*self._versions(), *self._facts()]

    def _versions(self) -> list[PageRow]:
        if not self.params["versions"]:
            return []
        tables = [records(grid, required=self.params["versions"]) for grid in grids(self.tree)]
        return [
            PageRow(fields=r.fields, place=r.place, id=None, title="versions", rows=r.rows, links=[])
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
        return [PageRow(fields=found, place=place, id=None, title="facts", rows=1, links=[])] if found else []
