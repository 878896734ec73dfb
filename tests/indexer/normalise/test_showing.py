"""Showing terms as EIA notices print them."""

from __future__ import annotations

import pytest

from indexer.normalise import fields, showing

TERMS = {
    "2026年3月2日至3月13日": ("2026-03-02", "2026-03-13", None),
    "2026年3月2日-2026年3月6日（5个工作日）": ("2026-03-02", "2026-03-06", 5),
    "2026-03-02~2026-03-13": ("2026-03-02", "2026-03-13", None),
    "2026年3月2日—13日": ("2026-03-02", "2026-03-13", None),
    "2026年3月2日（星期一）至3月6日": ("2026-03-02", "2026-03-06", None),
    "公示期为2026年12月30日至2027年1月8日": ("2026-12-30", "2027-01-08", None),
    "二〇二六年三月二日至二〇二六年三月六日": ("2026-03-02", "2026-03-06", None),
    "自公告之日起五个工作日": (None, None, 5),
    "10个工作日": (None, None, 10),
    "2026年3月2日": ("2026-03-02", None, None),
}


@pytest.mark.parametrize("text", TERMS)
def test_days_and_working_days_of_a_showing(text: str) -> None:
    start, end, working = TERMS[text]
    assert showing.span(text) == {"from": start, "to": end, "working_days": working}


@pytest.mark.parametrize("text", ["", "另行公告", "2026年3月12日至3月2日", "2026年13月2日"])
def test_what_is_no_showing_is_none(text: str) -> None:
    assert showing.span(text) is None


def test_a_record_that_states_no_showing_is_reported() -> None:
    said = fields.interpret("eia", {"公示时间": "另行公告", "建设单位": "甲川化工有限公司"})
    assert said.facts["shown"] == "另行公告" and "neither days nor" in said.problems[0][2]
