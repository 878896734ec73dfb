"""A page of an ASP.NET WebForms list: its grid, and the hidden state that the next post must carry."""

from __future__ import annotations

import re

from crawlers.pages.base import first_number
from crawlers.pages.fields import cached, field
from crawlers.pages.listing import ListPage
from crawlers.webforms import refusal


class ViewStatePage(ListPage):
    """``params``: those of ``ListPage``, state, current, nothing (see ``walks.viewstate``)."""

    @field
    def problem(self) -> str | None:
        """Why this is not the list that the source describes, a refused state first; None where it is."""
        if said := refusal(self.response.body):
            return said
        if missing := [name for name in self.params["state"] if not self.hidden.get(name)]:
            return f"layout changed: no hidden field {', '.join(missing)}"
        return None if self.is_empty else super().problem

    @cached
    def is_empty(self) -> bool:
        """Whether the page says that there is nothing to show."""
        nothing = str(self.params.get("nothing") or "")
        return bool(nothing) and re.search(nothing, self._text) is not None

    @cached
    def hidden(self) -> dict[str, str]:
        """Every hidden field with a name: ``__VIEWSTATE`` in its parts, ``__EVENTVALIDATION`` and all others."""
        nodes = (node for node in self.tree.iter("input") if (node.get("type") or "").lower() == "hidden")
        return {name: node.get("value") or "" for node in nodes if (name := node.get("name"))}

    @cached
    def current(self) -> int | None:
        """Number of the page shown, where the source says how it is stated."""
        return first_number(self.params.get("current"), self._text)
