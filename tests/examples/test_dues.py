"""Due days against days computed by hand from the law's text and the State Council's calendars."""

from __future__ import annotations

from datetime import date

import pytest

from examples.province import dues
from examples.province.duties import owed
from examples.province.model import Firm, World


@pytest.mark.parametrize(
    ("published", "due"),
    [
        ("2021-03-26", "2021-06-24"),  # 5 days of March, 30, 31, 24
        ("2021-03-28", "2021-06-28"),  # 26 June is a Saturday
        ("2021-03-29", "2021-06-28"),  # 27 June is a Sunday
        ("2021-04-06", "2021-07-05"),
        ("2019-07-03", "2019-10-08"),  # 1 October, seven days of holiday
    ],
)
def test_ninety_days_after_the_list(published: str, due: str) -> None:
    assert dues.list_due(date.fromisoformat(published)).isoformat() == due


def test_fifteenth_of_march() -> None:
    days = [dues.annual_due(year).isoformat() for year in range(2022, 2027)]
    assert days == ["2023-03-15", "2024-03-15", "2025-03-17", "2026-03-16", "2027-03-15"]


def test_end_of_january_with_the_notices() -> None:
    days = [dues.report_due(year, "炼钢").isoformat() for year in range(2019, 2026)]
    assert days == [
        "2020-02-03", "2021-02-01", "2022-02-07", "2023-01-31", "2024-02-29", "2025-02-28", "2026-02-02",
    ]  # fmt: skip
    assert dues.report_due(2024, "火力发电").isoformat() == "2025-02-05"  # 31 January 2025 is in the Spring Festival


def test_five_working_days_after_the_quarter() -> None:
    days = {period: dues.quarter_due(period).isoformat() for period in ("2023Q1", "2023Q4", "2024Q3", "2026Q3")}
    assert days == {
        "2023Q1": "2023-04-10",  # 5 April is a holiday
        "2023Q4": "2024-01-08",
        "2024Q3": "2024-10-12",  # 8-11 October, and Saturday 12 October made up
        "2026Q3": "2026-10-13",  # Saturday 10 October made up
    }


def held(world: World, firm: Firm, year: str) -> bool:
    duty = next(d for d in owed(world, firm, date(2026, 11, 20)) if d.obligation == "PR-2" and d.period == year)
    return duty.exempt is None


def test_three_months_of_permit_count(world: World, by_role: dict[str, Firm]) -> None:
    assert held(world, by_role["pr2-just-counts"], "2022")  # 1 October to 31 December
    assert not held(world, by_role["pr2-exempt"], "2022")  # 2 October to 31 December
    assert not held(world, by_role["permit-expired"], "2023")  # 1 January to 15 February
