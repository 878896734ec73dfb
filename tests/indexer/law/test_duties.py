"""Which duties a subject has on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from indexer.law.duties import Duty, duties
from indexer.law.facts import Membership, Subject
from indexer.law.rules import default

D = date.fromisoformat


def listed(
    year: int, published: str | None, cls: str = "KPU.W", seen: str = "2021-07-05", **changes: object
) -> Membership:
    """A line of a list."""
    day = D(published) if published else None
    made = Membership(cls, year, day, None, None, None, None, D(seen))
    return replace(made, **changes)  # type: ignore[arg-type]


def permit(start: str, end: str, cls: str = "PK", seen: str = "2018-02-01", **extra: str) -> Membership:
    """A permit's validity."""
    return Membership(cls, None, None, None, None, D(start), D(end), D(seen), extra=extra)


def made(members: tuple[Membership, ...], day: str, obligation: str, industry: str | None = None) -> dict[str, Duty]:
    """Duties of one obligation by period."""
    who = Subject("e-1", "甲", ("310000",), industry, members, (), (), ())
    return {d.period: d for d in duties(who, default(), D(day)) if d.obligation.id == obligation}


def test_six_categories_once_for_an_unbroken_run() -> None:
    members = tuple(listed(year, f"{year}-03-30") for year in (2017, 2018, 2020, 2021))
    assert sorted(made(members, "2021-07-20", "O31-1")) == ["once:2017", "once:2020"]
    who = Subject("e", "甲", (), None, members, (), (), ())
    owed = {duty.obligation.id for duty in duties(who, default(), D("2021-07-20"))}
    assert owed == {*(f"O31-{number}" for number in range(1, 7)), "O31-9"}


def test_any_class_of_key_polluting_enterprises_continues_the_run() -> None:
    members = (
        listed(2019, "2019-03-30", "KPU.A"),
        listed(2020, "2020-03-30", "KPU.W"),
        listed(2021, "2021-03-30", "KPU"),
    )
    assert list(made(members, "2021-07-20", "O31-1")) == ["once:2019"]
    assert made((listed(2019, "2019-03-30", "SOIL"),), "2021-07-20", "O31-1") == {}


def test_a_duty_exists_from_the_capture_that_shows_its_list() -> None:
    members = (listed(2021, "2021-03-30"),)
    assert made(members, "2021-07-04", "O31-1") == {}
    duty = made(members, "2021-07-05", "O31-1")["once:2021"]
    assert (duty.id, duty.made, duty.due.latest) == ("e-1:O31-1:once:2021", D("2021-07-05"), D("2021-06-28"))
    assert duty.due.words == (
        "列入2021年水环境重点排污单位名录，名录于2021-03-30公布；依据环境保护部令第31号 第九条第（一）项、第十一条，"
        "名录公布之日2021-03-30次日起第90日，即2021-06-28；应于2021-06-28前（含当日）公开"
    )


def test_the_first_of_several_lists_of_a_year_counts() -> None:
    members = (listed(2021, "2021-04-06"), listed(2021, "2021-03-26", "KPU.A"), listed(2021, None))
    duty = made(members, "2021-07-20", "O31-1")["once:2021"]
    assert (duty.due.earliest, duty.due.latest) == (D("2021-06-24"), D("2021-06-24"))


@pytest.mark.parametrize(
    ("published", "exists"),
    [("2014-12-31", False), ("2015-01-01", True), ("2021-11-08", True), ("2021-11-10", False), ("2022-03-30", False)],
)
def test_order_31_binds_only_while_it_lasts(published: str, exists: bool) -> None:
    """2021-11-08 + 90 days is Sunday 6 February 2022, rolled to Monday the 7th, the order's last day."""
    members = (listed(int(published[:4]), published, seen="2022-04-01"),)
    assert bool(made(members, "2022-05-01", "O31-1")) == exists


def test_a_list_without_a_day_is_a_range_up_to_its_capture() -> None:
    vague = listed(2021, None, published_from=D("2021-01-01"), published_to=D("2021-07-05"))
    duty = made((vague,), "2021-07-20", "O31-1")["once:2021"]
    assert (duty.due.earliest, duty.due.latest) == (D("2021-04-01"), D("2021-10-08"))
    assert "公布日未载明" in duty.due.words
    unbounded = made((listed(2021, None),), "2021-07-20", "O31-1")["once:2021"]
    assert (unbounded.due.earliest, unbounded.due.latest) == (None, D("2021-10-08"))


def test_yearly_report_for_each_list_year_from_2022_on() -> None:
    members = tuple(listed(year, f"{year}-03-28", "EL") for year in (2021, 2022, 2024))
    found = made(members, "2025-01-01", "O24-Y")
    assert {period: str(duty.due.latest) for period, duty in found.items()} == {
        "2022": "2023-03-15",
        "2024": "2025-03-17",
    }
    assert found["2022"].basis == "生态环境部令第24号 第十二、十三、十九条"
    assert made((listed(2022, "2023-04-01", "EL"),), "2025-01-01", "O24-Y") == {}, "the list came out after the due day"


def test_after_the_code_the_basis_says_that_its_article_is_not_read() -> None:
    duty = made((listed(2025, "2025-03-28", "EL"), listed(2026, "2026-03-27", "EL")), "2026-11-01", "O24-Y")
    assert "对应条文待核对" not in duty["2025"].basis
    assert "对应条文待核对" in duty["2026"].basis


def test_execution_reports_and_the_notices_that_moved_them() -> None:
    found = made((permit("2018-01-01", "2026-12-31"),), "2026-11-20", "PR-2")
    assert {period: str(duty.due.latest) for period, duty in found.items()} == {
        "2018": "2019-01-31", "2019": "2020-02-03", "2020": "2021-02-01", "2021": "2022-02-07", "2022": "2023-01-31",
        "2023": "2024-02-29", "2024": "2025-02-28", "2025": "2026-02-02", "2026": "2027-02-01",
    }  # fmt: skip
    assert found["2026"].due.provisional and not found["2025"].due.provisional
    assert "期限调整为2024-02-29" in found["2023"].due.words
    assert [found[year].law_seen for year in ("2019", "2020", "2021")] == [False, False, True]


@pytest.mark.parametrize(
    ("industry", "due"),
    [("火力发电", "2025-02-05"), ("4412", "2025-02-05"), ("D4417", "2025-02-05"), ("热电联产", "2025-02-05"),
     ("水力发电", "2025-02-28"), ("44110", "2025-02-28"), ("C2614", "2025-02-28"), (None, "2025-02-28")],
)  # fmt: skip
def test_thermal_power_of_2024_by_code_or_name(industry: str | None, due: str) -> None:
    """31 January 2025 lies in Spring Festival (28 January to 4 February) and rolls to the 5th."""
    assert str(made((permit("2020-01-01", "2026-12-31"),), "2026-11-20", "PR-2", industry)["2024"].due.latest) == due


def test_the_industry_printed_on_the_permit_serves_where_the_enterprise_has_none() -> None:
    members = (permit("2020-01-01", "2026-12-31", industry="火力发电,热力生产和供应"),)
    assert str(made(members, "2026-11-20", "PR-2")["2024"].due.latest) == "2025-02-05"


def test_years_and_quarters_of_a_permit() -> None:
    members = (permit("2023-02-10", "2023-08-20", "PS"),)
    assert sorted(made(members, "2024-06-01", "PR-2")) == ["2023"]
    assert sorted(made(members, "2024-06-01", "M23-1")) == ["2023Q2", "2023Q3"]
    assert sorted(made(members, "2023-06-30", "M23-1")) == ["2023Q2"]
    assert made((permit("2023-02-10", "2023-08-20", "PREG"),), "2024-06-01", "PR-2") == {}
    assert sorted(made((permit("2022-01-01", "2024-01-31"),), "2022-12-31", "M23-1")) == []


def test_renewals_join_and_a_short_holding_is_exempt() -> None:
    whole = (permit("2020-03-01", "2023-02-15"), permit("2023-02-16", "2028-02-15", seen="2023-03-01"))
    assert made(whole, "2023-06-01", "PR-2")["2023"].exempt is None
    unrenewed = made(whole, "2023-02-20", "PR-2")["2023"].exempt
    assert unrenewed == "HJ 944-2018：当年持证不足三个月，可不报送年度执行报告"


def test_a_permit_without_its_days_makes_no_duty() -> None:
    vague = replace(permit("2020-01-01", "2026-12-31"), valid_to=None)
    assert made((vague,), "2024-06-01", "PR-2") == {}
