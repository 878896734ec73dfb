"""The sites of evaluations, monitoring and key lists: what they refuse, and that they tell the same each time."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest

from examples.province.families import credit, eportal, jpage, monitoring, ratings
from examples.province.families.invented import others
from examples.province.families.site import FamilySite
from examples.province.model import World
from examples.province.pages import officefiles, oldexcel, oldword, xlsx
from examples.province.pages.http import Request, Response

DAY = date(2026, 11, 17)
SITES: tuple[FamilySite, ...] = (credit.SITE, ratings.SITE, monitoring.SITE, eportal.SITE, jpage.SITE)


def ask(site: FamilySite, world: World, path: str, query: str = "", **told: Any) -> Response:
    """One answer."""
    pairs = dict(pair.partition("=")[::2] for pair in query.split("&") if pair)
    method = "POST" if "form" in told else "GET"
    return site.answer(world, DAY, Request(method, path, pairs, raw_query=query, **told))


def state(response: Response) -> dict[str, str]:
    """The hidden fields of a page."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" id="[^"]+" value="([^"]*)"', response.body.decode())
    return dict(found)


def test_a_state_belongs_to_its_session_and_its_year(world: World) -> None:
    cookies = {"ASP.NET_SessionId": "one"}
    first = ask(credit.SITE, world, credit.PATH, cookies=cookies)
    turn = {**state(first), "__EVENTTARGET": "Right$Asp_Data", "__EVENTARGUMENT": "2", "Right$ddl_year": "2019"}
    assert "第<b>2</b>页" in ask(credit.SITE, world, credit.PATH, form=turn, cookies=cookies).body.decode()
    assert ask(credit.SITE, world, credit.PATH, form=turn, cookies={"ASP.NET_SessionId": "other"}).status == 500
    other_year = ask(credit.SITE, world, credit.PATH, form={**turn, "Right$ddl_year": "2020"}, cookies=cookies)
    assert other_year.status == 500 and b"Invalid postback" in other_year.body


def test_states_are_forgotten_once_after_page_three(world: World) -> None:
    cookies = {"ASP.NET_SessionId": "forgetful"}
    form = {"__EVENTTARGET": "Right$Asp_Data", "Right$ddl_year": "2019"}
    first = state(ask(credit.SITE, world, credit.PATH, cookies=cookies))
    third = ask(credit.SITE, world, credit.PATH, form={**first, **form, "__EVENTARGUMENT": "3"}, cookies=cookies)
    fourth = {**state(third), **form, "__EVENTARGUMENT": "4"}
    assert b"viewstate MAC failed" in ask(credit.SITE, world, credit.PATH, form=fourth, cookies=cookies).body
    fresh = {**state(ask(credit.SITE, world, credit.PATH, cookies=cookies)), **form, "__EVENTARGUMENT": "4"}
    assert ask(credit.SITE, world, credit.PATH, form=fresh, cookies=cookies).status == 200


@pytest.mark.parametrize(("encoding", "found"), [("gb18030", True), ("utf-8", False)])
def test_names_are_looked_for_in_gbk_alone(world: World, encoding: str, found: bool) -> None:
    query = f"businessName={quote('甲川'.encode(encoding))}&qylx=00&color=0&nextPage=1&sz=000000&qx=000000"
    answer = ask(ratings.SITE, world, ratings.PATH, query)
    assert ("甲川" in answer.body.decode("gb18030")) is found and answer.content_type.endswith("UTF-8")


def test_files_are_given_only_to_who_comes_from_the_list(world: World) -> None:
    notice = next(one for one in monitoring.notices(world) if one.form == "xls")
    path = monitoring.FILES + monitoring._file(notice)
    assert "非法链接" in ask(monitoring.SITE, world, path).body.decode()
    referer = {"referer": f"http://127.0.0.1:1{monitoring.ROOT}index.html"}
    assert ask(monitoring.SITE, world, path, headers=referer).body.startswith(b"\xd0\xcf\x11\xe0")


@pytest.mark.parametrize("made", [officefiles.docx, oldexcel.xls, oldword.doc, xlsx.workbook])
def test_files_are_the_same_bytes_each_time(made: Any) -> None:
    facts = ("标题", ("企业名称", "结果"), (("甲厂", "1"), ("乙厂", "2")))
    more = {officefiles.docx: ("注：无",), xlsx.workbook: (0, "无")}.get(made, ())
    first = made(*facts, *more)
    made.cache_clear()
    assert made(*facts, *more) == first


def test_every_format_is_attached(world: World) -> None:
    assert {one.form for one in monitoring.notices(world) if one.form} == set(monitoring.FORMS)


def test_without_its_unit_a_column_is_an_empty_store(world: World) -> None:
    form = {"columnid": jpage.COLUMN, "unitid": "1"}
    assert b"<totalrecord>0<" in ask(jpage.SITE, world, jpage.PROXY, "startrecord=1&endrecord=15", form=form).body


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_a_site_tells_the_same_each_time_and_forbids_what_others_forbid(world: World, site: FamilySite) -> None:
    assert list(site.planted(world, DAY)) == list(site.planted(world, DAY))
    assert b"Disallow: /manage/" in ask(site, world, "/robots.txt").body
    assert ask(site, world, "/nothing/here.html").status == 404


def test_others_are_nobody_of_the_cast(world: World) -> None:
    names = {firm.name for firm in world.firms} | {firm.former for firm in world.firms}
    codes = {firm.uscc for firm in world.firms}
    for other in (*others(world, "credit", 60), *others(world, "ratings", 96)):
        assert other.name not in names and other.uscc not in codes
