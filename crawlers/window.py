"""The days that a crawl is about: a date window or a back-fill, where the source's walk can be narrowed to days.

A walk can be where an address or form of it holds ``{from}`` or ``{to}`` (with a format of its own as in
``{from:%Y%m%d}``), where a module is asked in ``windows``, or where its list states each item's day (``date``). What a
narrowed run finds, and that it finds nothing, holds for its days alone: its visits carry them as their period.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from crawlers.errors import SourceError

_DATED = re.compile(r"\{(from|to)(?::([^{}]+))?\}")
USUAL_DAYS = 31
"""Days that a walk with date parameters asks for where no window is given and its file names no other number."""


@dataclass(frozen=True)
class Window:
    """First and last day, both included; None is open."""

    first: date | None = None
    last: date | None = None

    @property
    def period(self) -> str:
        """As visits carry it: ``2026-01-01/2026-03-31``, ``../2026-03-31``."""
        return f"{self.first or '..'}/{self.last or '..'}"

    def holds(self, day: str | None) -> bool:
        """Whether an item of this stated day (``YYYY-MM-DD``) is wanted; one without a day is: it may lie inside."""
        return day is None or not (self.before(day) or (self.last is not None and day > self.last.isoformat()))

    def before(self, day: str | None) -> bool:
        """Whether a stated day is older than the window: a list that runs backwards has nothing more to offer."""
        return day is not None and self.first is not None and day < self.first.isoformat()


def dated(template: str, first: date, last: date) -> str:
    """A template with its days filled in."""
    if "{from" not in template and "{to" not in template:
        return template
    days = {"from": first, "to": last}
    return _DATED.sub(lambda match: days[match[1]].strftime(match[2] or "%Y-%m-%d"), template)


def checked(window: Window, name: str, walk: Mapping[str, Any]) -> Window:
    """The window; raises SourceError where it is empty or the source's walk cannot be narrowed to days."""
    if window.first and window.last and window.first > window.last:
        raise SourceError(f"the window ends before it begins: {window.period}; exchange --from and --to")
    if not (_parameters(walk) or _dated_list(walk)):
        raise SourceError(
            f"{name}: its walk has neither {{from}} and {{to}} in an address or form, nor windows, nor a list with "
            f"dates; crawl it whole, or add them to its file"
        )
    return window


def narrowed(walk: Mapping[str, Any], window: Window, today: date) -> dict[str, Any]:
    """The walk with each ``windows`` reaching as far back as the window's first day."""
    return {name: _narrowed(name, part, window, today) for name, part in walk.items()}


def _narrowed(name: str, part: Any, window: Window, today: date) -> Any:
    if isinstance(part, Mapping):
        if name == "windows" and window.first is not None:
            return {**part, "back": ((window.last or today) - window.first).days + 1}
        return narrowed(part, window, today)
    return [_narrowed("", each, window, today) for each in part] if isinstance(part, list) else part


def _parameters(part: Any) -> bool:
    if isinstance(part, str):
        return _DATED.search(part) is not None
    if isinstance(part, Mapping):
        return bool(part.get("windows")) or any(_parameters(value) for value in part.values())
    return isinstance(part, list | tuple) and any(_parameters(value) for value in part)


def _dated_list(walk: Mapping[str, Any]) -> bool:
    listed = walk.get("list")
    return isinstance(listed, Mapping) and bool(listed.get("date"))
