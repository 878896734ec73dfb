"""Due days worked out by hand on the State Council's calendar."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.law.calendar import Calendar, add_months
from indexer.law.deadlines import Anchors, due_of
from indexer.law.expression import parse
from indexer.law.model import DueRule
from indexer.law.rules import default

D = date.fromisoformat
CALENDAR = default().calendar


def due(text: str, roll: bool = True, inclusive: bool = True, **anchors: object) -> date:
    rule = DueRule(parse(text), text, inclusive, roll)
    return due_of(rule, Anchors(**anchors), CALENDAR).latest  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("listed", "last"),
    [
        ("2021-03-30", "2021-06-28"),  # Monday: the ninetieth day counted from 31 March
        ("2021-03-28", "2021-06-28"),  # 26 June is a Saturday
        (
            "2020-07-03",
            "2020-10-09",
        ),  # 1 October begins National Day and Mid-Autumn to the 8th; the 9th is a working day
        ("2019-11-28", "2020-02-26"),
        ("2020-02-21", "2020-05-21"),
        ("2020-02-01", "2020-05-06"),  # 1 May begins Labour Day's five days
        ("2021-07-15", "2021-10-13"),
        ("2021-07-11", "2021-10-09"),  # a Saturday worked in exchange (调休): no roll
    ],
)
def test_ninety_days_from_the_list(listed: str, last: str) -> None:
    assert due("L+90d", listed=D(listed)) == D(last)


@pytest.mark.parametrize(
    ("event", "last"),
    [
        ("2021-06-30", "2021-07-07"),  # 1, 2, 5, 6, 7 July
        ("2023-01-17", "2023-01-29"),  # 18, 19, 20; Spring Festival 21–27; 28 and 29 (a weekend) worked
        ("2023-01-19", "2023-01-31"),  # 20; 28, 29 worked; 30, 31
        ("2024-02-08", "2024-02-21"),  # 9 worked; 10–17 off; 18 (a Sunday) worked, 19, 20, 21
        ("2023-09-27", "2023-10-10"),  # 28; National Day 29 Sept – 6 Oct; 7 and 8 (a weekend) worked; 9, 10
    ],
)
def test_five_working_days_over_the_festivals(event: str, last: str) -> None:
    assert due("E+5wd", event=D(event)) == D(last)


@pytest.mark.parametrize(
    ("period_end", "last"),
    [
        ("2023-03-31", "2023-04-10"),  # 3, 4; the 5th is Qingming; 6, 7, 10
        ("2023-06-30", "2023-07-07"),
        ("2023-09-30", "2023-10-11"),  # 7, 8 worked, 9, 10, 11
        ("2023-12-31", "2024-01-08"),  # 1 January off; 2, 3, 4, 5, 8
        ("2026-03-31", "2026-04-08"),  # 1, 2, 3; Qingming 4–6; 7, 8
    ],
)
def test_quarterly_results(period_end: str, last: str) -> None:
    assert due("PE+5wd", period_end=D(period_end)) == D(last)


@pytest.mark.parametrize(
    ("year", "last"),
    [(2022, "2023-03-15"), (2023, "2024-03-15"), (2024, "2025-03-17"), (2025, "2026-03-16")],  # Saturday, Sunday
)
def test_yearly_report(year: int, last: str) -> None:
    assert due("Y+1-03-15", year=year) == D(last)


def test_months_years_and_days_before() -> None:
    assert due("L+1mo", listed=D("2023-01-31")) == D("2023-02-28")
    assert due("L+1y+30d", listed=D("2021-03-30"), roll=False) == D("2022-04-29")
    assert due("V-60d", valid_to=D("2026-01-31"), roll=False) == D("2025-12-02")
    assert add_months(D("2024-02-29"), 12) == D("2025-02-28")


def test_params_of_roll_and_inclusion() -> None:
    assert due("Y+1-03-15", year=2025, roll=False) == D("2026-03-15")
    assert due("Y+1-03-15", year=2023, inclusive=False) == D("2024-03-14")


def test_what_the_permit_prints_outranks_and_the_unreadable_is_provisional() -> None:
    text = "PERMIT(annual_report_due) else Y+1-01-31"
    rule = DueRule(parse(text), text)
    assert due(text, year=2022, printed={"annual_report_due": "01-16"}) == D("2023-01-16")
    assert due(text, year=2022, printed={"annual_report_due": "2023-01-13"}) == D("2023-01-13")
    unread = due_of(rule, Anchors(year=2022, printed={"annual_report_due": "次年1月底"}), CALENDAR)
    assert (unread.latest, unread.provisional) == (D("2023-01-31"), True)
    assert "未能解读" in unread.words


def test_real_time_slots_are_due_the_day_after() -> None:
    assert due("RT(2h, 2h)", period_end=D("2023-05-06"), roll=False) == D("2023-05-07")


def test_words_tell_how_the_day_came_about() -> None:
    rule = DueRule(parse("L+90d"), "L+90d")
    words = due_of(rule, Anchors(listed=D("2021-03-28")), CALENDAR).words
    assert words == "名录公布之日2021-03-28次日起第90日，即2021-06-26；2021-06-26为非工作日，顺延至2021-06-28"


def test_beyond_the_official_calendar_days_are_provisional() -> None:
    rule = DueRule(parse("Y+1-01-31"), "Y+1-01-31")
    made = due_of(rule, Anchors(year=2026), CALENDAR)
    assert (made.latest, made.provisional) == (D("2027-02-01"), True)
    quarter = DueRule(parse("PE+5wd"), "PE+5wd")
    assert due_of(quarter, Anchors(period_end=D("2026-12-31")), CALENDAR).latest == D("2027-01-08")
    fixed = Calendar(frozenset({(1, 1)}))
    assert not fixed.is_workday(D("2027-01-01")) and fixed.is_workday(D("2027-01-04"))


def test_a_lacking_anchor_is_named() -> None:
    with pytest.raises(ValueError, match="needs L"):
        due("L+90d", year=2021)


@pytest.mark.parametrize(
    "text", ["L+90", "M+3d", "Y+1-13-01", "Y+1-02-30", "RT(2h)", "PERMIT(x)", "PERMIT(x) else PERMIT(y) else L"]
)
def test_what_the_grammar_does_not_know_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"due expression|no such day|after else"):
        parse(text)
