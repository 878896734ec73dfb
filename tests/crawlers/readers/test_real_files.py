"""What agencies really published: each file was once read wrongly by a common reader."""

from __future__ import annotations

import re
from pathlib import Path

from crawlers.readers import html, read
from crawlers.readers.encodings import unquoted
from crawlers.tables import records


def test_an_old_workbook_in_code_page_936(realdata: Path) -> None:
    document = read((realdata / "xls" / "cp936_biff7_companies.xls").read_bytes(), filename="a.xlsx")
    (grid,) = document.grids
    assert (document.kind, document.encoding) == ("xls", "cp936")
    table = records(grid, required=["ASSET", "RATING"])
    assert table.seen == 594
    assert table.records[0].fields["RATING"] == "1"
    assert table.records[0].place == "sheet Sheet1, row 2"


def test_ruled_tables_with_merged_cells_headings_and_a_note(realdata: Path) -> None:
    document = read((realdata / "pdf" / "pdfplumber_issue-336-example.pdf").read_bytes())
    titles = [(grid.title or "").replace(" ", "") for grid in document.grids]
    assert [title[:5] for title in titles] == ["表7.5停", "表7.6停", "表7.7监"]
    assert document.grids[0].notes == ["注：表中路段交通量应采用停车区所在路段的预测第20年交通量。"]
    table = records(document.grids[0], required=["公路技术等级", "车道数"])
    assert table.header is not None and table.header.end - table.header.row == 2
    assert "编制条件/大型车比例u（%）" in table.header.names
    assert all(row.fields["公路技术等级"] for row in table.records)


def test_overprinted_text_is_read_once(realdata: Path) -> None:
    document = read((realdata / "pdf" / "pdfplumber_issue-71-duplicate-chars.pdf").read_bytes())
    text = document.grids[0].rows[1][1]
    assert "项目描述：负责四川省甘孜州丹巴磨子电站引水隧洞爆破方案优化设计" in text
    assert "项项目目" not in text


def test_a_list_of_attachments_with_names_in_gbk(realdata: Path) -> None:
    data = (realdata / "html" / "gov_attachment_list_gbk_urlencoded.html").read_bytes()
    (grid,) = html.grids(html.parse(data))
    names = ["10号工业挂牌出让文件.doc", "挂牌授权委托书和法定代表人证明书.doc"]
    assert [row[1] for row in grid.rows[1:]] == names
    assert [link.onclick for link in grid.links] == [f"isLogin('1333','{names[0]}');", f"isLogin('1244','{names[1]}');"]
    assert [unquoted(name) for name in re.findall(r"fileName=([^\"]+)", data.decode())] == names


def test_a_challenge_page_is_no_empty_success(realdata: Path) -> None:
    document = read((realdata / "html" / "riversecurity_challenge_head.html").read_bytes(), content_type="text/html")
    assert not document.readable
    assert document.issues[-1].message.startswith("unreadable: no visible text")


def test_every_row_of_the_shifted_sheet_is_an_issue(realdata: Path) -> None:
    document = read((realdata / "shanghai-eic" / "EnvironmentalReport_manual.xlsx").read_bytes())
    table = records(document.grids[0], header_row=0, required=["project_name"])
    assert (table.seen, table.records) == (0, [])
    assert {issue.code for issue in table.issues} == {"row-unreadable"}
    assert len(table.issues) + table.empty_rows == 882


def test_twenty_seven_thousand_rows(realdata: Path) -> None:
    document = read((realdata / "shanghai-eic" / "PollutionInfo.xlsx").read_bytes())
    outlets, items = document.grids
    assert (len(outlets.rows), len(items.rows)) == (11146, 27106)
    assert items.place == "sheet 排放项目信息"
    assert sum(row.rows for row in records(items, required=["stId"]).records) == 27105


def test_a_sheet_with_a_masked_contact_keeps_codes_as_text(realdata: Path) -> None:
    document = read((realdata / "shanghai-eic" / "Enterprises_2020-08-27_contacts-masked.xlsx").read_bytes())
    table = records(document.grids[1], required=["单位名称", "注册号/统一社会信用代码"])
    assert table.records[0].fields["注册号/统一社会信用代码"] == "913100006072204056"
    assert records(document.grids[0], required=["name"]).records[0].fields["id"] == "1"


def test_the_shifted_sheet_gives_no_record_whatever_is_asked_of_it(realdata: Path) -> None:
    document = read((realdata / "shanghai-eic" / "EnvironmentalReport_manual.xlsx").read_bytes())
    table = records(document.grids[0])
    assert (table.seen, table.records) == (0, [])
    assert {issue.code for issue in table.issues} == {"row-holds-headers"}


def test_every_real_file_is_read_or_says_why_not(realdata: Path) -> None:
    for path in sorted(path for path in realdata.rglob("*") if path.is_file() and path.stat().st_size < 1_000_000):
        document = read(path.read_bytes(), filename=path.name)
        assert document.grids or document.texts or not document.readable, path.name
        for grid in document.grids:
            assert len({len(row) for row in grid.rows}) == 1, path.name
            records(grid)
