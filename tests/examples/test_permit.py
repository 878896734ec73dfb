"""The permit platform answers as sources.md 1.1 says: a session, a hidden key, versions, reports by year."""

from __future__ import annotations

import json
import re

from lxml import html

from examples.province.model import Firm, World
from examples.province.pages.permit import DETAIL, ERROR, HEADERS, LIST

from .conftest import Answer, Ask


def session(ask: Ask, **options: str) -> tuple[str, str]:
    """Cookie and hidden key of a new session."""
    answer = ask("permit", LIST, **options)
    cookie = answer.headers["Set-Cookie"].split(";")[0]
    return cookie, re.search(r'name="tempReportKey" value="(\w+)"', answer.text)[1]  # type: ignore[index]


def listed(ask: Ask, page: int = 1, day: str = "2023-04-17", **form: str) -> Answer:
    cookie, key = session(ask, day=day)
    return ask("permit", LIST, {"page.pageNo": str(page), "tempReportKey": key} | form, day=day, cookie=cookie)


def test_the_home_page_is_a_redirect_by_script(ask: Ask) -> None:
    answer = ask("permit", "/")
    assert len(answer.body) == 124 and b"window.location" in answer.body


def test_without_session_or_key_comes_the_soft_block(ask: Ask) -> None:
    cookie, key = session(ask)
    assert ask("permit", LIST, {"tempReportKey": key}).headers["Location"] == ERROR
    assert ask("permit", LIST, {"tempReportKey": "0" * 32}, cookie=cookie).status == 302
    assert ask("permit", f"{DETAIL}?xkgk=getxxgkContent&dataid=1").headers["Location"] == ERROR
    block = ask("permit", ERROR)
    assert block.status == 200 and "点击许可信息公开查询" in block.text


def test_the_list_holds_ten_rows_a_page_and_its_cells_are_cut(ask: Ask) -> None:
    page = html.fromstring(listed(ask).text)
    rows = page.xpath('//table[@class="tabtd"]//tr')
    assert [td.text_content() for td in rows[0].xpath("td")] == HEADERS and rows[0].get("class") == "tbhead"
    assert len(rows) == 11
    assert any(td.text_content().strip().endswith("...") for td in page.xpath("//td[@title]"))
    assert re.search(r"totalPages = \d+", listed(ask).text)


def test_every_holder_is_listed_once(ask: Ask, world: World) -> None:
    numbers: list[str] = []
    for number in range(1, 15):
        page = html.fromstring(listed(ask, number).text)
        numbers += [row.xpath("td")[2].get("title") for row in page.xpath("//tr[not(@class)][td[@title]]")]
    holders = [
        f.permit.number for f in world.firms if f.permit and f.permit.versions[0].start.isoformat() <= "2023-04-17"
    ]
    assert sorted(numbers) == sorted(holders)


def test_the_city_code_narrows(ask: Ask) -> None:
    page = html.fromstring(listed(ask, province="990000000000", city="990300000000").text)
    assert {row.xpath("td")[1].get("title") for row in page.xpath("//tr[not(@class)][td[@title]]")} == {"丙川市"}


def test_the_detail_page_shows_every_version(ask: Ask, by_role: dict[str, Firm]) -> None:
    firm, (cookie, _) = by_role["pr2-early"], session(ask)
    page = html.fromstring(ask("permit", f"{DETAIL}?xkgk=getxxgkContent&dataid={firm.dataid}", cookie=cookie).text)
    assert page.xpath("(//p)[1]")[0].text_content() == firm.name.replace("（", "(").replace("）", ")")
    rows = [[td.text_content() for td in tr.xpath("td")] for tr in page.xpath('//table[@class="tab0"]//tr[td]')]
    assert [row[1] for row in rows] == ["申领", "延续"] and rows[1][4] == "2021-07-01至2026-06-30"
    assert "生产经营场所地址：" in page.text_content() and page.xpath('//table[@class="edit-grid"]//th')


def test_reports_come_by_year(ask: Ask, by_role: dict[str, Firm]) -> None:
    firm, (cookie, _) = by_role["pr2-early"], session(ask)
    path = "/perxxgkinfo/syssb/wysb/hpsp/hpsp-company-sewage!getZxbgByYear.action"
    rows = json.loads(ask("permit", path, {"reportYear": "2022", "dataid": firm.dataid}, cookie=cookie).text)
    annual = [row for row in rows if row["type"] == "年报"]
    assert [row["reportTime"] for row in annual] == ["2022年年报"] and annual[0]["publishTime"] < "2023-02-01"
    assert json.loads(ask("permit", path, {"reportYear": "2022", "dataid": "0"}, cookie=cookie).text) == []


def test_regions_are_served(ask: Ask) -> None:
    cookie, _ = session(ask)
    answer = ask("permit", "/perxxgkinfo/syssb/xkgg/xkgg!getRegions.action", {"parentCode": "0" * 12}, cookie=cookie)
    assert json.loads(answer.text) == {"regions": [{"regionname": "示例省", "regioncode": "990000000000"}]}
