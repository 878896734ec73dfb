"""One running province for the tests of its sites; the world of 120 and the visits of its script."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode, urlsplit

import pytest

from examples.province.model import Firm, World
from examples.province.server import ProvinceServer
from examples.province.world import build_world


@dataclass(frozen=True)
class Answer:
    """What a site answered."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


Ask = Callable[..., Answer]


@pytest.fixture(scope="session")
def world() -> World:
    return build_world(120, 7)


@pytest.fixture(scope="session")
def by_role(world: World) -> dict[str, Firm]:
    return {firm.role: firm for firm in world.firms}


@pytest.fixture(scope="session")
def province(world: World) -> Iterator[ProvinceServer]:
    with ProvinceServer(world, date(2023, 4, 17)) as server:
        yield server


@pytest.fixture
def ask(province: ProvinceServer) -> Ask:
    """``ask(site, path, form=None, day=None, cookie=None)`` → one answer, redirects not followed."""

    def one(
        site: str, path: str, form: dict[str, str] | None = None, day: str = "2023-04-17", cookie: str = ""
    ) -> Answer:
        if province.day.isoformat() != day:
            province.set_date(date.fromisoformat(day))
        connection = http.client.HTTPConnection(urlsplit(province.urls[site]).netloc, timeout=10)
        headers = {"Cookie": cookie} if cookie else {}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = urlencode(form) if form is not None else None
        try:
            connection.request("GET" if form is None else "POST", path, body, headers)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    return one
