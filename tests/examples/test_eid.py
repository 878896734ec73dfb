"""The disclosure system: empty before 2022, reports with the chapters of Order 24 art. 12."""

from __future__ import annotations

import json

from lxml import html

from examples.province.model import Firm
from examples.province.pages.eid import CHAPTERS

from .conftest import Ask


def reports(ask: Ask, firm: Firm) -> list[dict[str, str]]:
    text = ask("eid", "/jsp/view/report/list.do", {"wryCode": firm.wry_code, "pageSize": "50"}).text
    return json.loads(text)["rows"] if text else []  # type: ignore[no-any-return]


def chapters(ask: Ask, firm: Firm, year: str = "2022") -> dict[str, str]:
    row = next(r for r in reports(ask, firm) if r["stYear"] == year and r["stType"] == "年度报告")
    page = html.fromstring(ask("eid", f"/jsp/view/report.jsp?id={row['stId']}").text)
    return {tr.xpath("th")[0].text_content(): tr.xpath("td")[0].text_content().strip() for tr in page.xpath("//tr[th]")}


def test_the_directory_is_empty_before_the_first_list(ask: Ask) -> None:
    before = ask("eid", "/jsp/view/list.jsp", day="2021-07-05").text
    assert "共0条" in before and "onclick" not in before
    assert "onclick" in ask("eid", "/jsp/view/list.jsp").text


def test_a_report_has_its_cover_and_chapters(ask: Ask, by_role: dict[str, Firm]) -> None:
    cells = chapters(ask, by_role["o24-early"])
    assert cells["报告年度"] == "2022" and "编制日期" in cells
    assert set(CHAPTERS.values()) - {"碳排放信息"} <= set(cells)


def test_a_chapter_is_left_out_or_stated_as_not_produced(ask: Ask, by_role: dict[str, Firm]) -> None:
    assert chapters(ask, by_role["o24-partial"]).get(CHAPTERS["G5"], "") == ""
    assert chapters(ask, by_role["o24-not-produced"])[CHAPTERS["G5"]].startswith("未产生，原因")


def test_who_disclosed_nothing_has_an_empty_list(ask: Ask, by_role: dict[str, Firm]) -> None:
    assert [
        r for r in reports(ask, by_role["o24-missing"]) if r["stYear"] == "2022" and r["stType"] == "年度报告"
    ] == []


def test_a_withdrawn_report_is_gone_again(ask: Ask, by_role: dict[str, Firm]) -> None:
    firm, form = by_role["o24-withdrawn"], {"wryCode": by_role["o24-withdrawn"].wry_code}
    seen = [b"2022" in ask("eid", "/jsp/view/report/list.do", form, day=d).body for d in ("2023-03-18", "2023-04-17")]
    assert seen == [True, False] and firm.eid_id
