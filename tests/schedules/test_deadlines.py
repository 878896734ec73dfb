"""The due days around which a source is looked at daily, from the rules themselves."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from schedules.cadence import Plan
from schedules.deadlines import due_days, of_source


def test_the_yearly_report_falls_due_in_march() -> None:
    # 15 March 2025 is a Saturday: it rolls to Monday.
    assert date(2025, 3, 17) in due_days(frozenset({"annual_report"}), date(2025, 1, 10))


def test_a_notice_that_moves_a_due_day_is_watched_beside_the_usual_day() -> None:
    days = due_days(frozenset({"permit_report"}), date(2024, 1, 10))
    assert date(2024, 1, 31) in days and date(2024, 2, 29) in days


def test_each_quarter_of_self_monitoring_has_its_day() -> None:
    days = due_days(frozenset({"monitoring"}), date(2025, 1, 1))
    assert date(2025, 1, 8) in days  # five working days after 31 December 2024
    # Values by the hour, reasons and results of a quarter fall due about its end, and nothing in between.
    ends = (date(2024, 12, 31), date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31))
    of_2025 = [day for day in days if day.year == 2025]
    assert all(any(0 <= (day - end).days <= 15 for end in ends) for day in of_2025)
    assert {date(2025, 4, 8), date(2025, 7, 7)} <= set(of_2025)


def test_days_counted_from_a_subjects_own_list_are_not_the_schedules() -> None:
    assert due_days(frozenset({"profile"}), date(2021, 1, 1)) == ()


def test_days_long_past_are_left_behind() -> None:
    days = due_days(frozenset({"annual_report"}), date(2025, 6, 1))
    assert days and min(days) > date(2025, 5, 1)


def test_due_days_of_a_sources_own_subjects_raise_its_cadence(tmp_path: Path) -> None:
    """Ninety days after a list, or so many working days after an event: the scan knows them of each subject."""
    (tmp_path / "frontier").mkdir()
    known = {"2026-12-20": 41, "2027-06-01": 3, "2019-01-01": 5}
    (tmp_path / "frontier" / "city.due.json").write_text(json.dumps(known), encoding="utf-8")
    today = date(2026, 11, 20)
    days = of_source("city", frozenset({"profile"}), today, tmp_path)
    assert days == (date(2026, 12, 20), date(2027, 6, 1))
    assert of_source("another", frozenset({"profile"}), today, tmp_path) == ()
    plan, monthly = Plan(timedelta(days=30), days), Plan(timedelta(days=30))
    noon = datetime(2026, 11, 20, 4, tzinfo=UTC)
    assert monthly.next_after(noon) == noon + timedelta(days=30)
    opening = plan.next_after(noon)
    assert opening == datetime(2026, 12, 5, 16, tzinfo=UTC)
    assert plan.next_after(opening) == opening + timedelta(days=1)


def test_the_calendars_days_stand_beside_them(tmp_path: Path) -> None:
    (tmp_path / "frontier").mkdir()
    (tmp_path / "frontier" / "eid.due.json").write_text('{"2025-02-03": 1}', encoding="utf-8")
    days = of_source("eid", frozenset({"annual_report"}), date(2025, 1, 10), tmp_path)
    assert {date(2025, 2, 3), date(2025, 3, 17)} <= set(days)
