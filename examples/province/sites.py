"""The province's sites by name, and which page answers which request."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from .families import FAMILIES
from .looks import BLOCKED, CHANGED, DOWN, site_good
from .model import World
from .pages import bureau, changed, eid, guards, permit, platform
from .pages.http import Request, Response, robots

LISTS = tuple(f"list-{letter}" for letter in "abcdef")
SITES: tuple[str, ...] = ("permit", "platform", DOWN, BLOCKED, CHANGED, "eid", *LISTS)
"""Every site that is crawled on every visit day; the order gives the ports, those of ``FAMILIES`` follow."""
ALL: tuple[str, ...] = (*SITES, *FAMILIES)
Answer = Callable[[World, str, date, Request], Response]
_PAGES: dict[str, Answer] = {
    "permit": permit.answer,
    "eid": eid.answer,
    **dict.fromkeys(("platform", DOWN, BLOCKED, CHANGED), platform.answer),
    **dict.fromkeys(LISTS, bureau.answer),
}


def answer(world: World, site: str, day: date, request: Request) -> Response:
    """What ``site`` answers on ``day``. Raises KeyError for a site that is not in ``ALL``."""
    if site in FAMILIES:
        return FAMILIES[site].answer(world, day, request)
    if site == DOWN:
        return guards.down(request)
    if site == BLOCKED and not site_good(site, day):
        return guards.challenge(request)
    if request.path == "/robots.txt":
        return robots()
    if site == CHANGED and not site_good(site, day):
        return changed.answer(world, site, day, request)
    return _PAGES[site](world, site, day, request)
