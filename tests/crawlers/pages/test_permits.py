"""Permits' pages: histories, sub-pages, the permit's own disclosure table, encrypted content; and the real files."""

from __future__ import annotations

import csv
import json
from html import escape
from pathlib import Path
from typing import Any

import pytest
from web_poet import HttpResponse, PageParams

from crawlers.pages.listing import ListPage
from crawlers.pages.permits import FACTS, VERSIONS, PermitPage, PermitTabPage
from crawlers.settings import BUILT_IN
from crawlers.source import effective
from crawlers.subjects import subject
from indexer.normalise import codes
from indexer.normalise.fields import interpret

WALK = effective("permit-mee", (BUILT_IN,)).walk
VERSION = ["许可证编号", "业务类型", "版本", "办结日期", "有效期限"]


def page(kind: Any, body: str, params: dict[str, Any]) -> Any:
    response = HttpResponse("http://permit.example/x", f"<html><body>{body}</body></html>".encode(), status=200,
                            headers={"Content-Type": "text/html;charset=UTF-8"})  # fmt: skip
    return kind(response, PageParams(params))


def table(headers: list[str], rows: list[list[str]], css: str = "tab0", cell: str = "th") -> str:
    head = "".join(f"<{cell}>{h}</{cell}>" for h in headers)
    body = "".join("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>" for row in rows)
    return f'<table class="{css}"><tr class="tbhead">{head}</tr>{body}</table>'


def tab(name: str, body: str) -> Any:
    spec = next(one for one in WALK["tabs"] if one["name"] == name)
    return page(PermitTabPage, body, {"tables": spec["tables"], "nothing": spec["nothing"]})


def detail(body: str) -> Any:
    return page(PermitPage, body, {name: WALK["detail"][name] for name in ("versions", "text", "required")})


def test_a_history_keeps_each_version_s_own_number_and_the_pairs_stand_apart() -> None:
    rows = [["91520000722105429Q003V", "申领", "1", "2020-07-30", "2020-07-30至2023-07-29"],
            ["91520198MAAMOWECXQ001V", "变更", "2", "2021-12-30", "2020-07-30至2023-07-29"]]  # fmt: skip
    grid = '<table class="edit-grid"><tr><th>主要污染物类别</th><td>废气&nbsp;</td></tr></table>'
    read = detail(f"<p>某公司</p>{table(VERSION, rows)}{grid}")
    assert read.problem is None and read.cipher is None
    assert [row["fields"] for row in read.rows if row["title"] == VERSIONS] == [
        dict(zip(VERSION, row, strict=True)) for row in rows
    ]
    assert [row["fields"] for row in read.rows if row["title"] == FACTS] == [{"主要污染物类别": "废气"}]


def test_rows_of_a_sub_page_carry_their_table_s_heading_and_identity() -> None:
    rows = [["DA001", "锅炉排气筒", "二氧化硫", "50mg/m3"], ["DA001", "锅炉排气筒", "颗粒物", "10mg/m3"]]
    read = tab(
        "大气污染物排放信息",
        "<h3>主要排放口</h3>" + table(["排放口编号", "排放口名称", "污染物种类", "许可排放浓度限值"], rows),
    )
    assert [row["fields"]["污染物种类"] for row in read.rows] == ["二氧化硫", "颗粒物"]
    assert [row["id"] for row in read.rows] == ["|DA001|二氧化硫", "|DA001|颗粒物"]
    assert {row["title"] for row in read.rows} == {"主要排放口"} and read.problem is None


def test_a_sub_page_with_nothing_is_good_and_another_layout_is_not() -> None:
    assert tab("水污染物排放信息", "<p>暂无数据</p>").problem is None
    assert "layout changed" in tab("水污染物排放信息", "<div class='cards'>COD</div>").problem


@pytest.mark.parametrize("script", ["var pwd='0f1e2d3c4b5a6978'; var word='U2FsdGVkX1+abcdefghijklmnop0123456789==';",
                                    "show(CryptoJS.AES.decrypt(text, key));"])  # fmt: skip
def test_encrypted_content_is_named_and_left_alone(script: str) -> None:
    read = tab("其他许可内容", f"<script>{script}</script>")
    assert read.cipher == "AES" and read.problem and read.rows == []


def test_the_real_disclosure_table_gives_its_duties(realdata: Path) -> None:
    text = (realdata / "text" / "permit_mee_infoopen_subpage_43ff2c68.txt").read_text(encoding="utf-8")
    cells = [cell.strip() for cell in text.split("|") if cell.strip()]
    headers, values = cells[:4], cells[4:]
    read = tab("信息公开", table(headers, [values[n : n + 4] for n in range(0, len(values), 4)]))
    assert [row["fields"] for row in read.rows] == [
        dict(zip(headers, values[n : n + 4], strict=True)) for n in range(0, len(values), 4)
    ]
    duties = [interpret("permit", row["fields"]) for row in read.rows]
    assert len(duties) == 2 and all(not duty.unknown for duty in duties)
    yearly, monitoring = (duty.facts for duty in duties)
    assert "3月15日前" in yearly["disclose_when"] and "依法披露系统" in yearly["disclose_way"]
    assert monitoring["disclose_what"] == "自行监测数据" and "五个工作日内" in monitoring["disclose_when"]
    assert "环办监测〔2023〕5号" in monitoring["disclose_other"]


def test_the_real_histories(realdata: Path) -> None:
    permits = json.loads((realdata / "permit-mee" / "permit_versions_4.json").read_text(encoding="utf-8"))
    for permit in permits:
        rows = [[line["no"], line["changeType"], str(line["version"]), line["completionDate"],
                 f"{line['from']}至{line['to']}"] for line in permit["permitChanges"]]  # fmt: skip
        read = detail(table(VERSION, rows))
        assert [list(row["fields"].values()) for row in read.rows] == rows
        said = interpret("permit", read.rows[-1]["fields"])
        assert said.facts["valid"]["to"] == permit["permitChanges"][-1]["to"]
    numbers = {permit["dischargePermitNumber"] for permit in permits}
    # The letter O is kept as printed and only a repair is suggested, for a person to take or leave.
    typed = [codes.permit_no(number) for number in sorted(numbers) if "O" in number]
    assert len(typed) == 2 and all(found and not found.code.valid for found in typed)
    assert any(len({line["no"] for line in permit["permitChanges"]}) == 2 for permit in permits)


def cut(text: str) -> str:
    """A cell as the platform prints it: cut, the whole text in its attribute."""
    return f'<td title="{escape(text)}">{escape(text if len(text) < 10 else text[:9] + "...")}</td>'


def test_the_real_list_rows(realdata: Path) -> None:
    with (realdata / "permit-mee" / "jilin_permit_list_90.csv").open(encoding="utf-8-sig", newline="") as file:
        printed = list(csv.DictReader(file))
    headers = ["省/直辖市", "地市", "许可证编号", "单位名称", "行业类别", "有效期限", "发证日期", "管理类别", "查看"]
    names = ["province", "city", "xkz_num", "company_name", "industry", "valid_period", "publish_date", "mgmt_type"]
    rows = "".join(
        f"<tr>{''.join(cut(row[name]) for name in names)}<td><a href='{escape(row['detail_url'])}'>查看</a></td></tr>"
        for row in printed
    )
    head = "".join(f"<td>{header}</td>" for header in headers)
    body = f'<table class="tabtd"><tr class="tbhead">{head}</tr>{rows}</table>共9页 共{len(printed)}条'
    spec = WALK["list"]
    read = page(ListPage, body, {n: spec[n] for n in ("table", "header", "required", "id", "pages", "total")})
    assert read.problem is None and (read.pages, read.total) == (9, 90)
    # The file holds lines that were read twice: identical ones merge, and none is lost.
    assert sum(row["rows"] for row in read.rows) == 90
    wanted = list({tuple(row[name] for name in names): row for row in printed}.values())
    for row, line in zip(read.rows, wanted, strict=True):
        assert [row["fields"][header] for header in headers[:8]] == [line[name] for name in names]
        assert row["id"] and row["id"] in line["detail_url"]
        whom = subject(row["fields"], spec["subject"])
        assert whom["external_id"] == line["xkz_num"] and whom["uscc"] == line["xkz_num"][:18]
        said = interpret("permit", row["fields"])
        assert f"{said.facts['valid']['from']}至{said.facts['valid']['to']}" == line["valid_period"]
