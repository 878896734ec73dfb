"""CON-07 … CON-11: values that do not move, repeat, keep to the limit or slip by a thousand."""

from __future__ import annotations

import math
from datetime import date

import pytest

from indexer.gaps.checks.dayprint import day_print
from indexer.gaps.checks.view import Shared
from tests.indexer.gaps.checks.views import found, gas, hours, point, run, series, view

DAY = "2026-11-20"


def lively(count: int, base: float = 30.0, digits: int = 2) -> list[float]:
    """Values that move as those of a plant do, no two days alike."""
    return [round(base + 5 * math.sin(n / 3.7) + 2 * math.sin(n * n % 97), digits) for n in range(count)]


def flat(count: int, level: float = 30.0, **more: object) -> object:
    return series(hours("2026-10-12", [*lively(20), *[level] * count, *lively(20, 40.0)], **more))  # type: ignore[arg-type]


def test_a_day_of_one_value_is_a_lead_and_a_week_a_grave_one() -> None:
    (one,) = run("CON-07", view(DAY, series=(flat(24),)))
    assert one.severity == "S3" and one.period == "2026-10"
    assert (
        one.words
        == "排放口DW001化学需氧量自2026-10-12 20:00至2026-10-13 19:00连续24个小时值在30～30 mg/L之间，极差0，持续1.0日"
    )
    (week,) = run("CON-07", view(DAY, series=(flat(168),)))
    assert week.severity == "S4"
    assert run("CON-07", view(DAY, series=(flat(23),))) == []


@pytest.mark.parametrize(("step", "averaging", "need"), [(2, "2h", 12), (24, "1d", 5)])
def test_runs_of_two_hours_and_of_days(step: int, averaging: str, need: int) -> None:
    for count in (need - 1, need):
        values = [*lively(20), *[30.0] * count, *lively(20, 40.0)]
        own = series(hours("2026-10-01", values, step), averaging=averaging)
        assert len(run("CON-07", view(DAY, series=(own,)))) == (count == need)


def test_within_the_last_digit_is_flat_and_beyond_it_is_not() -> None:
    steps = [30.0 + (n % 2) * 0.1 for n in range(24)]
    texts = {n: {"text": f"{value:.1f}"} for n, value in enumerate(steps)}
    assert len(run("CON-07", view(DAY, series=(series(hours("2026-10-12", steps, changes=texts)),)))) == 1
    apart = [3.0 + (n % 3) * 0.1 for n in range(24)]
    texts = {n: {"text": f"{value:.1f}"} for n, value in enumerate(apart)}
    assert run("CON-07", view(DAY, series=(series(hours("2026-10-12", apart, changes=texts)),))) == []


def test_marked_hours_gaps_and_values_below_detection_end_a_run() -> None:
    values = [30.0] * 40
    for change in ({"mark": "stopped"}, {"value": None, "dl": 4.0}, {"value": 4.0, "dl": 4.0}):
        points = [one._replace(**change) if n == 20 else one for n, one in enumerate(hours("2026-10-12", values))]
        assert run("CON-07", view(DAY, series=(series(points),))) == []
    hole = [one for n, one in enumerate(hours("2026-10-12", values)) if n != 20]
    assert run("CON-07", view(DAY, series=(series(hole),))) == []
    assert run("CON-07", view(DAY, series=(series(hours("2026-10-12", [7.0] * 40), pollutant="pH"),))) == []


def test_sessions_that_are_equal_to_two_decimals() -> None:
    def sessions(*texts: str) -> object:
        points = [point(f"2026-0{n + 1}-10", float(text), text=text) for n, text in enumerate(texts)]
        return series(points, averaging="manual")

    (one,) = run("CON-07", view(DAY, series=(sessions("0.43", "0.43", "0.43"),)))
    assert "连续3次监测结果均为0.43 mg/L" in one.words
    for texts in (("0.43", "0.43", "0.44"), ("0.4", "0.4", "0.4"), ("0.43", "0.43"), ("0.43", "0.430", "0.43")):
        assert run("CON-07", view(DAY, series=(sessions(*texts),))) == []
    assert len(run("CON-07", view(DAY, series=(sessions("3.20", "3.20", "3.20"),)))) == 1


def test_a_week_that_hardly_moves() -> None:
    calm = [30.0 + 0.4 * math.sin(n) for n in range(168)]
    (one,) = run("CON-08", view(DAY, series=(series(hours("2026-10-12", calm)),)))
    assert "变异系数0.94%，低于1%" in one.words and one.severity == "S2"
    livelier = [30.0 + 0.45 * math.sin(n) for n in range(168)]
    assert run("CON-08", view(DAY, series=(series(hours("2026-10-12", livelier)),))) == []
    thin = [one for n, one in enumerate(hours("2026-10-12", calm)) if n % 5 not in (0, 1)]
    assert run("CON-08", view(DAY, series=(series(thin),))) == []


def copied(equal: int) -> list[float]:
    """Three days, the third with so many values of the first."""
    values = lively(72)
    return [*values[:48], *values[:equal], *[value + 11 for value in values[equal:24]]]


def test_a_day_that_repeats_another() -> None:
    (one,) = run("CON-09", view(DAY, series=(series(hours("2026-10-12", copied(20))),)))
    assert one.words == "排放口DW001化学需氧量2026-10-14的24个值中有20个与2026-10-12同时段的值相同"
    assert run("CON-09", view(DAY, series=(series(hours("2026-10-12", copied(19))),))) == []
    assert run("CON-09", view(DAY, series=(flat(96),))) == []


def test_another_outlet_on_the_same_day_but_not_the_same_outlet_of_another_source() -> None:
    first = series(hours("2026-10-12", lively(24)))
    other = series(hours("2026-10-12", lively(24)), outlet="DW002", outlet_name="北排口")
    (one,) = run("CON-09", view(DAY, series=(first, other)))
    assert "排放口DW001化学需氧量的2026-10-12" in one.words
    again = series(hours("2026-10-12", lively(24)), source="national")
    assert run("CON-09", view(DAY, series=(first, again))) == []


def test_a_day_that_another_enterprise_disclosed_too() -> None:
    own = series(hours("2026-10-12", lively(48)))
    print_ = day_print(own, date(2026, 10, 12))
    assert print_ is not None
    (one,) = run("CON-09", view(DAY, series=(own,), shared=Shared(days={print_: ("示例纸业",)})))
    assert one.words == "排放口DW001化学需氧量2026-10-12的24个值与示例纸业某日公开的全部相同"
    assert run("CON-09", view(DAY, series=(own,), shared=Shared(days={"0" * 16: ("示例纸业",)}))) == []


def test_the_print_of_a_day_is_of_its_values_alone() -> None:
    own = series(hours("2026-10-12", lively(24)))
    elsewhere = series(hours("2026-11-03", lively(24)), outlet="DW009", source="other")
    assert day_print(own, date(2026, 10, 12)) == day_print(elsewhere, date(2026, 11, 3)) is not None
    assert day_print(own, date(2026, 10, 13)) is None
    assert day_print(series(hours("2026-10-12", lively(19))), date(2026, 10, 12)) is None
    assert day_print(series(hours("2026-10-12", [30.0] * 24)), date(2026, 10, 12)) is None
    assert day_print(series(hours("2026-10-12", lively(24)), pollutant="氨氮"), date(2026, 10, 12)) != day_print(
        own, date(2026, 10, 12)
    )


def hugging(close: int, days: int = 30, top: float = 49.0) -> object:
    """Of ten values so many close below the limit of 50."""
    return series(hours("2026-10-01", [top if n % 10 < close else 30.0 for n in range(days * 24)]))


def test_a_month_close_below_the_limit() -> None:
    (one,) = run("CON-10", view(DAY, series=(hugging(6),)))
    assert "共720个值，其中432个（60%）在限值50 mg/L的95%至100%之间，无一超出" in one.words
    for shown in (hugging(5), hugging(6, days=29), hugging(6, top=47.4)):
        assert run("CON-10", view(DAY, series=(shown,))) == []
    over = hugging(6)
    points = [one._replace(value=50.1) if n == 300 else one for n, one in enumerate(over.points)]  # type: ignore[attr-defined]
    assert run("CON-10", view(DAY, series=(series(points),))) == []
    strict = found("permit", "2026-01-01", facts={"pollutant": "化学需氧量", "limit_conc": 80.0}, outlet="DW001")
    assert run("CON-10", view(DAY, series=(hugging(6),), found=(strict,))) == []


@pytest.mark.parametrize(
    ("factor", "told"), [(1000, True), (1080, True), (1120, False), (0.001, True), (100, False), (12, False)]
)
def test_a_slip_by_a_thousand(factor: float, told: bool) -> None:
    values = [30.0] * 30
    values[15] *= factor
    seen = run("CON-11", view(DAY, series=(gas(hours("2026-10-12", values)),)))
    assert bool(seen) is told
    assert all("疑为单位错误" in one.words and one.severity == "S2" for one in seen)


def test_a_whole_spell_in_the_wrong_unit_is_one_observation_a_month() -> None:
    values = [30.0 + math.sin(n) for n in range(60)]
    values[30:33] = [value * 1000 for value in values[30:33]]
    (one,) = run("CON-11", view(DAY, series=(series(hours("2026-10-12", values)),)))
    assert one.words.endswith("当月同类共3个值")
