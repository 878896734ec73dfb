"""Fines as decisions print them, in yuan."""

from __future__ import annotations

import pytest

from indexer.normalise import fields, money

SUMS = {
    "伍拾肆万元整": 540_000, "8.0（万元）": 80_000, "￥30000": 30_000, "1,234.50元": 1_234.5, "十万零五百元": 100_500,
    "3.5万元": 35_000, "人民币叁万元整（￥30000）": 30_000, "3万元；伍万元": 80_000, "贰拾万圆整": 200_000,
    "壹万贰仟叁佰肆拾伍元陆角柒分": 12_345.67, "８．０ 万元": 80_000, "100000元（大写：壹拾万元整）": 100_000,
}  # fmt: skip
FINES = {
    "罚款:8.0（万元）,其他行政处罚:责令该单位限期一个月内完成改造": 80_000,
    "其他行政处罚:责令限期完成,罚款:8.0（万元": 80_000,
    "决定对你单位作出如下行政处罚：罚款人民币叁万元整（￥30000）": 30_000,
    "处罚款伍拾肆万元整": 540_000,
    "处人民币拾万元的罚款": 100_000,
    "没收违法所得1.2万元（￥12000），并处罚款人民币5万元": 50_000,
    "1.对超标排放处罚款10万元；2.对未验先投处罚款20万元；合计罚款30万元": 300_000,
    "1.罚款10万元；2.罚款贰拾万元": 300_000,
    "罚款（大写）叁拾壹万伍仟元整": 315_000,
    "责令你单位收到本决定书3个月完成改造治理": None,
    "依据“处二万元以上二十万元以下的罚款”的规定": None,
    "每日按罚款数额的3%加处罚款": None,
}


@pytest.mark.parametrize("text", SUMS)
def test_a_sum_is_read_in_yuan(text: str) -> None:
    assert money.amount(text) == money.Money(SUMS[text])


@pytest.mark.parametrize("text", FINES)
def test_of_a_decision_the_fine_alone_counts(text: str) -> None:
    assert money.fine(text) == money.Money(FINES[text])


def test_a_bare_number_takes_the_heading_s_unit_and_a_printed_unit_its_own() -> None:
    assert money.amount("8.00", money.WAN).yuan == money.amount("8.00万元", money.WAN).yuan == 80_000
    assert money.amount("8.00", 1.0).yuan == 8


@pytest.mark.parametrize("text", ["另行通知", "第三条", "1" * 40 + "元", "一二三百万" * 2_000])
def test_no_sum_is_a_problem_never_a_guess(text: str) -> None:
    found = money.amount(text)
    assert found.yuan is None and "not a sum" in str(found.problem)


def test_sums_that_contradict_each_other_are_a_problem() -> None:
    assert "differ" in str(money.amount("叁万元（￥40000）").problem)
    assert "do not add up" in str(money.fine("1.罚款10万元；2.罚款20万元；合计罚款40万元").problem)


def test_a_record_s_fine_comes_from_its_column_else_from_its_words() -> None:
    said = fields.interpret("penalty", {"罚款金额（万元）": "54", "处罚结果": "责令改正，罚款伍拾肆万元整"})
    assert said.facts["amount"] == 540_000 and said.problems == []
    said = fields.interpret("penalty", {"处罚类别": "罚款", "处罚结果": "罚款人民币叁万元整（￥30000）"})
    assert said.facts["amount"] == 30_000 and {"amount", "content"} <= said.present
    said = fields.interpret("penalty", {"处罚金额": "200000元", "处罚内容": "罚款2万元"})
    assert said.facts["amount"] == 200_000 and "the words state a fine of 20000" in said.problems[0][2]


def test_a_bare_number_under_a_heading_without_unit_is_settled_by_the_words_or_not_at_all() -> None:
    assert "neither 元 nor 万元" in str(money.amount("8.00").problem) and money.amount("0").yuan == 0
    for bare in ("8.00", "80000"):
        said = fields.interpret("penalty", {"罚款金额": bare, "处罚内容": "罚款捌万元整"})
        assert said.facts["amount"] == 80_000 and said.problems == []
    said = fields.interpret("penalty", {"罚款金额": "8.00", "处罚内容": "罚款"})
    assert said.facts["amount"] == "8.00" and "neither 元 nor 万元" in said.problems[0][2]


def test_a_source_s_own_heading_in_wan_is_told_by_its_key() -> None:
    said = fields.interpret("penalty", {"金额": "8.5"}, {"penalty": {"金额": "amount_wan"}})
    assert said.facts["amount"] == 85_000
