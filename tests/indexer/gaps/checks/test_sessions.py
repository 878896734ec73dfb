"""MIS-04, MIS-05, LAT-05: manual sessions against the plan, permitted outlets that nobody measures, lumps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from indexer.gaps.checks.frequency import Frequency, demanded, parse
from indexer.law.facts import Found, Series
from tests.indexer.gaps.checks.views import found, hours, look, looks, point, run, series, view

DAY = "2026-07-31"
WEEKLY = tuple(look(one.day) for n, one in enumerate(looks("2026-01-05", 208)) if n % 7 == 0)


def sessions(*days: str, **more: Any) -> Series:
    said = {"averaging": "manual", **more}
    return series([point(day, 30.0 + n, first_seen="2026-07-06") for n, day in enumerate(days)], **said)


def plan(text: str, **more: Any) -> Found:
    facts = {"points": "DW001", "indicators": "化学需氧量", "frequency": text}
    return found("monitoring_plan", "2026-01-01", facts={**facts, **more})


@pytest.mark.parametrize(("text", "frequency"), [
    ("1次/季", Frequency(1, "quarter")), ("每月一次", Frequency(1, "month")), ("1次/半年", Frequency(1, "half")),
    ("2次/年", Frequency(2, "year")), ("每季度1次", Frequency(1, "quarter")), ("半年1次", Frequency(1, "half")),
    ("1次/日", Frequency(1, "day")), ("1次/1月", Frequency(1, "month")), ("1次/周", Frequency(1, "week")),
    ("季", Frequency(1, "quarter")), ("半年度", Frequency(1, "half")), ("次／年", Frequency(1, "year")),
    ("每月", Frequency(1, "month")), ("季/次", Frequency(1, "quarter")), ("1年2次", Frequency(2, "year")),
    ("6个月", Frequency(1, "half")), ("1次半年", Frequency(1, "half")), ("4次／天", Frequency(4, "day")),
    ("自动监测", None), ("连续监测", None), ("按需", None), ("1次/2年", None), ("小时", None), ("其他", None),
    ("1次/3小时", None), ("下雨时", None), ("两季", None), ("2季", None), ("1", None), ("日／月", None),
])  # fmt: skip
def test_frequencies_as_printed(text: str, frequency: Frequency | None) -> None:
    assert parse(text) == frequency


def test_days_and_weeks_are_added_up() -> None:
    assert demanded(Frequency(1, "day"), date(2026, 2, 1), date(2026, 2, 28)) == 28
    assert demanded(Frequency(2, "week"), date(2026, 3, 1), date(2026, 3, 31)) == 8


def test_fewer_sessions_than_the_plan_demands() -> None:
    own = sessions("2026-01-10", "2026-03-10", "2026-04-10", "2026-05-10", "2026-06-10")
    (one,) = run("MIS-04", view(DAY, series=(own,), looks=WEEKLY, found=(plan("1次/月"),)))
    assert (one.period, one.severity) == ("2026-02", "S3")
    assert one.words.startswith("排放口DW001化学需氧量监测频次“1次/月”，2026-02应有1次手工监测结果，在已查渠道未见")
    whole = sessions("2026-01-10", "2026-02-28", "2026-03-10", "2026-04-10", "2026-05-10", "2026-06-10")
    assert run("MIS-04", view(DAY, series=(whole,), looks=WEEKLY, found=(plan("1次/月"),))) == []


def test_some_sessions_of_several() -> None:
    own = sessions("2026-01-10", "2026-02-11", "2026-04-10", "2026-05-10")
    seen = run("MIS-04", view(DAY, series=(own,), looks=WEEKLY, found=(plan("3次/季"),)))
    assert [(one.period, one.severity) for one in seen] == [("2026Q1", "S2"), ("2026Q2", "S2")]
    assert run("MIS-04", view(DAY, series=(own,), looks=WEEKLY, found=(plan("2次/季"),))) == []


def test_periods_that_no_look_covered_are_not_judged() -> None:
    own = sessions("2026-01-10", "2026-03-10", "2026-04-10", "2026-05-10", "2026-06-10")
    early = tuple(one for one in WEEKLY if one.day < date(2026, 3, 8))
    assert run("MIS-04", view(DAY, series=(own,), looks=early, found=(plan("1次/月"),))) == []
    other = (*WEEKLY, look("2026-02-01", "failed", source="second"))
    assert run("MIS-04", view(DAY, series=(own,), looks=other, found=(plan("1次/月"),))) == []


def test_stops_and_automatic_monitoring_owe_no_sessions() -> None:
    own = sessions("2026-01-10", "2026-03-10", "2026-04-10", "2026-05-10", "2026-06-10")
    stop = found(
        "monitoring", "2026-02-20", facts={"reason": "停产", "stop_from": "2026-02-10", "stop_to": "2026-02-20"}
    )
    assert run("MIS-04", view(DAY, series=(own,), looks=WEEKLY, found=(plan("1次/月"), stop))) == []
    assert run("MIS-04", view(DAY, series=(own,), looks=WEEKLY, found=(plan("1次/月", monitoring_mode="自动"),))) == []


def permit(pollutant: str, outlet: str = "DW001", **more: Any) -> Found:
    return found("permit", "2026-01-01", facts={"pollutant": pollutant, "limit_conc": 15.0, **more}, outlet=outlet,
                 source="mee", channel="permit_platform", key=f"{outlet}{pollutant}")  # fmt: skip


def test_a_pollutant_of_the_permit_that_nothing_shows() -> None:
    own = sessions("2026-01-10", "2026-04-10", "2026-06-30")
    shown = (permit("化学需氧量"), permit("氨氮"))
    seen = run("MIS-05", view(DAY, series=(own,), looks=WEEKLY, found=shown))
    assert [(one.period, one.about) for one in seen] == [("2026Q1", "DW001|氨氮"), ("2026Q2", "DW001|氨氮")]
    assert "排污许可载明的排放口DW001氨氮，2026Q1的监测结果和报告中均未见" in seen[0].words


def test_one_that_a_report_shows_or_that_is_owed_once_a_year_is_not_missing() -> None:
    own = sessions("2026-01-10", "2026-04-10", "2026-06-30")
    report = found(
        "permit_report", "2026-07-10", facts={"pollutant": "氨氮", "load": 1.0}, period="2026Q2", outlet="DW001"
    )
    (one,) = run("MIS-05", view(DAY, series=(own,), looks=WEEKLY, found=(permit("化学需氧量"), permit("氨氮"), report)))
    assert one.period == "2026Q1"
    prose = found("annual_report", "2026-04-10", period="2026", text="本年度氨氮排放达标。")
    assert (
        run("MIS-05", view(DAY, series=(own,), looks=WEEKLY, found=(permit("化学需氧量"), permit("氨氮"), prose))) == []
    )
    yearly = permit("氨氮", frequency="1次/年")
    assert run("MIS-05", view(DAY, series=(own,), looks=WEEKLY, found=(permit("化学需氧量"), yearly))) == []
    stated = replace(permit("氨氮"), kind="emission", channel="city_bureau")
    assert run("MIS-05", view(DAY, series=(own,), looks=WEEKLY, found=(permit("化学需氧量"), stated))) == []
    assert run("MIS-05", view(DAY, series=(own,), looks=WEEKLY[:3], found=(permit("氨氮"),))) == []


def test_a_pollutant_that_the_permit_names_without_an_outlet() -> None:
    own = sessions("2026-01-10", "2026-04-10", "2026-06-30")
    listed = found("permit", "2026-01-01", facts={"pollutant": "化学需氧量、氨氮"}, channel="permit_platform")
    seen = run("MIS-05", view(DAY, series=(own,), looks=WEEKLY, found=(listed,)))
    assert [(one.period, one.about) for one in seen] == [("2026Q1", "|氨氮"), ("2026Q2", "|氨氮")]


def test_an_outlet_measured_under_a_name_of_its_own_is_not_called_missing() -> None:
    other = sessions("2026-01-10", "2026-04-10", outlet="废水总排口", outlet_name="废水总排口")
    assert run("MIS-05", view(DAY, series=(other,), looks=WEEKLY, found=(permit("化学需氧量"),))) == []
    assert run("MIS-04", view(DAY, series=(other,), looks=WEEKLY, found=(plan("1次/月"),))) == []


def lump(count: int, others: int = 0, first: str = "2026-01-05") -> Series:
    """Results from ``first`` on every ten days, all seen on one day; others seen on the days after their sessions."""
    start = date.fromisoformat(first).toordinal()
    late = [point(date.fromordinal(start + 10 * n), 30.0 + n, first_seen="2026-04-06") for n in range(count)]
    soon = [
        point(date.fromordinal(start + 10 * n + 3), 20.0 + n, first_seen=date.fromordinal(start + 10 * n + 7))
        for n in range(others)
    ]
    old = [point("2025-10-08", 20.0, first_seen="2026-01-05")]
    return series([*late, *soon, *old], averaging="manual")


def test_most_of_a_quarters_results_on_one_day() -> None:
    (one,) = run("LAT-05", view(DAY, series=(lump(6, 3),), looks=WEEKLY))
    assert (one.period, one.severity) == ("2026Q1", "S1")
    assert "2026Q1的手工监测结果9个，其中6个（67%）首次见于2026-04-06一日" in one.words
    assert run("LAT-05", view(DAY, series=(lump(5, 5),), looks=WEEKLY)) == []
    assert run("LAT-05", view(DAY, series=(lump(3),), looks=WEEKLY)) == []


def test_a_quarter_that_goes_on_has_no_lump_yet() -> None:
    lump = {f"2026-0{month}-{day}": "2026-03-30" for month in (1, 2) for day in ("05", "12", "19", "26")}
    own = (stated(lump, "2026-03-31"),)
    assert run("LAT-05", view("2026-03-31", series=own, looks=(look("2026-03-31"),))) == []
    assert len(run("LAT-05", view("2026-04-01", series=own, looks=(look("2026-03-31"),)))) == 1
    month = {f"2026-03-{day:02}": "2026-03-30" for day in (3, 9, 16, 25)}
    own = (stated(month, "2026-03-31"),)
    assert run("LAT-05", view("2026-04-01", series=own, looks=(look("2026-03-31"),))) == []


def test_a_lump_of_our_own_making_is_none() -> None:
    gap = tuple(one for one in WEEKLY if not date(2026, 1, 6) <= one.day < date(2026, 4, 6))
    assert run("LAT-05", view(DAY, series=(lump(6),), looks=gap)) == []


def stated(said: dict[str, str], seen: str = "2026-07-06", **more: Any) -> Series:
    """Results by session day → the day that the site states, all captured at once."""
    points = [
        point(day, 30.0 + n, first_seen=seen, stated=datetime.fromisoformat(shown))
        for n, (day, shown) in enumerate(said.items())
    ]
    return series(points, averaging="manual", **more)


def test_results_that_the_site_says_it_published_on_one_day() -> None:
    lump = {f"2026-0{month}-{day}": "2026-03-30" for month in (1, 2) for day in ("05", "12", "19", "26")}
    soon = {day: f"{day}T17:30" for day in ("2026-03-02", "2026-03-05", "2026-03-09", "2026-03-12", "2026-03-16")}
    (one,) = run("LAT-05", view(DAY, series=(stated(lump | soon),), looks=(look("2026-07-06"),)))
    assert one.words == (
        "2026Q1的手工监测结果13个，其中8个（62%）所载发布日均为2026-03-30，其监测日为2026-01-05至2026-02-26"
    )
    assert one.since == date(2026, 7, 6) and not one.visits
    half = dict(list(lump.items())[:5]) | soon
    assert run("LAT-05", view(DAY, series=(stated(half),), looks=(look("2026-07-06"),))) == []


def test_a_stated_day_that_a_look_contradicts_or_that_lies_behind_the_capture_counts_for_nothing() -> None:
    lump = {f"2026-0{month}-{day}": "2026-03-30" for month in (1, 2) for day in ("05", "12", "19", "26")}
    # Seen on 6 July only, although looked for in April: they appeared in July, which looks prove.
    (one,) = run("LAT-05", view(DAY, series=(stated(lump),), looks=(look("2026-04-20"), look("2026-07-06"))))
    assert "首次见于2026-07-06一日" in one.words
    late = dict.fromkeys(lump, "2026-07-07")
    assert run("LAT-05", view(DAY, series=(stated(late),), looks=(look("2026-07-06"),))) == []


def test_a_dated_plan_or_permit_binds_from_its_own_day() -> None:
    """Both are first seen in July with all results; what they state of themselves tells since when they hold."""
    own = sessions("2025-12-20", "2026-01-10", "2026-02-10", "2026-04-10", "2026-05-10", "2026-06-10")
    once = (look("2026-07-06"), look("2026-07-20"))
    undated = replace(plan("1次/月"), first_seen=date(2026, 7, 6))
    assert run("MIS-04", view(DAY, series=(own,), looks=once, found=(undated,))) == []
    dated = replace(undated, published=date(2025, 12, 28))
    (one,) = run("MIS-04", view(DAY, series=(own,), looks=once, found=(dated,)))
    assert (one.period, one.severity) == ("2026-03", "S3")
    silent = (look("2026-07-20", "absent", source="second"), *once)
    assert len(run("MIS-04", view(DAY, series=(own,), looks=silent, found=(dated,)))) == 1
    early = (look("2026-03-20", "absent", source="second"), *once)
    assert run("MIS-04", view(DAY, series=(own,), looks=early, found=(dated,))) == []

    terms = {"issued": "2026-01-01", "valid": {"from": "2026-01-01", "to": "2030-12-31"}}
    row = replace(permit("氨氮", **terms), first_seen=date(2026, 7, 6))
    known = replace(permit("化学需氧量", **terms), first_seen=date(2026, 7, 6))
    seen = run("MIS-05", view(DAY, series=(own,), looks=once, found=(row, known)))
    assert [one.period for one in seen] == ["2026Q1", "2026Q2"]
    # Another outlet's automatic values, which the page shows for a day: they would show those of this one as well.
    hourly = series(hours("2026-07-05", [30.0] * 24, first_seen="2026-07-06"), outlet="DW009", outlet_name="二号口")
    assert run("MIS-05", view(DAY, series=(own, hourly), looks=once, found=(row, known))) == seen
    changed = replace(row, facts={**row.facts, "issued": "2026-02-01"})
    assert [one.period for one in run("MIS-05", view(DAY, series=(own,), looks=once, found=(changed, known)))] == [
        "2026Q2"
    ]


def test_an_outlet_with_a_code_is_not_another_one_with_a_code() -> None:
    own = sessions("2026-01-10", "2026-04-10", "2026-06-30", outlet="DW007", outlet_name="废水排放口DW007")
    seen = run("MIS-05", view(DAY, series=(own,), looks=WEEKLY, found=(permit("化学需氧量"),)))
    assert [one.period for one in seen] == ["2026Q1", "2026Q2"]
    named = plan("1次/月", points="废水排放口DW007")
    assert run("MIS-04", view(DAY, series=(own,), looks=WEEKLY, found=(named,)))[0].period == "2026-02"
