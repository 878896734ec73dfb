"""What a row of an enterprise's page tells of a penalty, a notice, a case, a permit's own line."""

from __future__ import annotations

from typing import Any

import pytest

from webapp.gist import gist

ROWS: tuple[tuple[str, dict[str, Any], list[tuple[str, str]]], ...] = (
    (
        "penalty",
        {"doc_no": "甲环罚〔2026〕1号", "amount": 540000.0, "date": "2026-04-02", "law": "略"},
        [("决定书文号", "甲环罚〔2026〕1号"), ("罚款", "540,000 元"), ("决定日期", "2026-04-02")],
    ),
    (
        "eia",
        {"project": "箱板纸项目", "shown": {"from": "2026-03-02", "to": "2026-03-13", "working_days": 10}},
        [("建设项目", "箱板纸项目"), ("公示期", "2026-03-02 – 2026-03-13")],
    ),
    ("eia", {"shown": {"from": None, "to": None, "working_days": 5}}, [("公示期", "5 个工作日")]),
    ("eia", {"shown": "另行公告"}, [("公示期", "另行公告")]),
    ("permit", {"disclose_what": "自行监测数据", "valid": {"from": None}}, [("应公开内容", "自行监测数据")]),
    ("emission", {"pollutant": "化学需氧量"}, []),
)


@pytest.mark.parametrize(("kind", "facts", "told"), ROWS)
def test_the_facts_of_a_kind_are_told_in_words(
    app_context: None, kind: str, facts: dict[str, Any], told: list[tuple[str, str]]
) -> None:
    assert gist({"kind": kind, "facts": facts}) == told


def test_a_long_value_is_cut(app_context: None) -> None:
    ((_, value),) = gist({"kind": "eia", "facts": {"project": "项" * 100}})
    assert len(value) == 60 and value.endswith("…")
