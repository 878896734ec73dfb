"""Prints of texts: the same words under other names, widths and line ends have one print; others have another."""

from __future__ import annotations

import pytest

from indexer.normalise.prints import MOST, fold, passages, print_of

TEXT = "上海示例水务有限公司成立应急指挥部，由总经理任总指挥，发生突发环境事件时立即启动预案并上报主管部门。"


@pytest.mark.parametrize("other", [
    TEXT.replace("上海示例水务有限公司", "第3印染厂"), TEXT.replace("，", ", "), TEXT.replace("总经理", "总 经 理"),
    TEXT.replace("上海示例水务有限公司", "本公司"),
])  # fmt: skip
def test_the_same_words_are_one_passage(other: str) -> None:
    assert passages(other, ()) == passages(TEXT, ())
    assert print_of(fold(other)) == print_of(fold(TEXT)) and len(print_of("")) == 16


@pytest.mark.parametrize("other", [TEXT.replace("总经理", "厂长"), TEXT.replace("立即", "一小时内"), TEXT[:-10]])
def test_other_words_are_another(other: str) -> None:
    assert passages(other, ()) != passages(TEXT, ())


def test_only_passages_of_some_length_count_and_each_once() -> None:
    assert passages("短句。\n" + TEXT + "\r\n" + TEXT, [TEXT, "厂区", ""]) == (fold(TEXT),)
    assert len(passages("\n".join(f"{TEXT}{number}次" for number in range(MOST + 5)), ())) == MOST
    assert fold("厂界噪声在厂区外测量") == "厂界噪声在厂区外测量"
