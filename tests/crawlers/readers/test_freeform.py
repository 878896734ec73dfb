"""Pages without tables: pairs in paragraphs, bold words, lists, broken markup; forms without any mark."""

from __future__ import annotations

from crawlers.grids.pairs import pairs_of
from crawlers.readers import read
from crawlers.readers.freeform import prose_pairs, visible_lines
from crawlers.readers.html import pairs, parse

PAGE = """<html><body><font size=2><b>一、基础信息<p><b>企业名称：</b>福建某某化工有限公司<br>
统一社会信用代码:913503000000000000&nbsp;&nbsp;&nbsp;法定代表人：（略）<div>生产地址：</div><div>荔城区某某路1号</div>
<p>网址：http://example.cn/a:b 时间：2021-03-04 10:30:00<p>二、排污信息</p>
<p>排放口编号：DW001；排放口名称：总排口；化学需氧量（mg/L）：35.2</p>
<p>排放口编号：DW002；排放口名称：雨水口；化学需氧量（mg/L）：20</p>
<dl><dt>执行标准<dd>GB 8978</dl><script>var a = "企业名称：假"</script><!-- 企业名称：假 -->"""


def test_pairs_of_a_page_as_people_paste_it() -> None:
    basic, first, second = prose_pairs(PAGE.encode())
    assert basic.fields == {
        "企业名称": "福建某某化工有限公司", "统一社会信用代码": "913503000000000000", "法定代表人": "（略）",
        "生产地址": "荔城区某某路1号", "网址": "http://example.cn/a:b", "时间": "2021-03-04 10:30:00",
    }  # fmt: skip
    assert first.fields == {"排放口编号": "DW001", "排放口名称": "总排口", "化学需氧量（mg/L）": "35.2"}
    assert second.fields["排放口编号"] == "DW002" and second.fields["执行标准"] == "GB 8978"
    assert basic.place == "lines 2-6" and first.places["排放口名称"] == first.place


def test_the_charset_that_the_page_states_is_believed_and_a_wrong_one_is_not() -> None:
    stated = '<meta charset="gb2312"><p>企业名称：甲化工厂</p>'.encode("gb18030")
    lying = '<meta charset="gb2312"><p>企业名称：甲化工厂有限公司</p>'.encode()
    assert prose_pairs(stated)[0].fields == {"企业名称": "甲化工厂"}
    assert prose_pairs(lying)[0].fields == {"企业名称": "甲化工厂有限公司"}


def test_a_page_nested_without_end_is_read() -> None:
    assert visible_lines("<div>" * 5_000 + "企业名称：甲厂") == ["企业名称：甲厂"]


def test_a_key_without_a_value_stays_empty() -> None:
    (found,) = prose_pairs("<p>企业名称：</p><p>法定代表人：某</p><p>附件：</p>".encode())
    assert found.fields == {"企业名称": "", "法定代表人": "某", "附件": ""}


def test_header_cells_told_by_background_alignment_or_bold() -> None:
    for head in ('bgcolor="#eee">{}', 'align="right">{}', 'style="background:#eee">{}', "><b>{}</b>"):
        row = "".join(
            f"<td {head.format(name)}</td><td>{value}</td>" for name, value in (("企业名称", "甲"), ("法人", "乙"))
        )
        (found,) = pairs(parse(f"<table><tr>{row}</tr><tr>{row}</tr></table>".encode()))
        assert found.fields == {"企业名称": "甲", "法人": "乙"}


def test_a_form_without_any_mark_is_told_by_known_headers() -> None:
    known = {"企业名称", "法定代表人", "地址", "行业", "联系方式"}.__contains__
    form = "企业基本信息,,,\n企业名称,甲厂,法定代表人,某\n地址,荔城区,行业,化工\n联系方式,,备注,无\n"
    (grid,) = read(form.encode(), filename="a.csv").grids
    found = pairs_of(grid, known)
    assert found is not None
    assert found.fields == {
        "企业名称": "甲厂",
        "法定代表人": "某",
        "地址": "荔城区",
        "行业": "化工",
        "联系方式": "",
        "备注": "无",
    }
    assert found.places["地址"] == "table 1, row 3"
    columns = "企业名称,法定代表人,地址,行业\n甲,某,荔城,化工\n乙,某,涵江,造纸\n"
    (table,) = read(columns.encode(), filename="a.csv").grids
    assert pairs_of(table, known) is None
