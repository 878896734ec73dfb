"""Pages of a list, within what Elasticsearch gives by number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Request, request, url_for

from indexer.search.moment import HOWS
from indexer.search.queries import MAX_WINDOW


@dataclass(frozen=True)
class Page:
    """Page ``number`` (from 1) of a list of ``total`` rows, ``size`` on a page."""

    number: int
    size: int
    total: int

    @property
    def last(self) -> int:
        """Number of the last page that can be asked for."""
        return max(1, -(-min(self.total, MAX_WINDOW) // self.size))

    @property
    def first_row(self) -> int:
        """Number of the page's first row, from 1; 0 in an empty list."""
        return min((self.number - 1) * self.size + 1, self.total)

    @property
    def last_row(self) -> int:
        """Number of the page's last row."""
        return min(self.number * self.size, self.total)

    @property
    def cut(self) -> bool:
        """True where the list is longer than what can be paged through: it must be narrowed or exported."""
        return self.total > MAX_WINDOW


def asked(size: int, asking: Request | None = None) -> tuple[int, int]:
    """The page number asked for (``?page=``) and its first row from 0; nonsense gives the first page."""
    text = (asking or request).args.get("page", "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    number = max(1, min(number, MAX_WINDOW // size))
    return number, (number - 1) * size


def here(**changes: Any) -> str:
    """The address of this page with some arguments changed; None takes an argument away; the page starts anew."""
    arguments: dict[str, Any] = {name: values for name, values in request.args.lists() if name != "page"}
    arguments.update(request.view_args or {})
    arguments.update(changes)
    # A day taken away is said to be none: left out, the link would carry the page's own (``moments``).
    kept = {name: value for name, value in arguments.items() if value not in (None, "", []) or name in HOWS}
    return url_for(request.endpoint or "public.home", **kept)
