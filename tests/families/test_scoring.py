"""The score finds what differs: a swapped value, a lost record, a record too many."""

from __future__ import annotations

from typing import Any

from examples.province.families.site import Planted
from tests.families.scoring import score


def row(name: str, rows: int = 1, **fields: str) -> dict[str, Any]:
    subject = {"name": name, "uscc": None, "external_id": None, "region": None}
    return {
        "kind": "emission", "subject": subject, "title": "t", "published_at": None, "fields": fields, "rows": rows,
    }  # fmt: skip


TRUTH = [
    Planted("emission", {"排放口": "DW001", "值": "1"}, {"name": "甲"}),
    Planted("emission", {"排放口": "DW002", "值": "2"}, {"name": "甲"}, rows=2),
]


def test_the_same_records_score_one_whatever_their_order_and_merging() -> None:
    got = [
        row("甲", 排放口="DW002", 值="2"),
        row("甲", 排放口="DW002", 值="2"),
        row("甲", 排放口="DW001", 值="1", 注=""),
    ]
    assert score(got, TRUTH).f1 == 1 and score(got, TRUTH).differences == []


def test_values_swapped_between_two_records_are_errors() -> None:
    got = [row("甲", 排放口="DW001", 值="2"), row("甲", 2, 排放口="DW002", 值="1")]
    result = score(got, TRUTH)
    assert (result.right, result.surplus, result.missing) == (6, 3, 3) and len(result.differences) == 3


def test_a_lost_record_costs_recall_and_a_record_too_many_precision() -> None:
    assert score([row("甲", 排放口="DW001", 值="1")], TRUTH).recall < 0.5
    surplus = score([row("乙", 排放口="DW001", 值="1"), row("甲", 排放口="DW001", 值="1")], TRUTH[:1])
    assert surplus.recall == 1 and surplus.precision == 0.5


def test_nothing_read_and_nothing_planted_is_no_success() -> None:
    assert score([], TRUTH).f1 == 0 and score([], []).f1 == 0


def test_titles_count_where_the_truth_has_them_and_days_always() -> None:
    titled = Planted("emission", {"值": "1"}, {"name": "甲"}, title="别的", published_at="2026-01-01")
    result = score([row("甲", 值="1")], [titled])
    assert (result.right, result.surplus, result.missing) == (2, 1, 2)
