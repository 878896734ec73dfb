"""A page of th/td pairs: one enterprise, one project, one report."""

from __future__ import annotations

from functools import cached_property

from crawlers.pages.base import SourcePage
from crawlers.pages.fields import cached, field
from crawlers.readers.html import Pairs, pairs


class PairsPage(SourcePage):
    """``params``: required, the headers without which it is another page."""

    @field
    def problem(self) -> str | None:
        """The required headers that are absent; None where all are there."""
        missing = [name for name in self.params["required"] if name not in self.fields]
        return f"layout changed: the page lacks {', '.join(missing)}" if missing else None

    @cached_property
    def tables(self) -> list[Pairs]:
        """The key-value tables that belong to the page's matter: those with a required header, else all."""
        found = pairs(self.tree)
        own = [table for table in found if any(name in table.fields for name in self.params["required"])]
        return own or found

    @cached
    def fields(self) -> dict[str, str]:
        """Header → value over its tables; a header met again keeps its first value here."""
        merged: dict[str, str] = {}
        for table in self.tables:
            for name, value in table.fields.items():
                merged.setdefault(name, "" if value == "null" else value)
        return merged

    @field
    def place(self) -> str:
        """Which table holds them."""
        return ", ".join(table.place for table in self.tables) or "page"
