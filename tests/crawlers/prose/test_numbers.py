"""Document numbers in titles and sentences."""

from __future__ import annotations

import pytest

from crawlers.prose.numbers import numbers

PRINTED = {
    "穗番环罚〔2019〕156号中国石油天然气股份有限公司": "穗番环罚〔2019〕156号",
    "惠环罚决字〔2019〕第045号": "惠环罚决字〔2019〕第045号",
    "百环罚字[2018]12号": "百环罚字[2018]12号",
    "文号：晋环罚【2019】 7 号": "晋环罚【2019】7号",
    "某某有限公司津市环罚字（2019）5号": "津市环罚字（2019）5号",
    "甲生态环境局行政处罚决定书甲环罚字〔2019〕1-2号": "甲环罚字〔2019〕1-2号",
    "沪环保执法罚〔2019〕第三十二号": "沪环保执法罚〔2019〕第三十二号",
    "我局根据达州环罚〔2020〕3号决定": "达州环罚〔2020〕3号",
    "甲环罚(经开)〔2026〕11号": "甲环罚(经开)〔2026〕11号",
    "济环责改〔2019〕47号": "济环责改〔2019〕47号",
}


@pytest.mark.parametrize("text", PRINTED)
def test_a_number_is_taken_as_printed_from_where_it_begins(text: str) -> None:
    assert numbers(text) == [PRINTED[text]]


@pytest.mark.parametrize(
    "text", ["河南济源济邵路官桥较优质济环责改〔2019〕47号", "行政处罚决定书某某有限公司", "《某某办法》（2019）第三条"]
)
def test_where_the_beginning_cannot_be_told_there_is_no_number(text: str) -> None:
    assert numbers(text) == []
