"""Firms named in sentences: certain ones alone."""

from __future__ import annotations

import pytest

from crawlers.prose.firms import is_firm, named

NAMED = {
    "群众反映甲川宏泰化工有限公司夜间排放废气，气味难闻": ["甲川宏泰化工有限公司"],
    "位于甲东区示例大道12号的宏泰（甲川）水泥有限公司扬尘": ["宏泰（甲川）水泥有限公司"],
    "经查，甲川鼎盛造纸有限公司、乙川瑞丰印染有限公司超标": ["甲川鼎盛造纸有限公司", "乙川瑞丰印染有限公司"],
    "对甲川宏泰化工有限公司立案": ["甲川宏泰化工有限公司"],
    "甲东区红星砖瓦厂粉尘扰民": ["甲东区红星砖瓦厂"],
    "甲川宏泰化工有限公司东厂区废水外排": ["甲川宏泰化工有限公司东厂区"],
}
UNCERTAIN = (
    "附近的化工厂排污", "某化工有限公司", "该有限公司", "2026年3月甲川鼎盛有限公司", "甲有限公司与甲川乙鼎有限公司均",
    "村口一家塑料加工厂", "我局已对甲川宏泰化工有限公司立案", "与甲川宏泰化工有限公司有关", "无名小作坊",
)  # fmt: skip


@pytest.mark.parametrize("text", NAMED)
def test_a_name_between_certain_marks_is_taken(text: str) -> None:
    assert named(text) == NAMED[text]


@pytest.mark.parametrize("text", UNCERTAIN)
def test_whatever_may_begin_elsewhere_is_left_alone(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    "name", ["甲川宏泰化工有限公司", "甲东区红星砖瓦厂", "某县人民医院", "甲川市污水处理中心", "甲东区大名汽车修理店"]
)
def test_organisations_are_told_by_their_words(name: str) -> None:
    assert is_firm(name)


@pytest.mark.parametrize("name", ["某某", "甄示甲", "甄某", "买买提·示例", "甄示甲（养殖户）", "甄行"])
def test_what_may_be_a_person_is_no_firm(name: str) -> None:
    assert not is_firm(name)
