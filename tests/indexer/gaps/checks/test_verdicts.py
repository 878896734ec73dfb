"""CON-01, CON-02, CON-03: verdicts, times over the limit and printed limits against the values and the permit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.indexer.gaps.checks.views import found, gas, hours, point, run, series, view

DAY = "2026-10-20"
WHEN = "2026-10-12T03:00"


def permit(limit: float, **more: object) -> object:
    facts = {"pollutant": "化学需氧量", "limit_conc": limit, "unit": "mg/L", **more}
    return found("permit", "2026-01-05", facts=facts, outlet="DW001", source="mee", channel="permit_platform")


def told(name: str, *points: object, **more: object) -> list[str]:
    shown = view(DAY, series=(series(points, **more),), found=more.pop("found", ()))  # type: ignore[arg-type]
    return [one.words for one in run(name, shown)]


def test_a_value_over_the_limit_that_is_called_within_it_says_so_in_plain_words() -> None:
    shown = view(
        DAY, series=(series([point(WHEN, 55.0, verdict="ok"), point("2026-10-12T04:00", 49.0, verdict="ok")]),)
    )
    (one,) = run("CON-01", shown)
    assert one.words == "排放口DW001化学需氧量2026-10-12 03:00小时值55 mg/L，限值50 mg/L，超出0.10倍，而标注为达标"
    assert (one.severity, one.period, one.since.isoformat()) == ("S4", "2026-10", "2026-10-13")
    assert one.captures


@pytest.mark.parametrize("changes", [
    {"value": 50.0}, {"verdict": "over"}, {"verdict": None}, {"mark": "maintenance"}, {"mark": "starting"},
    {"value": None, "dl": 60.0},
])  # fmt: skip
def test_on_the_lawful_side_nothing_is_said(changes: dict[str, object]) -> None:
    said = {"value": 55.0, "verdict": "ok", **changes}
    assert told("CON-01", point(WHEN, said.pop("value"), **said)) == []  # type: ignore[arg-type]


def test_hour_values_are_not_held_against_a_standard_of_daily_means() -> None:
    over = point(WHEN, 55.0, verdict="ok")
    assert told("CON-01", over, standard="GB 18918-2002 一级A") == []
    assert told("CON-01", over, standard="GB 18918-2002 一级A", averaging="1d") != []
    assert told("CON-01", over, standard="DB31/199-2018") != []


def test_ph_has_two_limits() -> None:
    acid = {"pollutant": "pH", "unit": "无量纲", "limit_low": 6.0, "limit_high": 9.0}
    assert told("CON-01", point(WHEN, 5.9, verdict="ok"), **acid) == [
        "排放口DW001pH2026-10-12 03:00小时值5.9，限值下限6，低于下限，而标注为达标"
    ]
    assert told("CON-01", point(WHEN, 6.0, verdict="ok"), point("2026-10-12T04:00", 9.0, verdict="ok"), **acid) == []


def test_the_permit_outranks_what_is_printed() -> None:
    over = series([point(WHEN, 45.0, verdict="ok")])
    (one,) = run("CON-01", view(DAY, series=(over,), found=(permit(40.0),)))
    assert "许可限值40 mg/L" in one.words
    assert run("CON-01", view(DAY, series=(series([point(WHEN, 55.0, verdict="ok")]),), found=(permit(60.0),))) == []


def test_the_named_standard_outranks_a_looser_print() -> None:
    over = series([point(WHEN, 70.0, verdict="ok")], standard="GB18918-2002 一级A", averaging="1d", limit_high=100.0)
    (one,) = run("CON-01", view(DAY, series=(over,)))
    assert "GB 18918限值50 mg/L" in one.words


def test_gas_is_judged_by_its_converted_value() -> None:
    converted, raw = point(WHEN, 36.0, verdict="ok"), point(WHEN, 36.0, verdict="ok", converted=False)
    assert len(run("CON-01", view(DAY, series=(gas([converted]),)))) == 1
    assert run("CON-01", view(DAY, series=(gas([raw]),))) == []


def test_many_of_one_month_are_one_observation_with_the_worst_of_them() -> None:
    (one,) = run("CON-01", view(DAY, series=(series(hours("2026-10-12", [51.0, 58.0, 52.0], verdict="ok")),)))
    assert "58 mg/L" in one.words and one.words.endswith("当月同类共3个值")


def test_within_the_limit_but_called_over_it() -> None:
    assert told("CON-02", point(WHEN, 50.0, verdict="over")) == [
        "排放口DW001化学需氧量2026-10-12 03:00小时值50 mg/L，限值50 mg/L，未超出，而标注为超标"
    ]
    assert told("CON-02", point(WHEN, 50.1, verdict="over")) == []
    stricter = view(DAY, series=(series([point(WHEN, 45.0, verdict="over")]),), found=(permit(40.0),))
    assert run("CON-02", stricter) == []


@pytest.mark.parametrize(("times", "wrong"), [(0.1, False), (0.15, False), (0.16, True), (1.1, True), (0.0, True)])
def test_times_over_the_limit(times: float, wrong: bool) -> None:
    assert bool(told("CON-02", point(WHEN, 55.0, verdict="over", times=times))) is wrong
    assert told("CON-02", point(WHEN, 40.0, verdict="ok", times=0.0)) == []
    assert told("CON-02", point(WHEN, 40.0, verdict="ok", times=-0.2)) == []


def test_a_printed_limit_that_is_not_the_permits() -> None:
    own = series([point(WHEN, 45.0)])
    (looser,) = run("CON-03", view(DAY, series=(own,), found=(permit(40.0),)))
    assert looser.words == "排放口DW001化学需氧量自2026-10-12起所载限值50 mg/L，排污许可证为40 mg/L，宽于许可"
    assert (looser.severity, run("CON-03", view(DAY, series=(own,), found=(permit(60.0),)))[0].severity) == ("S3", "S2")
    assert run("CON-03", view(DAY, series=(own,), found=(permit(50.0),))) == []
    assert (
        run("CON-03", view(DAY, series=(own,), found=(permit(40.0, valid={"from": None, "to": "2026-10-11"}),))) == []
    )
    other = found("permit", "2026-01-05", facts={"pollutant": "化学需氧量", "limit_conc": 40.0}, outlet="DW002")
    assert run("CON-03", view(DAY, series=(own,), found=(other,))) == []
    micro = permit(40_000.0, unit="ug/L")
    assert "40 mg/L" in run("CON-03", view(DAY, series=(own,), found=(micro,)))[0].words


def test_a_limit_that_changes_is_judged_from_the_day_of_the_change() -> None:
    limits = tuple(
        (one.time, None, 50.0 if n < 2 else 60.0) for n, one in enumerate(hours("2026-10-12", [1.0] * 3)) if n != 1
    )
    own = series(hours("2026-10-12", [30.0, 31.0, 32.0]), limits=limits, limit_high=60.0)
    (one,) = run("CON-03", view(DAY, series=(own,), found=(permit(50.0),)))
    assert "60 mg/L" in one.words and one.severity == "S3"


def test_a_permitted_limit_is_compared_in_the_unit_that_is_printed_behind_it() -> None:
    row = permit(0.5, unit="ug/L")
    told_unit = replace(row, fields={"许可排放浓度限值": "0.5mg/L"})  # type: ignore[type-var]
    own = series([point(WHEN, 324.7, verdict="ok")], unit="ug/L", limit_high=None)
    assert run("CON-01", view(DAY, series=(own,), found=(told_unit,))) == []
    (one,) = run("CON-01", view(DAY, series=(own,), found=(row,)))
    assert "许可限值0.5 ug/L" in one.words
    over = series([point(WHEN, 524.7, verdict="ok")], unit="ug/L", limit_high=None)
    (one,) = run("CON-01", view(DAY, series=(over,), found=(told_unit,)))
    assert "524.7 ug/L，许可限值500 ug/L" in one.words
