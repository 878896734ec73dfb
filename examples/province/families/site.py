"""What a family site is to the province: its answers and its planted records."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from ..model import World
from ..pages.http import Request, Response


@dataclass(frozen=True)
class Planted:
    """One record as the site publishes it: the site's own headers and values, as a careful person would copy them.

    ``subject`` holds any of ``name, uscc, external_id, region``; ``rows`` how often the site shows the identical row.
    """

    kind: str
    fields: dict[str, str]
    subject: dict[str, str] = field(default_factory=dict)
    title: str | None = None
    published_at: str | None = None
    rows: int = 1


@dataclass(frozen=True)
class FamilySite:
    """One site: ``answer(world, day, request)`` is a page, ``planted(world, day)`` all that it publishes that day.

    ``total(world, day)`` gives the total that the site itself states for each kind that has one.
    """

    name: str
    answer: Callable[[World, date, Request], Response]
    planted: Callable[[World, date], Iterable[Planted]]
    total: Callable[[World, date], dict[str, int]]
    cached: bool = True
    """False where an answer depends on the session or on earlier requests."""
