"""The sites of the cases on loopback, served as the province's are."""

from __future__ import annotations

from datetime import date

from ..model import World
from ..pages.http import Request, Response
from ..server import ProvinceServer
from ..world import build_world
from .sites import SITES, answer
from .world import build


def server(day: date, port_base: int = 0, seed: int = 7) -> ProvinceServer:
    """A server of the cases' sites; its clock takes the days of their script alone."""
    cases = build(seed)

    def answers(_world: World, site: str, shown: date, request: Request) -> Response:
        return answer(cases, site, shown, request)

    return ProvinceServer(build_world(6, seed), day, port_base, SITES, answers)
