"""What every site has in common, and the three that do not answer as hoped."""

from __future__ import annotations

import http.client

import pytest

from examples.province.sites import LISTS

from .conftest import Ask

GOOD = ("permit", "platform", "eid", *LISTS)


@pytest.mark.parametrize("site", GOOD)
def test_robots_allow_all_but_one_linked_path(ask: Ask, site: str) -> None:
    robots = ask(site, "/robots.txt").text
    assert "Disallow: /manage/" in robots and robots.count("Disallow") == 1
    start = {"permit": "/perxxgkinfo/errorinfo.jsp", "platform": "/jsp/view/list.jsp", "eid": "/jsp/view/list.jsp"}
    assert b"/manage/login.jsp" in ask(site, start.get(site, "/hbj/zwgk/tzgg/index.html")).body


@pytest.mark.parametrize("site", ["platform", "eid", *LISTS])
def test_unknown_pages_are_404(ask: Ask, site: str) -> None:
    assert ask(site, "/nothing/here.html").status == 404


def test_city_d_is_down_with_everything(ask: Ask) -> None:
    outcomes: set[str] = set()
    for path in ("/robots.txt", "/jsp/view/list.jsp", "/", "/robots.txt"):
        try:
            outcomes.add(str(ask("platform-d", path, day="2021-03-01").status))
        except (http.client.RemoteDisconnected, ConnectionResetError):
            outcomes.add("dropped")
    assert outcomes == {"503", "dropped"}


def test_city_e_blocks_from_june_2021_on(ask: Ask) -> None:
    assert ask("platform-e", "/jsp/view/list.jsp", day="2021-03-01").status == 200
    blocked = ask("platform-e", "/jsp/view/list.jsp", day="2021-07-05")
    assert blocked.status == 412 and "$_ts" in blocked.text and "Llist" not in blocked.text


def test_city_f_shows_another_layout_from_june_2021_on(ask: Ask) -> None:
    assert "Llist limit" in ask("platform-f", "/jsp/view/list.jsp", day="2021-03-01").text
    changed = ask("platform-f", "/jsp/view/list.jsp", day="2021-07-05")
    assert changed.status == 200 and "Llist" not in changed.text and "onclick" not in changed.text
    rows = ask("platform-f", "/jsp/view/port/list.do", {"wryCode": "1"}, day="2021-07-05")
    assert rows.status == 200 and '"rows"' not in rows.text
