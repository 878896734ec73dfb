"""Masking and reading of archived bodies, by value."""

from __future__ import annotations

import pytest

from webapp.rendition import decoding, inert, sheets, texts
from webapp.rendition.masking import Masking
from webapp.rendition.rendition import render


def masked(page: str) -> str:
    return str(inert.inert(page, Masking(("profile",))).markup)


@pytest.mark.parametrize(
    ("page", "gone", "stays"),
    [
        ("<table><tr><th>名称</th><th>联系人</th></tr><tr><td>甲厂</td><td>赵六</td></tr></table>", "赵六", "甲厂"),
        (
            "<table><tr><td>企业名称</td><td>甲厂</td></tr><tr><td>联系电话：</td><td>88886666</td></tr></table>",
            "88886666",
            "甲厂",
        ),
        ("<dl><dt>法定代表人</dt><dd>钱七</dd><dt>地址</dt><dd>一路</dd></dl>", "钱七", "一路"),
        ("<p>联系人：孙八　地址：二路</p>", "孙八", "二路"),
        ("<p>负责人: 周九</p><p>周九负责治理设施</p>", "负责人: 周九", "治理设施"),
        ("<div><span>邮箱</span><span>a@b.example</span></div>", "a@b.example", "邮箱"),
    ],
)
def test_personal_values_go_and_the_rest_stays(page: str, gone: str, stays: str) -> None:
    assert gone not in masked(page) and stays in masked(page)


def test_a_value_met_under_a_personal_header_is_masked_everywhere() -> None:
    page = "<p>吴十先生主持会议</p><table><tr><td>联系人</td><td>吴十</td></tr></table>"
    assert "吴十" not in masked(page)


def test_staff_see_everything() -> None:
    page = "<p>联系人：孙八 13800138000</p>"
    assert "孙八 13800138000" in inert.inert(page, Masking(active=False)).markup


def test_deep_nesting_and_broken_markup_end_well() -> None:
    deep = "<div>" * 5000 + "底" + "</table></p>"
    assert masked(deep).count("<div>") == masked(deep).count("</div>") > 100
    assert masked("") == "" and "a&lt;b" in masked("<p>a&lt;b<td><tr></p>")


def test_nested_rows_are_counted_as_the_readers_count_them() -> None:
    page = "<table><tr></tr><tr><td>一</td></tr><tr><td><table><tr><td>内</td></tr></table></td></tr></table>"
    shown = inert.inert(page, Masking(), ["table 1, row 1", "table 2, row 1"]).markup
    whole = inert.inert(page, Masking(), ["table 2", "table 9", "table 1, row 99"]).markup
    assert whole.count('class="hit"') == 1 and '<table id="hit" class="hit"><tr><td>内' in whole
    assert shown.count('class="hit"') == 2 and '<tr id="hit" class="hit"><td>一' in shown


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        ("温州".encode("gb18030"), "text/html; charset=GB2312", "温州"),
        ("<meta charset=gbk>温州".encode("gb18030"), "text/html", "<meta charset=gbk>温州"),
        ("温州".encode(), "text/html; charset=nonsense", "温州"),
        ("温州".encode("gb18030"), "", "温州"),
    ],
)
def test_charsets(body: bytes, content_type: str, text: str) -> None:
    assert decoding.text(body, content_type) == text


def test_json_is_masked_by_key_and_by_pattern() -> None:
    shown = texts.json_text('{"rows":[{"联系人":"郑一","公司":"郑一厂","电话":13800138000}]}', Masking(("profile",)))
    assert shown is not None and "郑一" not in shown and "13800138000" not in shown and "***厂" in shown


def test_json_row_is_found_by_its_place() -> None:
    assert '"甲"' in texts.json_row('{"data":{"rows":[{"a":"乙"},{"a":"甲"}]}}', "data.rows[1]")
    assert texts.json_row("[]", "rows[3]") == "" and texts.json_row("no json", "rows[0]") == ""


@pytest.mark.parametrize("body", [b"PK\x03\x04broken", b"%PDF-1.4 broken", b"\xd0\xcf\x11\xe0broken"])
def test_a_broken_file_is_described_not_an_error(body: bytes, app_context: None) -> None:
    rendition = render(body, "application/octet-stream", [], Masking(), 1000)
    assert rendition.form == "none" and "无法解读" in rendition.note


def test_too_large_and_empty_bodies_say_so(app_context: None) -> None:
    assert "过大" in render(b"x" * 11, "text/plain", [], Masking(), 10).note
    assert "没有正文" in render(b"", "text/plain", [], Masking(), 10).note


def test_a_row_far_down_is_shown_with_its_neighbourhood() -> None:
    rows = [[str(number)] for number in range(1, 2001)]
    sheet = sheets._sheet("sheet A", rows, ["sheet A, row 1500"])
    assert sheet.first <= 1500 < sheet.first + len(sheet.rows) and sheet.rows[1500 - sheet.first] == ["1500"]


def test_a_person_named_behind_a_label_is_masked_in_the_sentences_that_follow() -> None:
    page = masked("<p>法定代表人（负责人）：甄示甲</p><p>检查时甄示甲在场，甲川化工有限公司无异议。</p>")
    assert "甄示甲" not in page and "甲川化工有限公司无异议" in page
