"""What kind an unknown table is of, and tables whose values stand beside their headers."""

from __future__ import annotations

import pytest

from indexer.normalise.guess import best_header, guesses, kinds, meaning_of
from indexer.normalise.misplaced import shift

TABLES = {
    "listing": ("序号 企业名称 统一社会信用代码 区县", "2021年重点排污单位名录"),
    "monitoring": ("监测项目 监测结果 标准限值 是否超标 监测日期", ""),
    "emission": ("排放口编号 污染物名称 排放方式 排放浓度 排放总量", ""),
    "facility": ("污染防治设施名称 处理工艺 处理能力 运行情况", ""),
    "permit": ("许可证编号 单位名称 有效期限 发证日期 发证机关", "排污许可证核发"),
    "eia": ("项目名称 建设单位 批复文号 批复日期 建设地点", ""),
    "emergency_plan": ("预案名称 备案编号 备案日期 单位名称", ""),
    "penalty": ("当事人 决定书文号 违法事实 处罚依据 罚款金额(万元) 处罚决定日期", ""),
}


@pytest.mark.parametrize("kind", TABLES)
def test_the_kind_is_told_with_its_reasons(kind: str) -> None:
    headers, heading = TABLES[kind]
    first, *others = guesses(headers.split(), heading)
    assert first.kind == kind and first.sureness in ("high", "medium") and first.reasons
    assert all(first.confidence >= other.confidence for other in others)
    assert not set(first.unknown) & set(first.headers)


def test_columns_named_after_pollutants_speak_for_values() -> None:
    (first, *_) = guesses(["企业名称", "监测时间", "化学需氧量(mg/L)", "氨氮"])
    assert first.kind == "monitoring"
    assert (
        first.headers["化学需氧量(mg/L)"].key == "化学需氧量"
        and first.headers["化学需氧量(mg/L)"].type == "pollutant column"
    )


def test_nothing_known_is_other_and_unsure() -> None:
    (only,) = guesses(["甲乙丙", "丁戊己"])
    assert (only.kind, only.confidence, only.sureness) == ("other", 0.0, "low")
    assert only.unknown == ["甲乙丙", "丁戊己"] and kinds()[-1] == "other"


def test_opposite_meanings_are_kept_apart() -> None:
    within, over = meaning_of("monitoring", "是否达标"), meaning_of("monitoring", "是否超标")
    assert within is not None and over is not None
    assert (within.key, over.key) == ("ok", "over")
    assert within.remark == "是 means within the limit" and over.remark == "是 means over the limit"


def test_the_best_header_row() -> None:
    assert best_header([["附件1", ""], ["企业名称", "区县"], ["甲厂", "荔城区"]]) == 1
    assert best_header([["a"], ["b"]]) == 0 == best_header([])


def test_a_table_beside_its_header_is_told() -> None:
    right = [{"企业名称": "甲", "统一社会信用代码": "913503000000000011", "发证日期": "2021-03-04", "备注": ""}] * 5
    moved = [{"企业名称": "", "统一社会信用代码": "甲", "发证日期": "913503000000000011", "备注": "2021-03-04"}] * 5
    assert shift("permit", right) is None and shift("permit", []) is None
    assert shift("permit", moved) == 1
    odd = [{**right[0], "发证日期": "长期"}] * 5
    assert shift("permit", odd) is None
