"""Each obligation of an enterprise: facts that set its duty off, and facts just beside that do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import pytest

from indexer.law.duties import Duty, duties
from indexer.law.explain import explain
from indexer.law.facts import Event, Found, Membership, Subject
from indexer.law.occasions import period
from indexer.law.rules import default

D = date.fromisoformat


def listed(cls: str, year: int, published: str | None = None, seen: str | None = None) -> Membership:
    day = D(published or f"{year}-03-30")
    return Membership(cls, year, day, None, None, None, None, D(seen) if seen else day)


def permit(start: str, end: str, cls: str = "PK", seen: str | None = None) -> Membership:
    return Membership(cls, None, None, None, None, D(start), D(end), D(seen or start))


def event(kind: str, day: str, known: str | None = None, ref: str = "某文〔2024〕1号", **extra: str) -> Event:
    return Event(kind, D(day), D(known or day), ref, extra=extra)


def item(kind: str, seen: str, **changes: Any) -> Found:
    facts = changes.pop("facts", {})
    made = Found(f"d-{kind}-{seen}", "s", "city_bureau", kind, None, None, D(seen), D(seen), (D(seen),),
                 frozenset(facts), frozenset(), facts)  # fmt: skip
    return replace(made, **changes)


def line(what: str, when: str, seen: str = "2023-01-05") -> Event:
    """A line of the permit's own table of disclosures."""
    return event("permit_line", seen, ref=f"{what}|{when}", disclose_what=what, disclose_when=when)


KPU = (listed("KPU.W", 2021),)
EL = tuple(listed("EL", year) for year in (2023, 2024))
HELD = (permit("2021-01-01", "2025-12-31"),)
GAS, WATER = item("emission", "2021-02-01", outlet="DA001"), item("emission", "2021-02-01", outlet="DW001")
SEWER = item("emission", "2021-04-01", facts={"to": "进入城市污水处理厂"})
PLAN = item("emergency_plan", "2021-05-01", facts={"plan": "预案"})


class Row(NamedTuple):
    """``due`` by period of what is owed on ``day``; ``but``: the same facts with these changes owe nothing of it."""

    obligation: str
    facts: dict[str, Any]
    day: str
    due: dict[str, str]
    but: dict[str, Any]


def of(kind: str, ref: str = "某文〔2024〕1号") -> str:
    return period(Event(kind, D("2024-01-01"), D("2024-01-01"), ref))


def six(number: int) -> Row:
    return Row(f"O31-{number}", {"memberships": KPU}, "2021-07-01", {"once:2021": "2021-06-28"},
               {"memberships": (listed("SOIL", 2021),)})  # fmt: skip


def interim(obligation: str, kind: str) -> Row:
    """2024-05-06 and 15 days on the way: 21 May; five working days on: 28 May."""
    return Row(obligation, {"memberships": EL, "events": (event(kind, "2024-05-06"),)}, "2024-06-01",
               {of(kind): "2024-05-28"}, {"memberships": (listed("EL", 2025), *KPU)})  # fmt: skip


def automatic(obligation: str, outlet: Found, other: Found) -> Row:
    return Row(obligation, {"memberships": HELD, "found": (outlet,)}, "2021-06-30", {"2021Q2": "2021-07-01"},
               {"found": (other,)})  # fmt: skip


GK = tuple(listed("GK", year, f"{year}-01-20") for year in (2015, 2016))
ROWS = [
    *(six(number) for number in (1, 2, 3, 4, 5, 6, 9)),
    Row("O31-7", {"memberships": (listed("GK", 2016, "2016-01-20"), listed("KPU", 2016))}, "2016-07-01",
        {"once:2016": "2016-04-19"}, {"memberships": (listed("GK", 2016, "2016-01-20"),)}),
    Row("O31-8", {"memberships": KPU, "events": (event("plan_filed", "2021-06-01"),)}, "2021-07-10",
        {of("plan_filed"): "2021-07-01"}, {"events": (event("plan_filed", "2022-02-01"),)}),
    Row("O24-Y", {"memberships": EL[:1]}, "2023-07-01", {"2023": "2024-03-15"}, {"memberships": KPU}),
    Row("O24-Y-CP", {"memberships": (listed("CP.1", 2023), *EL[:1])}, "2023-12-31", {"2023": "2024-03-15"},
        {"memberships": EL}),
    Row("O24-Y-FIN", {"memberships": (listed("LST", 2023),)}, "2025-12-31",
        {"2023": "2024-03-15", "2024": "2025-03-17", "2025": "2026-03-16"}, {"memberships": EL}),
    interim("O24-T1", "permit_changed"), interim("O24-T2", "penalty"), interim("O24-T3", "detention"),
    interim("O24-T4", "prosecution"), interim("O24-T5", "damages"),
    Row("O24-T6", {"memberships": EL, "events": (event("penalty", "2023-02-10"),)}, "2023-07-01",
        {"2023": "2023-04-14"}, {"events": (event("penalty", "2024-02-10"), event("penalty", "2023-04-01"))}),
    Row("O24-C", {"memberships": EL, "events": (event("content_changed", "2024-05-06", of="annual_report"),)},
        "2024-06-01", {of("content_changed"): "2024-05-06"},
        {"events": (event("content_changed", "2024-05-06", of="profile"),)}),
    Row("O24-S", {"memberships": EL, "events": (event("report_uploaded", "2024-03-10"),)}, "2024-06-01",
        {of("report_uploaded"): "2024-03-11"}, {"memberships": KPU}),
    Row("O24-E", {"memberships": EL, "events": (event("incident", "2024-05-06"),)}, "2024-06-01",
        {of("incident"): "2024-05-11"}, {"memberships": KPU}),
    Row("A81-1", {"memberships": GK[:1]}, "2015-12-31", {"2015": "2015-02-25"}, {"memberships": KPU}),
    Row("A81-2", {"memberships": GK}, "2016-12-31", {"2015": "2015-02-25", "2016": "2016-02-01"},
        {"memberships": KPU}),
    Row("A81-3", {"memberships": GK[:1], "found": (replace(WATER, first_seen=D("2015-02-01")),)}, "2015-08-31",
        {"2015Q2": "2015-07-01", "2015Q3": "2015-10-01"}, {"found": (replace(GAS, first_seen=D("2015-02-01")),)}),
    Row("A81-4", {"memberships": GK[:1], "found": (replace(GAS, first_seen=D("2015-02-01")),)}, "2015-08-31",
        {"2015Q2": "2015-07-01", "2015Q3": "2015-10-01"}, {"found": (replace(WATER, first_seen=D("2015-02-01")),)}),
    Row("A81-5", {"memberships": GK[:1]}, "2015-06-30", {"2015Q2": "2015-07-01"}, {"memberships": HELD}),
    Row("A81-6", {"memberships": GK[:1]}, "2015-06-30", {"2015Q2": "2015-06-30"}, {"memberships": KPU}),
    Row("A81-7", {"memberships": GK[:1]}, "2015-12-31", {"2015": "2016-02-01"}, {"memberships": KPU}),
    Row("M23-1", {"memberships": (permit("2023-02-10", "2023-08-20"),)}, "2023-06-30", {"2023Q2": "2023-07-07"},
        {"memberships": EL}),
    Row("MON-1", {"memberships": (permit("2024-01-01", "2027-12-31"),)}, "2026-06-01", {"2026": "2026-02-02"},
        {"memberships": HELD}),
    Row("PR-1", {"memberships": HELD}, "2022-06-01", {"2021": "2021-03-31", "2022": "2022-02-07"},
        {"memberships": (permit("2021-01-01", "2025-12-31", "PREG"),)}),
    Row("PR-2", {"memberships": (permit("2022-05-01", "2022-12-31"),)}, "2022-12-31", {"2022": "2023-01-31"},
        {"memberships": KPU}),
    Row("PR-3", {"memberships": HELD, "events": (line("执行报告季报", "季度结束后15日内"),)}, "2023-04-30",
        {"2023Q1": "2023-04-17", "2023Q2": "2023-07-17"}, {"events": (line("执行报告年报", "次年1月31日前"),)}),
    Row("PR-4a", {"memberships": HELD, "events": (line("执行报告半年报", "每半年结束后15日内"),)}, "2023-04-30",
        {"2023H1": "2023-07-17"}, {"events": ()}),
    Row("PR-4b", {"memberships": HELD, "events": (line("执行报告月报", "次月15日前"),)}, "2023-02-28",
        {"2023-01": "2023-02-15", "2023-02": "2023-03-15"}, {"events": ()}),
    automatic("PR-5a", GAS, WATER), automatic("PR-5b", WATER, GAS),
    Row("PR-6", {"memberships": HELD, "found": (SEWER,)}, "2021-12-31", {"2021": "2021-05-06"},
        {"found": (WATER,)}),
    Row("PR-7", {"memberships": HELD, "events": (line("清洁生产审核结果", "及时", "2023-02-01"),)}, "2023-04-01",
        {of("permit_line", "清洁生产审核结果|及时"): "2023-03-03"},
        {"events": (line("自行监测数据", "完成后五个工作日内"),)}),
    Row("PR-8a", {"memberships": HELD}, "2025-07-01", {of("permit_end", "permit|2025-12-31"): "2025-11-01"},
        {"memberships": (permit("2021-01-01", "2026-06-30"),)}),
    Row("PR-8b", {"memberships": HELD, "events": (event("particulars_changed", "2023-05-05"),)}, "2023-06-01",
        {of("particulars_changed"): "2023-06-05"}, {"memberships": (permit("2017-01-01", "2019-12-31"),)}),
    Row("O34-1", {"memberships": KPU, "found": (PLAN,)}, "2021-12-31", {"2021": "2021-05-31"}, {"found": (GAS,)}),
    Row("O34-2", {"found": (PLAN,), "events": (event("drill", "2021-06-01"),)}, "2021-07-31",
        {of("drill"): "2021-07-01"}, {"found": (GAS,)}),
    Row("O34-3", {"events": (event("incident", "2021-06-01"),)}, "2021-07-31", {of("incident"): "2021-06-08"},
        {"events": (event("penalty", "2021-06-01"),)}),
    Row("EP4-1", {"events": (event("plan_signed", "2021-06-01"),)}, "2021-07-31", {of("plan_signed"): "2021-06-30"},
        {"events": (event("drill", "2021-06-01"),)}),
    Row("EP4-2", {"events": (event("plan_filed", "2021-06-01"),)}, "2021-07-31", {of("plan_filed"): "2024-06-03"},
        {"events": (event("plan_filed", "2014-06-01"),)}),
    Row("CP-1", {"memberships": (listed("CP.1", 2023),)}, "2023-07-01", {"once:2023": "2023-05-04"},
        {"memberships": (listed("CP.2", 2023),)}),
    Row("CP-2", {"memberships": (listed("CP.2", 2023),)}, "2023-07-01", {"once:2023": "2023-05-04"},
        {"memberships": (listed("CP.3", 2023),)}),
    Row("CP-3", {"memberships": (listed("CP.3", 2023),)}, "2023-07-01", {"once:2023": "2023-05-04"},
        {"memberships": (listed("CP.1", 2023),)}),
    Row("CP-4", {"memberships": (listed("CP.1", 2023),)}, "2023-07-01", {"once:2023": "2024-04-29"},
        {"memberships": KPU}),
    Row("SOIL-1", {"memberships": (listed("SOIL", 2023),)}, "2023-07-01", {"2023": "2024-01-02"},
        {"memberships": (listed("SOIL", 2017),)}),
    Row("SOIL-2", {"memberships": (listed("SOIL", 2023),)}, "2023-07-01", {"2023": "2024-04-01"},
        {"memberships": (listed("SOIL", 2018),)}),
    Row("TOX-1", {"memberships": KPU, "found": (replace(WATER, pollutants=("总镉",)),)}, "2021-12-31",
        {"2021": "2021-03-03"}, {"found": (replace(WATER, pollutants=("化学需氧量",)),)}),
    Row("SW-1", {"found": (item("annual_report", "2023-03-15", facts={"solid_waste": "炉渣100吨"}),)}, "2023-12-31",
        {"2023": "2023-04-14"}, {"found": (item("annual_report", "2023-03-15", facts={"plan": "有"}),)}),
    Row("INC-1", {"name": "某市生活垃圾焚烧发电有限公司", "memberships": (listed("KPU.A", 2023, "2023-01-10"),)},
        "2023-05-01", {"2023Q2": "2023-07-01"}, {"name": "某市热电有限公司"}),
    Row("ACC-1", {"events": (event("project_completed", "2023-05-05"),)}, "2023-06-01",
        {of("project_completed"): "2023-05-05"}, {"events": (event("project_completed", "2017-05-05"),)}),
    Row("ACC-2", {"events": (event("acceptance_made", "2023-05-05"),)}, "2023-06-01",
        {of("acceptance_made"): "2023-05-11"}, {"events": (event("project_completed", "2023-05-05"),)}),
    Row("ACC-3", {"events": (event("showing_ended", "2023-05-05"),)}, "2023-06-01",
        {of("showing_ended"): "2023-05-11"}, {"events": (event("acceptance_made", "2023-05-05"),)}),
]  # fmt: skip


def owed(row: Row, facts: dict[str, Any]) -> dict[str, Duty]:
    made = replace(Subject("e-1", "某公司", ("310000",), None, (), (), (), ()), **facts)
    return {d.period: d for d in duties(made, default(), D(row.day)) if d.obligation.id == row.obligation}


@pytest.mark.parametrize("row", ROWS, ids=[row.obligation for row in ROWS])
def test_facts_that_set_a_duty_off_and_facts_that_do_not(row: Row) -> None:
    found = owed(row, row.facts)
    assert {key: str(duty.due.latest) for key, duty in found.items()} == row.due
    for duty in found.values():
        assert duty.made <= D(row.day) and duty.basis and str(duty.due.latest) in duty.due.words
    assert owed(row, row.facts | row.but) == {}


def test_every_obligation_is_tried() -> None:
    rows = {row.id for row in default().active if not row.id.startswith("GOV") and row.trigger != "none"}
    assert rows == {row.obligation for row in ROWS}


def test_what_is_voluntary_and_a_term_of_display_are_no_duties() -> None:
    rules = default()
    assert {"O31-V", "A81-8"} <= {row.id for row in rules.active}
    everything = Subject("e-1", "某公司", (), None, (*KPU, *EL, *HELD, *GK), (PLAN, GAS), (), ())
    assert not {d.obligation.id for d in duties(everything, rules, D("2026-01-01"))} & {"O31-V", "A81-8"}


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
