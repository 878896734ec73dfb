"""Free-form pages: headings that tell kinds, pairs in lines, stated days, what cannot be told."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.pages.own_site import OwnPage
from crawlers.readers.element import text_of
from crawlers.readers.html import parse
from crawlers.readers.sections import sections
from crawlers.settings import BUILT_IN
from crawlers.source import effective
from tests.families.pages import page

WALK = effective("company-site", (BUILT_IN,)).walk
PARAMS: dict[str, Any] = {
    name: WALK[name] for name in ("kinds", "body", "ignore", "follow", "without", "published", "attachments")
}


def own(body: str, **over: Any) -> OwnPage:
    return page(OwnPage, f"<html><head><title>某公司</title></head><body>{body}</body></html>", **{**PARAMS, **over})


MESSY = """<table><tr><td><table><tr><td><a href=/p>产品</a></td></tr></table></td><td>
<font size=5>排污信息</font><table><tr><td>排放口<td>污染物<tr><td rowspan=2>DW001<td>COD<tr><td>氨氮</table>
<p><b>监测方案</b><br>联系单位：某公司&nbsp;&nbsp;频次：季<br>现将方案公示如下：<br>每季度一次。
<h2>公司新闻</h2><p>新闻不是公开信息。</td></tr></table>"""


def test_sections_of_a_page_laid_out_by_tables_with_open_tags() -> None:
    parts = own(MESSY).parts
    assert [(part["heading"], part["kinds"]) for part in parts] == [
        ("排污信息", ["emission"]), ("监测方案", ["monitoring_plan"]),
    ]  # fmt: skip
    assert [row["fields"] for row in parts[0]["rows"]] == [
        {"排放口": "DW001", "污染物": "COD"}, {"排放口": "DW001", "污染物": "氨氮"},
    ]  # fmt: skip
    assert [row["fields"] for row in parts[1]["rows"]] == [{"联系单位": "某公司", "频次": "季"}]
    assert "新闻" not in "".join(part["text"] for part in parts)


def test_words_of_two_kinds_and_of_none_are_told_as_such() -> None:
    both = own("<h2>排污信息和应急预案</h2><p>某公司废水达标排放。</p>").parts
    assert both[0]["kinds"] == ["emission", "emergency_plan"]
    none = own(f"<h2>环境管理</h2><p>{'本公司重视环境管理工作。' * 9}</p>").parts
    assert [(part["heading"], part["kinds"]) for part in none] == [("环境管理", [])]


def test_an_execution_report_is_no_permit() -> None:
    kinds = [
        part["kinds"]
        for part in own("<h2>排污许可证执行报告</h2><p>见附件。</p><h2>排污许可证</h2><p>见附件。</p>").parts
    ]
    assert kinds == [["permit_report"], ["permit"]]


@pytest.mark.parametrize(
    ("body", "days"),
    [
        ("<p>发布时间：2026-03-05</p><h2>排污信息</h2><p>甲</p>", ["2026-03-05"]),
        ("<p>发布时间：2026-03-05</p><h2>排污信息</h2><p>公开日期：2026年4月1日</p>", ["2026-04-01"]),
        ("<h2>排污信息</h2><p>发布时间：2026-03-05 更新时间：2026-03-09</p>", [None]),
        ("<h2>排污信息</h2><p>2026-03-05 建成投产</p>", [None]),
        ("<h2>排污信息</h2><p>发布时间：2026-13-45</p>", [None]),
    ],
)
def test_a_day_is_taken_where_one_is_stated_as_such(body: str, days: list[str | None]) -> None:
    assert [part["published"] for part in own(body).parts] == days


def test_links_by_words_files_by_suffix_each_once() -> None:
    body = """<h2>应急预案</h2><p>见<a href="/f/%D4%A4%B0%B8.pdf"></a></p><a href="zxjc.html#top">自行监测</a>
    <a href="zxjc.html">自行监测</a><a href="javascript:x()">排污信息</a><a href=/zp>招聘环境保护工程师</a>
    <a href=/a>关于</a>"""
    found = own(body)
    assert [link["url"] for link in found.links] == ["http://site.example/a/zxjc.html"]
    assert [file["title"] for file in found.parts[0]["files"]] == ["预案.pdf"]


def test_a_link_to_no_address_is_an_issue_and_harms_nothing_else() -> None:
    found = own("<h2>排污信息</h2><p>甲</p><a href='http://[::1/排污.pdf'>排污</a><a href=ok>排污</a>")
    assert [row["code"] for row in found.issues] == ["link-broken"]
    assert [link["url"] for link in found.links] == ["http://site.example/a/ok"] and found.parts[0]["files"] == []


def test_a_page_of_scripts_is_unreadable_not_empty() -> None:
    assert own("<div id=app></div><script>var a=1</script>").problem is not None
    assert own("<p>欢迎</p>").problem is None


PIECES = [
    "<table>", "<tr>", "<td>", "</table>", "<b>", "</b>", "<h2>", "</h2>", "<p>", "<br>", "<!--x-->", "<a href=x>",
    "排污信息", "应急预案：", "甲",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_no_text_is_lost_whatever_the_markup(pieces: list[str]) -> None:
    found = sections(parse(f"<body>{''.join(pieces)}</body>".encode()), lambda line: "排污" in line)
    tables = ["".join(text_of(table) for table in one.tables) for one in found]
    kept = "".join(f"{one.heading or ''}{one.text}{held}{one.links}" for one, held in zip(found, tables, strict=True))
    for word in ("排污信息", "应急预案：", "甲"):
        assert kept.count(word) >= ("".join(pieces).count(word) > 0)


def test_pages_that_nest_without_bound_are_read() -> None:
    assert own("<div>" * 2000 + "<b>排污信息</b><br>甲").parts[0]["text"] == "甲"
    assert own("<table><tr><td>甲<td>" + "<font>" * 1500 + "乙<tr><td>丙<td>丁</table>").problem is None


def test_a_page_too_deep_to_be_read_whole_says_so() -> None:
    assert "2,048" in str(own("<div>" * 3000 + "<b>排污信息</b><br>甲").problem)
    assert "2,048" in str(own("<table><tr><td>" * 5000 + "<b>排污信息</b><br>甲").problem)
