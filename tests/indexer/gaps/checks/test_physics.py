"""CON-06, CON-13, CON-17, CON-20, INC-04, INC-05: what cannot be, what does not convert, what lacks its label."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from indexer.law.facts import Rows
from tests.indexer.gaps.checks.views import found, gas, hours, moment, point, run, series, view

DAY = "2026-11-20"
WHEN = "2026-10-12T03:00"


def converted(
    value: float, oxygen: float | None = 12.0, standard: str | None = "GB 13271-2014 表2 燃煤锅炉", **more: Any
) -> Any:
    return view(
        DAY,
        series=(gas([point(WHEN, value, measured=30.0, oxygen=oxygen)], standard=standard), *more.pop("series", ())),
        **more,
    )


@pytest.mark.parametrize(
    ("value", "told"), [(40.0, False), (41.9, False), (42.1, True), (38.1, False), (37.9, True), (30.0, True)]
)
def test_conversion_by_the_standards_reference(value: float, told: bool) -> None:
    seen = run("CON-06", converted(value))
    assert bool(seen) is told
    if value == 30.0:
        assert seen[0].words == (
            "排放口DA001二氧化硫2026-10-12 03:00小时值实测30 mg/m³，氧含量12%，按基准氧含量9%折算应为40 mg/m³，"
            "而所载折算值为30 mg/m³"
        )


def test_without_a_known_reference_only_what_fits_none_is_told() -> None:
    for reference in (3.5, 6, 9, 11, 15):
        assert run("CON-06", converted(30.0 * (21 - reference) / 9, standard=None)) == []
    assert len(run("CON-06", converted(90.0, standard=None))) == 1
    assert run("CON-06", converted(30.0 * 10 / 9, standard=None, industry="生活垃圾焚烧发电")) == []
    assert len(run("CON-06", converted(40.0, standard=None, industry="生活垃圾焚烧发电"))) == 1


def test_a_standard_without_the_kind_of_plant_leaves_its_own_references_open() -> None:
    assert run("CON-06", converted(30.0 * 12 / 9, standard="GB 13271-2014")) == []
    assert run("CON-06", converted(30.0 * 17.5 / 9, standard="GB 13271-2014")) == []
    assert len(run("CON-06", converted(30.0 * 15 / 9, standard="GB 13271-2014"))) == 1


def test_the_oxygen_may_be_a_series_of_its_own_and_must_be_known() -> None:
    content = gas([point(WHEN, 12.0)], pollutant="氧含量", code="a19001", unit="%", limit_high=None)
    assert len(run("CON-06", converted(30.0, None, series=(content,)))) == 1
    assert run("CON-06", converted(30.0, None)) == []
    assert run("CON-06", converted(30.0, 20.5)) == []
    marked = gas(
        [point(WHEN, 30.0, measured=30.0, oxygen=12.0, mark="starting")], standard="GB 13271-2014 表2 燃煤锅炉"
    )
    assert run("CON-06", view(DAY, series=(marked,))) == []


def pair(part: str, whole: str, value: float | None, other: float | None, **more: Any) -> Any:
    big = point(WHEN, other, **more)
    return view(DAY, series=(series([point(WHEN, value)], pollutant=part), series([big], pollutant=whole)))


@pytest.mark.parametrize(("part", "whole"), [("五日生化需氧量", "化学需氧量"), ("氨氮", "总氮"), ("六价铬", "总铬")])
def test_a_part_is_no_more_than_its_whole(part: str, whole: str) -> None:
    (one,) = run("CON-13", pair(part, whole, 10.6, 10.0))
    assert one.words == f"排放口DW001{part}2026-10-12 03:00小时值10.6 mg/L，大于同时的{whole}10 mg/L"
    assert run("CON-13", pair(part, whole, 10.5, 10.0)) == []
    assert run("CON-13", pair(part, whole, 10.0, None, dl=4.0)) != []
    assert run("CON-13", pair(part, whole, 3.0, None, dl=4.0)) == []
    assert run("CON-13", pair(part, whole, 10.6, 10.0, mark="calibration")) == []


def test_samples_of_one_day_may_state_different_hours() -> None:
    part = series([point("2026-10-12T09:00", 10.6)], pollutant="氨氮", averaging="manual")
    whole = series([point("2026-10-12T10:00", 10.0)], pollutant="总氮", averaging="manual")
    assert len(run("CON-13", view(DAY, series=(part, whole)))) == 1
    twice = series(
        [point("2026-10-12T10:00", 10.0), point("2026-10-12T14:00", 11.0)], pollutant="总氮", averaging="manual"
    )
    assert run("CON-13", view(DAY, series=(part, twice))) == []


@pytest.mark.parametrize(("facts", "words"), [
    ({"n": 12.0, "n_ok": 10.0, "n_over": 1.0}, "达标10次与超标1次之和11次，不等于监测12次"),
    ({"n": 12.0, "n_ok": 11.0, "n_over": 1.0}, None), ({"n": 12.0, "n_ok": 11.0}, None),
    ({"mon_days": 301.0, "prod_days": 300.0}, "监测天数301日，多于生产天数300日"),
    ({"mon_days": 300.0, "prod_days": 300.0}, None), ({"mon_days": 367.0}, "监测天数367日，一年不超过366日"),
    ({"mon_days": 366.0}, None),
])  # fmt: skip
def test_counts_and_days_of_reports(facts: dict[str, float], words: str | None) -> None:
    item = found("annual_report", "2026-03-10", facts={"pollutant": "氨氮", **facts}, period="2025", outlet="DW001")
    seen = run("CON-13", view(DAY, found=(item,)))
    assert [one.words for one in seen] == ([f"2025报告载DW001、氨氮{words}"] if words else [])


def facility(running: str, last: str = "2026-10-30") -> Any:
    return found("facility", "2026-10-01", last_seen=last, facts={"facility": "污水处理站", "running": running})


@pytest.mark.parametrize(
    ("over", "running", "told"), [(3, "正常", True), (2, "正常", False), (3, "不正常", False), (3, "检修", False)]
)
def test_facilities_said_to_run_well(over: int, running: str, told: bool) -> None:
    own = series(hours("2026-10-12", [55.0] * over + [30.0] * 20))
    seen = run("CON-17", view(DAY, series=(own,), found=(facility(running),)))
    assert bool(seen) is told
    if told:
        assert seen[0].words == "污水处理站载明运行情况“正常”，而排放口DW001化学需氧量2026-10-12超标3次"
    assert run("CON-17", view(DAY, series=(own,), found=(facility("正常", "2026-10-11"),))) == []


def test_a_report_says_well_of_its_own_period() -> None:
    own = series(hours("2026-07-12", [55.0] * 3 + [30.0] * 20))
    said = found("permit_report", "2026-10-10", facts={"running": "正常"}, period="2026Q3")
    (one,) = run("CON-17", view(DAY, series=(own,), found=(said,)))
    assert one.words.startswith("污染防治设施载明运行情况“正常”，而排放口DW001化学需氧量2026-07-12超标3次")
    assert run("CON-17", view(DAY, series=(own,), found=(replace(said, period="2026Q2"),))) == []


def test_stop_marks_on_a_day_said_to_be_normal() -> None:
    own = series(hours("2026-10-12", [None] * 3 + [30.0] * 20, changes={n: {"mark": "stopped"} for n in range(3)}))
    (one,) = run("CON-17", view(DAY, series=(own,), found=(facility("运行正常"),)))
    assert "2026-10-12停运标记3次" in one.words


@pytest.mark.parametrize(("flow", "told"), [(6.0, True), (5.0, False), (0.0, False)])
def test_marked_as_stopped_while_it_flows(flow: float, told: bool) -> None:
    own = series(hours("2026-10-12", [None, 30.0, 30.0, 31.0], changes={0: {"mark": "stopped"}}))
    amounts = series(
        hours("2026-10-12", [flow, 100.0, 100.0, 100.0]),
        pollutant="瞬时流量",
        code="w00000",
        unit="m³/h",
        limit_high=None,
    )
    seen = run("CON-17", view(DAY, series=(own, amounts)))
    assert bool(seen) is told
    assert all("标记为停运，而该时段流量6 m³/h，为平时中位数100 m³/h的6%" in one.words for one in seen)
    beside = series([one._replace(flow=amounts.points[n].value) for n, one in enumerate(own.points)])
    assert bool(run("CON-17", view(DAY, series=(beside,)))) is told


@pytest.mark.parametrize(("manual", "told"), [(46.0, True), (45.0, False), (14.0, True), (15.0, False)])
def test_automatic_and_manual_results_of_one_day(manual: float, told: bool) -> None:
    auto = series(hours("2026-10-12", [30.0] * 24))
    own = series([point("2026-10-12", manual)], averaging="manual")
    seen = run("CON-20", view(DAY, series=(auto, own)))
    assert bool(seen) is told
    if manual == 46.0:
        assert seen[0].words == (
            "排放口DW001化学需氧量2026-10-12手工监测46 mg/L，当日自动监测均值30 mg/L，相差16，为限值50的32%"
        )
    station = series(auto.points, outlet="总排口（1#在线监测站房）", outlet_name=None)
    assert bool(run("CON-20", view(DAY, series=(station, own)))) is told
    elsewhere = series([point("2026-10-12", manual)], averaging="manual", outlet="DW002", outlet_name="北")
    assert run("CON-20", view(DAY, series=(auto, elsewhere))) == []
    assert run("CON-20", view(DAY, series=(auto, series([point("2026-10-13", manual)], averaging="manual")))) == []


def test_values_without_a_unit_and_limits_without_a_standard() -> None:
    own = series(hours("2026-10-12", [30.0] * 3), unit=None, rows=(Rows("2026Q4", 3, 0, 3),))
    (one,) = run("INC-04", view(DAY, series=(own,)))
    assert one.words == "排放口DW001化学需氧量2026Q4有3个监测值未标明单位" and one.severity == "S1"
    bare = found("emission", "2026-05-01", facts={"pollutant": "氨氮", "limit": 15.0}, outlet="DW001")
    named = found(
        "emission",
        "2026-05-01",
        facts={"pollutant": "氨氮", "limit": 15.0, "standard": "GB 18918-2002"},
        outlet="DW002",
    )
    (limit,) = run("INC-04", view(DAY, series=(series(hours("2026-10-12", [30.0])),), found=(bare, named)))
    assert limit.words == "DW001、氨氮载有限值15，未载所执行的排放标准名称"
    of_outlet = found("emission", "2026-05-01", facts={"standard": "GB 18918-2002"}, outlet="DW001", key="outlet")
    assert run("INC-04", view(DAY, found=(bare, of_outlet))) == []


@pytest.mark.parametrize(("lacking", "told"), [(11, True), (10, False)])
def test_result_rows_without_limit_or_verdict(lacking: int, told: bool) -> None:
    first = series(hours("2026-10-12", [30.0] * 3), rows=(Rows("2026Q4", 60, lacking, 0),))
    second = series(hours("2026-10-12", [30.0] * 3), pollutant="氨氮", rows=(Rows("2026Q4", 40, 0, 0),))
    seen = run("INC-05", view(DAY, series=(first, second)))
    assert bool(seen) is told
    assert all("2026Q4的100行监测结果中，11行（11%）未载标准限值或达标情况" in one.words for one in seen)


def test_a_printed_limit_without_the_name_of_its_standard() -> None:
    limits = ((moment("2026-04-01"), None, 50.0),)
    bare = series([point("2026-05-01", 30.0)], limits=limits)
    (one,) = run("INC-04", view("2026-07-31", series=(bare,)))
    assert one.period == "2026Q2"
    assert one.words == "排放口DW001化学需氧量2026Q2的1个监测值载有限值50 mg/L，未载所执行的排放标准名称"
    named = series([point("2026-05-01", 3.0)], pollutant="氨氮", limits=limits, standard="GB 18918-2002")
    assert run("INC-04", view("2026-07-31", series=(bare, named))) == []
    plan = found("monitoring_plan", "2026-05-01", facts={"points": "废水排放口DW001", "standard": "GB 18918-2002"})
    assert run("INC-04", view("2026-07-31", series=(bare,), found=(plan,))) == []
    other = replace(plan, facts={**plan.facts, "points": "废水排放口DW002"})
    assert len(run("INC-04", view("2026-07-31", series=(bare,), found=(other,)))) == 1
    assert run("INC-04", view("2026-07-31", series=(series([point("2026-05-01", 30.0)]),))) == []
