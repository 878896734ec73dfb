"""The page that hands out a form's hidden fields."""

from __future__ import annotations

from crawlers.pages.base import SourcePage
from crawlers.pages.fields import cached, field


class HiddenFieldsPage(SourcePage):
    """``params``: hidden, the names looked for."""

    @field
    def problem(self) -> str | None:
        """The names that the page does not hold; None where it holds all."""
        missing = [name for name in self.params["hidden"] if not self.values.get(name)]
        return f"layout changed: no hidden field {', '.join(missing)}" if missing else None

    @cached
    def values(self) -> dict[str, str]:
        """Hidden field → value, of those asked for."""
        inputs = {node.get("name"): node.get("value") or "" for node in self.tree.iter("input")}
        return {name: inputs[name] for name in self.params["hidden"] if name in inputs}
