"""CON-04, CON-05, CON-12, CON-19: loads against permits, against values and flows, against the year before; waste."""

from __future__ import annotations

from typing import Any

import pytest

from indexer.law.facts import Found, Series
from tests.indexer.gaps.checks.views import found, gas, hours, run, series, view

DAY = "2026-11-20"


def report(
    tonnes: float, quota: float | None = None, *, period: str = "2025", outlet: str | None = "DW001", **more: Any
) -> Found:
    facts = {
        "pollutant": "化学需氧量",
        "actual_load": tonnes,
        **({"limit_load": quota} if quota is not None else {}),
        **more,
    }
    return found(
        "annual_report", f"{int(period[:4]) + 1}-03-10", facts=facts, period=period, outlet=outlet, source="eid"
    )


def quarter(number: int, tonnes: float, outlet: str = "DW001", **more: Any) -> Found:
    facts = {"pollutant": "化学需氧量", "load": tonnes, **more}
    return found(
        "permit_report",
        f"2026-{3 * number + 1:02d}-10",
        facts=facts,
        period=f"2026Q{number}",
        outlet=outlet,
        source="mee",
    )


def permit(tonnes: float, outlet: str | None = "DW001") -> Found:
    return found("permit", "2026-01-01", facts={"pollutant": "化学需氧量", "limit_load": tonnes}, outlet=outlet,
                 source="mee", channel="permit_platform")  # fmt: skip


@pytest.mark.parametrize(("tonnes", "severity"), [(10.1, "S4"), (10.0, "S1"), (9.5, "S1"), (9.49, None)])
def test_a_load_against_the_quota_of_its_row(tonnes: float, severity: str | None) -> None:
    seen = run("CON-04", view(DAY, found=(report(tonnes, 10.0),)))
    assert [one.severity for one in seen] == ([severity] if severity else [])
    if severity == "S4":
        assert seen[0].words == "排放口DW001化学需氧量2025年度排放量10.1 t，所载许可量10 t，超出0.1 t"


def test_quarters_add_up_to_more_than_the_permit_allows() -> None:
    quarters = tuple(quarter(n, 3.4) for n in (1, 2, 3))
    (one,) = run("CON-04", view(DAY, found=(*quarters, permit(10.0))))
    assert (
        one.words == "化学需氧量2026年度排放量10.2 t（3.4＋3.4＋3.4），许可年排放量10 t，超出0.2 t"
        and one.severity == "S4"
    )
    assert run("CON-04", view(DAY, found=(*quarters, permit(11.0)))) == []
    assert run("CON-04", view(DAY, found=(*quarters, permit(5.0, "DW002")))) == []
    assert run("CON-04", view(DAY, found=(*quarters, quarter(2, 3.4, "DW002"), permit(10.0)))) == []
    assert len(run("CON-04", view(DAY, found=(*quarters, permit(10.0, None))))) == 1


def test_the_own_statement_of_discharges() -> None:
    own = found("emission", "2026-05-01", facts={"pollutant": "氨氮", "total": 1.2, "quota": 1.0}, outlet="DW001")
    (one,) = run("CON-04", view(DAY, found=(own,)))
    assert one.words == "排放口DW001氨氮排放量1.2 t，所载许可量1 t，超出0.2 t"
    several = found("emission", "2026-05-01", facts={"pollutant": "化学需氧量、氨氮", "total": 1.2, "quota": 1.0})
    assert run("CON-04", view(DAY, found=(several,))) == []


def flowing(flow: float, **more: Any) -> tuple[Series, Series]:
    """A quarter of 30 mg/L with a flow of its own: 30 mg/L · 100 m³/h · 2184 h = 6.552 t."""
    count = 92 * 24
    values = series(hours("2026-07-01", [30.0] * count, **more))
    amount = series(
        hours("2026-07-01", [flow] * count), pollutant="瞬时流量", code="w00000", unit="m³/h", limit_high=None
    )
    return values, amount


@pytest.mark.parametrize(
    ("stated", "severity"), [(6.624, None), (5.4, None), (5.2, "S2"), (3.4, "S2"), (3.2, "S3"), (14.0, "S3")]
)
def test_concentration_times_flow_against_the_stated_load(stated: float, severity: str | None) -> None:
    seen = run("CON-05", view(DAY, series=flowing(100.0), found=(quarter(3, stated),)))
    assert [one.severity for one in seen] == ([severity] if severity else [])
    if stated == 5.2:
        assert seen[0].words == (
            "排放口DW001化学需氧量2026Q3按2208个时段（应有2208个）的浓度×流量计得6.624 t，报告载排放量5.2 t，相差21%"
        )


def test_too_few_values_or_no_flow_give_no_sum() -> None:
    values, amount = flowing(100.0)
    thin = series([one for n, one in enumerate(values.points) if n % 8])
    assert run("CON-05", view(DAY, series=(thin, amount), found=(quarter(3, 3.0),))) == []
    assert run("CON-05", view(DAY, series=(values,), found=(quarter(3, 3.0),))) == []
    assert run("CON-05", view("2026-09-20", series=(values, amount), found=(quarter(3, 3.0),))) == []
    litres = series(
        hours("2026-07-01", [100 / 3.6] * len(values.points)), pollutant="瞬时流量", code="w00000", unit="L/s"
    )
    assert run("CON-05", view(DAY, series=(values, litres), found=(quarter(3, 6.6),))) == []


def test_below_detection_counts_half_and_gas_is_summed_as_measured() -> None:
    low = [one._replace(value=None, dl=4.0) for one in flowing(100.0)[0].points]
    seen = run("CON-05", view(DAY, series=(series(low), flowing(100.0)[1]), found=(quarter(3, 1.0),)))
    assert "计得0.4416 t" in seen[0].words
    burnt = gas(hours("2026-07-01", [40.0] * 2208, measured=20.0, flow=10_000.0))
    facts = {"pollutant": "二氧化硫", "load": 0.88}
    stated = found("permit_report", "2026-10-10", facts={**facts, "load": 0.2}, period="2026Q3", outlet="DA001")
    (one,) = run("CON-05", view(DAY, series=(burnt,), found=(stated,)))
    assert "计得0.4416 t" in one.words


def years(before: float, now: float, output: tuple[float | None, float | None]) -> tuple[Found, Found]:
    rows = [
        report(tonnes, period=period, **({"production": made} if made is not None else {}))
        for tonnes, period, made in ((before, "2024", output[0]), (now, "2025", output[1]))
    ]
    return rows[0], rows[1]


@pytest.mark.parametrize(("now", "output", "told"), [
    (51.0, (100, 110), True), (50.0, (100, 110), False), (1.9, (100, 90), True), (2.0, (100, 90), False),
    (51.0, (100, 200), False), (51.0, (100, 199), True), (51.0, (None, 100), False), (51.0, (100, None), False),
])  # fmt: skip
def test_a_leap_of_the_load_without_one_of_production(now: float, output: Any, told: bool) -> None:
    seen = run("CON-12", view(DAY, found=years(10.0, now, output)))
    assert bool(seen) is told
    if now == 51.0 and output == (100, 110):
        assert seen[0].words == (
            "排放口DW001化学需氧量排放量2024年10 t，2025年51 t，为上年的5.1倍，而产量100→110，变化1.10倍"
        )


def waste(**amounts: float) -> Found:
    return found("annual_report", "2026-03-10", facts={"waste": "废矿物油", **amounts}, period="2025", source="eid")


@pytest.mark.parametrize(("amounts", "told"), [
    ({"produced": 10.0, "stock_in": 2.0, "used": 1.0, "disposed": 8.0, "stored": 1.0}, True),
    ({"produced": 10.0, "stock_in": 2.0, "used": 1.0, "disposed": 8.0, "transferred": 2.0, "stored": 1.0}, False),
    ({"produced": 10.0, "stock_in": 2.0, "used": 1.0, "disposed": 8.0, "stored": 2.4}, False),
    ({"produced": 10.0, "used": 1.0, "disposed": 12.0, "stored": 0.0}, False),
    ({"produced": 10.0, "used": 1.0, "disposed": 5.0, "stored": 0.0}, True),
    ({"produced": 10.0, "disposed": 5.0}, False),
    ({"produced": 10.0, "stored": 5.0}, False),
])  # fmt: skip
def test_waste_that_does_not_balance(amounts: dict[str, float], told: bool) -> None:
    seen = run("CON-19", view(DAY, found=(waste(**amounts),)))
    assert bool(seen) is told
    if amounts.get("stored") == 1.0 and told:
        assert seen[0].words == "2025废矿物油：产生10＋期初贮存2＝12 t，利用1＋处置8＋期末贮存1＝10 t，相差2 t（17%）"
