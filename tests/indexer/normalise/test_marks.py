"""Marks of monitoring values: in a column of their own, in place of the value, in the remark, in the reason."""

from __future__ import annotations

import pytest

from indexer.normalise import fields, marks

HEADERS = (("数据标记", "mark"), ("监测结果", "conc"), ("备注", "remark"), ("未监测原因", "reason"))


def of(mark: str = "", value: str = "", remark: str = "", reason: str = "") -> str | None:
    printed = dict(zip((header for header, _ in HEADERS), (mark, value, remark, reason), strict=True))
    return marks.of_row(printed, marks.columns(HEADERS))


@pytest.mark.parametrize(("words", "mark"), [
    ("停产", "stopped"), ("市场原因停产检修，恢复生产后继续监测", "stopped"), ("设备校准", "calibration"),
    ("在线设备故障", "fault"),
    ("停炉降温", "stopping"), ("未生产", "stopped"), ("未停产", "normal"),
    ("未发生故障", "normal"), ("委托监测", None), ("35.2", None),
])  # fmt: skip
def test_words(words: str, mark: str | None) -> None:
    assert marks.in_words(words) == mark


@pytest.mark.parametrize(("letter", "mark"), [("F", "stopped"), ("ｎ", "normal"), ("M", "maintenance"), ("Q", None)])
def test_letters_count_in_a_column_of_marks_alone(letter: str, mark: str | None) -> None:
    assert marks.in_column(letter) == mark
    assert of(remark=letter) is None


def test_the_column_outranks_the_remark_and_a_reason_counts_only_without_a_value() -> None:
    assert of(mark="正常", value="3", remark="停炉") is None
    assert of(mark="维护", value="3", remark="停炉") == "maintenance"
    assert of(value="停运", remark="校准") == "stopped"
    assert of(value="-9999", remark="设备校准") == "calibration"
    assert of(value="-9999") == of(value="-9999.0") == "missing"
    assert of(value="55", reason="设备故障导致超标") is None
    assert of(value="", reason="设备故障") == "fault"
    assert of(value="35.2") is None


def test_a_mark_that_no_vocabulary_knows_is_told() -> None:
    said = fields.interpret("monitoring", {"监测项目": "氨氮", "数据标记": "奇怪标记"})
    assert said.problems and said.problems[0][0] == "数据标记"
    said = fields.interpret("monitoring", {"监测项目": "氨氮", "监测结果": "停产", "数据标记": "F"})
    assert not said.problems and said.facts["mark"] == "stopped"
