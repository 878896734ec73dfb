"""How far obligations reach: lists and how long they last, derived classes, exemptions, what a permit prints, words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.law.duties import Duty
from indexer.law.explain import explain
from indexer.law.facts import Subject
from indexer.law.rules import default
from tests.indexer.law.test_rows import EL, GAS, HELD, KPU, ROWS, D, event, item, line, listed, owed, permit


def test_an_event_before_the_list_or_after_its_year_is_not_owed_by_it() -> None:
    def kinds(day: str) -> dict[str, Duty]:
        return owed(ROWS[0]._replace(obligation="O24-T2", day="2026-01-01"),
                    {"memberships": EL, "events": (event("penalty", day),)})  # fmt: skip

    assert [bool(kinds(day)) for day in ("2023-03-29", "2023-03-30", "2024-01-05", "2024-12-31", "2025-01-01")] == [
        False, True, True, True, False,
    ]  # fmt: skip


def test_others_owe_announcement_81_only_where_their_permit_cites_it() -> None:
    cites = item("permit", "2023-01-05", facts={"disclose_other": "《国家重点监控企业自行监测及信息公开办法（试行）》"})
    row = ROWS[0]._replace(obligation="A81-2", day="2023-12-31")
    assert list(owed(row, {"memberships": HELD, "found": (cites,)})) == ["2023"]
    assert owed(row, {"memberships": HELD, "found": (GAS,)}) == {}


def test_listed_companies_disclose_three_years_running_and_are_on_the_list_for_it() -> None:
    row = ROWS[0]._replace(obligation="O24-Y", day="2026-12-31")
    assert list(owed(row, {"memberships": (listed("BND", 2023),)})) == ["2023", "2024", "2025"]


def test_cleaner_production_lasts_to_the_third_year_after_acceptance() -> None:
    row = ROWS[0]._replace(obligation="O24-Y-CP", day="2029-12-31")
    facts = {"memberships": (listed("CP.3", 2023),), "events": (event("audit_done", "2024-09-01"),)}
    assert list(owed(row, facts)) == ["2023", "2024", "2025", "2026", "2027"]
    assert list(owed(row, facts | {"events": ()})) == ["2023"]


def test_after_the_code_rows_of_repealed_laws_go_on_for_staff_alone() -> None:
    row = ROWS[0]._replace(obligation="SW-1", day="2027-12-31")
    waste = item("annual_report", "2025-03-15", facts={"solid_waste": "炉渣"})
    found = owed(row, {"found": (waste,)})
    assert [(key, duty.law_seen) for key, duty in found.items()] == [
        ("2025", True), ("2026", True), ("2027", False),
    ]  # fmt: skip
    assert "《固体废物污染环境防治法》" not in found["2027"].basis and "对应条文待核对" in found["2027"].basis


@pytest.mark.parametrize(
    ("start", "obligation", "what", "exempt"),
    [
        ("2023-06-02", "PR-3", ("执行报告季报", "季度结束后15日内"), True),
        ("2023-06-01", "PR-3", ("执行报告季报", "季度结束后15日内"), False),
        ("2023-06-22", "PR-4b", ("执行报告月报", "次月15日前"), True),
        ("2023-06-21", "PR-4b", ("执行报告月报", "次月15日前"), False),
    ],
)
def test_a_permit_held_too_short_a_part_of_the_period(
    start: str, obligation: str, what: tuple[str, str], exempt: bool
) -> None:
    row = ROWS[0]._replace(obligation=obligation, day="2023-06-30")
    found = owed(row, {"memberships": (permit(start, "2028-01-01"),), "events": (line(*what),)})
    assert [duty.exempt is not None for duty in found.values()] == [exempt]


def test_who_said_within_the_quarter_that_production_had_stopped_is_exempt() -> None:
    row = ROWS[0]._replace(obligation="PR-5a", day="2022-07-31")
    stopped = item("profile", "2022-05-05", facts={"stopped": "是"})
    found = owed(row, {"memberships": HELD, "found": (GAS, stopped)})
    assert {key for key, duty in found.items() if duty.exempt} == {"2022Q2"}
    assert found["2022Q2"].exempt_from == D("2022-05-05")


@pytest.mark.parametrize(
    ("when", "due"),
    [
        ("次年3月1日前", "2023-03-01"),
        ("每年2月底前", "2023-02-28"),
        ("次年一月十六日前", "2023-01-16"),
        ("", "2023-01-31"),
    ],
)
def test_what_the_permit_prints_outranks_the_generic_term(when: str, due: str) -> None:
    row = ROWS[0]._replace(obligation="PR-2", day="2022-12-31")
    facts = {"memberships": (permit("2022-01-01", "2026-12-31"),)}
    found = owed(row, facts | {"events": (line("执行报告年报", when, "2022-01-05"),)})
    assert str(found["2022"].due.latest) == due
    learned = owed(row._replace(day="2023-06-01"), facts | {"events": (line("执行报告年报", when, "2023-01-05"),)})
    assert str(learned["2022"].due.latest) == "2023-01-31", "what was first seen after the year is not held against it"


def test_a_printed_term_that_cannot_be_read_accuses_nobody() -> None:
    row = ROWS[0]._replace(obligation="PR-2", day="2022-12-31")
    facts = {"memberships": (permit("2022-01-01", "2026-12-31"),)}
    found = owed(row, facts | {"events": (line("执行报告年报", "按主管部门要求", "2022-01-05"),)})
    assert found["2022"].due.provisional and "未能解读" in found["2022"].due.words


def explained(obligation: str, changed: bool = False) -> tuple[str, tuple[str, ...]]:
    row = next(row for row in ROWS if row.obligation == obligation)
    facts = row.facts | row.but if changed else row.facts
    made = replace(Subject("e-1", "某公司", ("310000",), None, (), (), (), ()), **facts)
    told = explain(obligation, made, default(), D(row.day))
    return "；".join(step for duty in told.duties for step in duty.steps), told.reasons


def test_the_explanation_names_what_shows_a_class_and_what_is_not_there() -> None:
    steps, reasons = explained("O34-1")
    assert "应当编制突发环境事件应急预案的单位（EMG，据2021-05-01所见信息认定）" in steps and "不属于" not in "".join(
        reasons
    )
    assert explained("O34-1", changed=True)[1] == ("不属于承担本项义务的主体：应当编制突发环境事件应急预案的单位",)
    assert "许可证信息公开内容中未见载明本项" in explained("PR-3", changed=True)[1]
    assert any("未见触发本项义务的事项" in reason for reason in explained("O24-T6", changed=True)[1])
    assert explain("O31-V", Subject("e", "甲", (), None, KPU, (), (), ()), default(), D("2021-07-01")).reasons == (
        "本项不设义务期限，不因其产生差距",
    )
