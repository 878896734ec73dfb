"""HTML: headings and notes around tables, pairs, cut cells, encodings."""

from __future__ import annotations

import pytest

from crawlers.readers import html, read
from crawlers.readers.encodings import decode

PAGE = """<html><body><h2>水环境重点排污单位（251家）</h2>
<table><thead><tr><th>序号</th><th>企业名称</th></tr></thead>
<tr onclick="open('16A')"><td>1</td><td><a href="/x?id=9" title="甲乙丙丁有限公司">甲乙丙…</a></td></tr>
<tr><td>2</td><td>戊<br>己<script>var a=1</script></td></tr></table>
<p>注：按县区排列</p><p>另有说明。</p><h3>别的</h3></body></html>"""


def test_heading_count_notes_links_and_handlers() -> None:
    (grid,) = html.grids(html.parse(PAGE.encode()))
    assert (grid.title, grid.stated_count) == ("水环境重点排污单位（251家）", 251)
    assert grid.notes == ["注：按县区排列", "另有说明。"]
    assert grid.rows[1:] == [["1", "甲乙丙丁有限公司"], ["2", "戊 己"]]
    assert (grid.links[0].row, grid.links[0].column, grid.links[0].href) == (1, 1, "/x?id=9")
    assert grid.row_attributes[1] == {"onclick": "open('16A')"}
    assert grid.place_of(2) == "table 1, row 3"


def test_nested_tables_stand_apart() -> None:
    page = b"<table><tr><td>a<table><tr><td>b</td></tr></table>c</td></tr></table>"
    assert [(grid.place, grid.rows) for grid in html.grids(html.parse(page))] == [
        ("table 1", [["ac"]]),
        ("table 2", [["b"]]),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        "<tr><th>名称</th><td>甲</td></tr><tr><th>地址</th><td>乙&nbsp; 丙</td></tr>",
        "<tr><th>名称</th><td>甲</td><th>地址</th><td>乙\r\n\t丙</td></tr>",
        "<tr><td colspan=4>基础信息</td></tr><tr><td>名称：</td><td>甲</td><td>地址：</td><td>乙 丙</td></tr>",
        "<tr><td class=k>名称</td><td>甲</td></tr><tr><td class=k>地址</td><td>乙 丙</td></tr>",
        "<tr><th>名称</th><td>甲</td><th>地址</th><td>乙 丙</td><th></th><td></td></tr>",
    ],
)
def test_pairs_of_two_four_and_six_columns(rows: str) -> None:
    (pairs,) = html.pairs(html.parse(f"<table>{rows}</table>".encode()))
    assert pairs.fields == {"名称": "甲", "地址": "乙 丙"}


def test_a_table_of_columns_is_no_table_of_pairs() -> None:
    columns = "<table><tr><th>名称</th><th>地址</th></tr><tr><td>甲</td><td>乙</td></tr></table>"
    assert html.pairs(html.parse(columns.encode())) == []
    assert html.pairs(html.parse("<table><tr><td>甲</td><td>乙</td></tr></table>".encode())) == []


def test_a_repeated_header_of_pairs_is_kept() -> None:
    page = "<table><tr><th>电话</th><td>1</td></tr><tr><th>电话</th><td>2</td></tr></table>"
    (pairs,) = html.pairs(html.parse(page.encode()))
    assert (pairs.fields, pairs.repeated) == ({"电话": "1", "电话 (2)": "2"}, ["电话"])


@pytest.mark.parametrize(
    ("data", "content_type", "encoding"),
    [
        ("<meta charset=gb2312>镕".encode("gb18030"), "", "gb18030"),
        ("镕厂".encode("gb18030"), "text/html; charset=GBK", "gb18030"),
        ("﻿镕厂".encode(), "text/html; charset=gbk", "utf-8"),
        ("镕厂重点排污单位名录".encode(), "text/html; charset=gb2312", "utf-8"),
        ("镕厂".encode("utf-16"), "", "utf-16-le"),
        ("重点排污单位名录公示镕厂企业名称".encode("gb18030"), "", "gb18030"),
        ("镕厂".encode("gb18030"), "text/html; charset=nonsense", "gb18030"),
    ],
)
def test_encodings(data: bytes, content_type: str, encoding: str) -> None:
    found = decode(data, content_type, markup=True)
    assert "镕" in found.text and found.encoding == encoding


def test_big5_without_a_word_about_it() -> None:
    text = "臺灣環境部公告重點污染源名單及其申報資料一覽表請查照辦理並依規定公開於網站供民眾閱覽並廣為週知"
    assert decode(text.encode("big5")).text == text


def test_bytes_that_fit_nothing_are_counted() -> None:
    found = decode("名录".encode("gb18030") * 50 + b"\xff\xff", "text/html; charset=gbk", markup=True)
    assert found.text.startswith("名录名录")
    assert [issue.code for issue in found.issues] == ["encoding"]


def test_an_empty_page_is_unreadable() -> None:
    assert not read(b" \r\n", content_type="text/html").readable
    assert html.grids(html.parse(b"")) == []


def test_a_cell_cut_by_its_last_letters_is_taken_whole_from_its_title() -> None:
    page = "<table><tr><th>监测时间</th></tr><tr><td title='2026-11-16 04:00'>2026-11-16 04:...</td></tr></table>"
    assert [grid.rows[1] for grid in html.grids(html.parse(page.encode()))] == [["2026-11-16 04:00"]]
