"""Each obligation of an enterprise: facts that set its duty off, and facts just beside that do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import pytest

from indexer.law.duties import Duty, duties
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
