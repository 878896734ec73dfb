"""Lists to classes: headings, columns, validity, publication days proven, assumed and bounded."""

from __future__ import annotations

from typing import Any

import pytest

from indexer.register.membership import memberships
from indexer.register.runs import Issues

REF = {"run": "r", "file": "captures-00001.warc.gz", "offset": 0, "digest": "sha256:" + "0" * 64}
WORDS = {"水环境": "KPU.W", "大气环境": "KPU.A", "土壤": "SOIL", "依法披露": "EL"}


def record(title: str | None = None, published: str | None = None, **cells: str) -> Any:
    return {
        "source": "s",
        "url": "u",
        "place": "p",
        "title": title,
        "published_at": published,
        "fields": cells,
        "capture": REF,
    }


def told(rules: dict[str, Any], item: Any, issues: Issues | None = None) -> list[tuple[Any, ...]]:
    found = memberships(item, rules, "2021-04-02", issues or Issues())
    return [(m["cls"], m["year"], m["published"], m["published_from"], m["published_to"], m["assumed"]) for m in found]


def test_the_heading_tells_the_class_and_the_year() -> None:
    rules = {"class_by": {"title": WORDS}, "year_from": "title", "published": "published_at"}
    item = record("2021年水环境重点排污单位（251家）", "2021-03-28")
    assert told(rules, item) == [("KPU.W", 2021, "2021-03-28", None, None, False)]


def test_a_list_without_a_day_is_bounded_by_its_year_and_its_first_capture() -> None:
    rules = {"class_by": {"title": WORDS}, "year_from": "title", "published": "published_at"}
    assert told(rules, record("2021年土壤名录")) == [("SOIL", 2021, None, "2021-01-01", "2021-04-02", False)]


def test_an_assumed_day_says_so() -> None:
    rules = {"class": "KPU", "year": 2020, "published": {"day": "2020-03-31", "assumed": True}}
    assert told(rules, record("x")) == [("KPU", 2020, "2020-03-31", None, None, True)]


@pytest.mark.parametrize("cell", ["水环境、大气环境", "水环境重点排污单位,大气环境重点排污单位", "大气环境；水环境"])
def test_a_column_may_name_several_classes(cell: str) -> None:
    rules = {"class_by": {"title": WORDS, "column": "类别|监管类别"}, "year_from": "title"}
    assert [row[0] for row in told(rules, record("2021年名录", 监管类别=cell))] == ["KPU.A", "KPU.W"]


def test_an_unknown_class_is_an_issue_and_no_membership() -> None:
    issues = Issues()
    rules = {"class_by": {"title": WORDS}}
    assert told(rules, record("光污染名录"), issues) == []
    assert issues.rows()[0]["code"] == "class-unknown" and "光污染名录" in issues.rows()[0]["message"]


def test_permits_hold_by_their_validity() -> None:
    rules = {
        "class_map": {"column": "管理类别", "map": {"重点管理": "PK", "简化管理": "PS"}},
        "valid": {"from": "发证日期", "to": "有效期限"},
    }
    item = record(管理类别="重点管理", 发证日期="2020-07-26", 有效期限="2020-07-27至2023-07-26")
    (found,) = memberships(item, rules, "2021-04-02", Issues(), {"management": "重点管理", "permit_no": "x"})
    assert (found["cls"], found["valid_from"], found["valid_to"]) == ("PK", "2020-07-26", "2023-07-26")
    assert found["extra"] == {"management": "重点管理", "permit_no": "x"}


def test_validity_that_is_not_understood_is_an_issue() -> None:
    issues = Issues()
    rules = {"class": "PK", "valid": {"from": "有效期限", "to": "有效期限"}}
    memberships(record(有效期限="长期"), rules, "2021-04-02", issues)
    assert "validity not understood" in issues.rows()[0]["message"]
