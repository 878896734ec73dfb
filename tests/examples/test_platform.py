"""The disclosure platform answers as sources.md 1.3 says of the real one."""

from __future__ import annotations

import json
import re

import pytest
from lxml import html

from examples.province.model import Firm

from .conftest import Ask

HEADERS = [
    *("单位名称", "注册号/统一社会信用代码", "法定代表人", "是否属上市公司", "成立日期", "经营范围", "污染源名称"),
    *("污染源编码", "污染源类别", "行业大类", "所属小类", "生产地址", "行政区划", "主管部门", "联系人", "联系电话"),
    *("电子邮箱", "是否已核发全国许可证", "地理坐标(经度)", "地理坐标(纬度)", "生产周期", "是否停产"),
    *("是否日排放量100立方米以上的直排海污染源", "生产情况简介", "主要产品", "生产规模"),
]


def form(firm: Firm, **other: str) -> dict[str, str]:
    base = {"order": "asc", "wryCode": firm.wry_code, "pscode": firm.wry_code, "pageSize": "100", "currentPage": "1"}
    return base | {"beginDate": "", "endDate": ""} | other


def test_the_directory_states_its_pages_and_total(ask: Ask) -> None:
    seen: set[str] = set()
    first = ask("platform", "/jsp/view/list.jsp", {"currentPage": "1"}).text
    pages = int(re.search(r"共(\d+)页", first)[1])  # type: ignore[index]
    total = int(re.search(r"共(\d+)条", first)[1])  # type: ignore[index]
    for number in range(1, pages + 1):
        page = html.fromstring(ask("platform", "/jsp/view/list.jsp", {"currentPage": str(number)}).text)
        rows = page.xpath('//table[@class="Llist limit"]//tr[@onclick]')
        seen |= {re.search(r"'(\d+)'", row.get("onclick"))[1] for row in rows}  # type: ignore[index]
    assert pages > 3 and len(seen) == total


def test_the_directory_cuts_long_names_and_keeps_them_in_the_title(ask: Ask) -> None:
    page = html.fromstring(ask("platform", "/jsp/view/list.jsp").text)
    cut = [td for td in page.xpath("//td[@title]") if "…" in td.text_content()]
    full = {td.get("title") for td in page.xpath("//td[@title]")}
    assert all("…" not in title for title in full)
    assert all(td.text_content().strip()[:10] in td.get("title") for td in cut)


def test_the_enterprise_page_has_every_header(ask: Ask, by_role: dict[str, Firm]) -> None:
    firm = by_role["o31-early"]
    answer = ask("platform", f"/jsp/view/info.jsp?id={firm.platform_id}")
    page = html.fromstring(answer.text)
    cells = {
        tr.xpath("th")[0].text_content(): tr.xpath("td")[0].text_content().strip() for tr in page.xpath("//tr[th]")
    }
    assert set(HEADERS) <= set(cells)
    assert cells["单位名称"] == firm.name and cells["注册号/统一社会信用代码"] == firm.uscc
    assert "\xa0" in cells["生产周期"] and "\r\n\t" in answer.text


@pytest.mark.parametrize("module", ["port", "jcdw", "pullicationEmissions", "xzxk", "other", "sgWater", "sgWaste"])
def test_modules_answer_easyui_rows(ask: Ask, by_role: dict[str, Firm], module: str) -> None:
    firm = by_role["o24-early"] if "sgW" in module else by_role["o31-early"]
    bodies = [ask("platform", f"/jsp/view/{module}/list.do", form(firm)).text for _ in range(2)]
    if module.startswith("sgW"):
        both = [ask("platform", f"/jsp/view/{m}/list.do", form(firm)).text for m in ("sgWater", "sgWaste")]
        assert sum(json.loads(text)["total"] for text in both if text) == 10
        return
    answer = json.loads(bodies[0])
    assert answer["total"] == len(answer["rows"]) > 0 and bodies[0] == bodies[1]
    assert {"null", ""} & {value for row in answer["rows"] for value in row.values()}


def test_nothing_is_an_empty_body(ask: Ask, by_role: dict[str, Firm]) -> None:
    for firm, module in ((by_role["o31-early"], "noiseHand"), (by_role["o31-only-profile"], "port")):
        answer = ask("platform", f"/jsp/view/{module}/list.do", form(firm))
        assert (answer.status, answer.body) == (200, b"")


def test_pages_of_rows_add_up(ask: Ask, by_role: dict[str, Firm]) -> None:
    firm, ids = by_role["o24-early"], set()
    for module in ("sgWater", "sgWaste"):
        for number in ("1", "2", "3", "4"):
            text = ask("platform", f"/jsp/view/{module}/list.do", form(firm, pageSize="3", currentPage=number)).text
            ids |= {row["stId"] for row in json.loads(text)["rows"]} if text else set()
    assert len(ids) == 10


def test_the_dates_narrow_the_measured_values(ask: Ask, by_role: dict[str, Firm]) -> None:
    firm = by_role["o24-early"]
    late = [
        ask("platform", f"/jsp/view/{m}/list.do", form(firm, beginDate="2023-04-01")).body
        for m in ("sgWater", "sgWaste")
    ]
    assert late == [b"", b""]


def test_measured_values_are_dirty_as_in_reality(ask: Ask) -> None:
    from examples.province.facts import measured
    from examples.province.world import build_world

    values = [v for firm in build_world().firms for v in measured(firm, "2023Q1")]
    texts = {value.text for value in values}
    assert {"<0.05", "未检出"} <= texts
    assert any(value.verdict == "否" for value in values)
    assert len({v.unit for v in values if "m" in v.unit}) > 3


def test_attachment_lists_by_category(ask: Ask, by_role: dict[str, Firm]) -> None:
    firm = by_role["o31-early"]
    path = f"/jsp/view/common/file_list2.jsp?ST_EVENT_ID={firm.platform_id}&ST_FILE_CATEGORY="
    page = html.fromstring(ask("platform", path + "YJYA_YAWB").text)
    link = page.xpath('//a[contains(@href, "filedown1.do")]')[0].get("href")
    assert ask("platform", link).body.startswith(b"%PDF-")
    assert "暂无附件" in ask("platform", path + "NOTHING").text


def test_pages_broken_on_purpose_answer_500(ask: Ask, by_role: dict[str, Firm]) -> None:
    firm = by_role["o31-awaiting"]
    statuses = [
        ask("platform", "/jsp/view/port/list.do", form(firm), day=day).status
        for day in ("2021-07-05", "2021-07-10", "2021-07-15")
    ]
    assert statuses == [200, 500, 200]


def test_late_items_come_between_the_visits(ask: Ask, by_role: dict[str, Firm]) -> None:
    firm = by_role["o31-late-by-look"]
    found = [
        f"'{firm.platform_id}'" in "".join(
            ask("platform", "/jsp/view/list.jsp", {"currentPage": str(n)}, day=day).text for n in range(1, 9)
        )
        for day in ("2021-07-05", "2021-07-10")
    ]  # fmt: skip
    assert found == [False, True]


def test_who_discloses_fully_leaves_no_required_column_empty(ask: Ask, by_role: dict[str, Firm]) -> None:
    """F2, F3 and M3 of the law's field lists, over all rows of a module."""
    needed = {
        "port": ("stPfksl", "stPfkfb", "stZxbzmc", "stPfkmc"),
        "pullicationEmissions": ("stProject", "stPffs", "stPfnd", "stPfzl", "stCbqk", "stHdzl"),
        "waterHand": ("stName", "stJsqk", "stYxqk"),
        "wasteHand": ("stName", "stJsqk", "stYxqk"),
        "sgWater": ("stJcdName", "stJcsj", "stJcxm", "stJcnd", "stBzxz", "stDbqk", "stPffs", "stPfqx"),
        "sgWaste": ("stJcdName", "stJcsj", "stJcxm", "stJcnd", "stBzxz", "stDbqk", "stPffs", "stPfqx"),
    }
    for module, columns in needed.items():
        text = ask("platform", f"/jsp/view/{module}/list.do", form(by_role["o24-early"])).text
        for row in json.loads(text)["rows"] if text else []:
            assert not [column for column in columns if row[column] in ("", "null", "-")], module


def test_a_partial_discloser_leaves_its_column_empty(ask: Ask, by_role: dict[str, Firm]) -> None:
    firm = by_role["o31-partial"]
    rows = json.loads(ask("platform", "/jsp/view/pullicationEmissions/list.do", form(firm)).text)["rows"]
    assert {row["stHdzl"] for row in rows} == {""} and all(row["stPfnd"] for row in rows)
    plans = json.loads(ask("platform", "/jsp/view/other/list.do", form(firm)).text)["rows"]
    assert [row["stWjmc"] for row in plans if row["stFileCategory"] == "YJYA_YAWB"] == ["null"]
