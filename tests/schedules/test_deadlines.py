"""The due days around which a source is looked at daily, from the rules themselves."""

from __future__ import annotations

from datetime import date

from schedules.deadlines import due_days


def test_the_yearly_report_falls_due_in_march() -> None:
    # 15 March 2025 is a Saturday: it rolls to Monday.
    assert date(2025, 3, 17) in due_days(frozenset({"annual_report"}), date(2025, 1, 10))


def test_a_notice_that_moves_a_due_day_is_watched_beside_the_usual_day() -> None:
    days = due_days(frozenset({"permit_report"}), date(2024, 1, 10))
    assert date(2024, 1, 31) in days and date(2024, 2, 29) in days


def test_each_quarter_of_self_monitoring_has_its_day() -> None:
    days = due_days(frozenset({"monitoring"}), date(2025, 1, 1))
    assert date(2025, 1, 8) in days  # five working days after 31 December 2024
    assert len([day for day in days if day.year == 2025]) == 4


def test_days_counted_from_a_subjects_own_list_are_not_the_schedules() -> None:
    assert due_days(frozenset({"profile"}), date(2021, 1, 1)) == ()


def test_days_long_past_are_left_behind() -> None:
    days = due_days(frozenset({"annual_report"}), date(2025, 6, 1))
    assert days and min(days) > date(2025, 5, 1)
