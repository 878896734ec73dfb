"""Lines that a page wrapped are joined, paragraphs are not."""

from __future__ import annotations

from crawlers.prose.facts import labelled, unwrapped

WRAPPED = """甲川市生态环境局
我局于二〇二六年三月五日对你单位进行了现场检查，发现废水排放浓度超过排
放标准0.5倍。
以上事实，有照片等证据为凭，已经你单位现场负责人确认，足以认定上述内容。
当事人：甲川宏泰化工有限公司
地址：
甲川市甲东区示例大道1号"""


def test_a_line_as_wide_as_the_page_goes_on_unless_its_sentence_ends() -> None:
    joined = unwrapped(WRAPPED).split("\n")
    assert joined[1].endswith("超过排放标准0.5倍。") and len(joined) == 6
    assert joined[2].startswith("以上事实") and joined[3].startswith("当事人")


def test_nothing_to_join_leaves_the_text() -> None:
    assert unwrapped("") == "" and unwrapped("一行。") == "一行。"


def test_a_label_takes_the_rest_of_its_line_else_the_next() -> None:
    assert labelled(WRAPPED, "当事人") == "甲川宏泰化工有限公司"
    assert labelled(WRAPPED, "地址") == "甲川市甲东区示例大道1号"
    assert labelled("（一） 建 设 单 位 ： 甲公司", "建设单位") == "甲公司"
    assert labelled(WRAPPED, "电话") is None
