"""Yearly and quarterly sums: quotas, loads from C·Q, years and reports that differ, waste (CON-04, 05, 12, 15, 19)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from ..cast import seats
from ..model import Cases, Firm
from ..script import LATER, Season
from . import series
from .values import Told, permit

_POOL = "loads"


def plant(cases: Cases) -> None:
    """Every rule about sums, each about a pollutant of its own."""
    for rule, make in (("CON-04", _quota), ("CON-05", _computed), ("CON-12", _jump), ("CON-15", _two_reports),
                       ("CON-19", _waste)):  # fmt: skip
        for firm, season, number, broken in seats(cases, rule, _POOL):
            edge, why = make(cases, firm, season, number, broken, cases.rng(rule, firm.key))
            cases.expect(firm, rule, broken, edge, why)


def report(cases: Cases, firm: Firm, season: Season, period: str, item: str, load: float, **more: str) -> None:
    """A line of an execution report's table of actual discharges (tonnes); ``period`` is a year or quarter."""
    kind = "季报" if "季度" in period else "年报"
    fields = {
        "报告名称": f"排污许可证执行报告（{kind}）",
        "报告类型": kind,
        "报告期": period,
        "许可证编号": f"{firm.uscc}001P",
        "排放口编号": "DW001",
        "污染物": item,
        "实际排放量(吨)": f"{load:.4f}",
        **more,
    }
    cases.put("permit", "permit_report", firm, fields, season.after[0], published=_due(season, period))


def _due(season: Season, period: str) -> date:
    if "季度" in period:
        return season.quarter[1] + timedelta(days=9)
    return date(int(period[:4]) + 1, 1, 15)


def _quota(cases: Cases, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> Told:
    """The year's load is above the permitted one or from 95 % of it on; or just below 95 %."""
    permitted = rng.randint(20, 200) / 10
    share = (rng.uniform(1.01, 1.4), rng.uniform(0.952, 0.998))[number % 2] if broken else rng.uniform(0.5, 0.948)
    # MIS-02: those silent until March 2024 have their permit, and speak of it, behind that.
    since = "2024-04-01" if season is LATER[2] else f"{season.year}-01-01"
    limits = {"许可年排放量限值": f"{permitted:g}", "许可排放浓度限值": "50"}
    permit(cases, firm, season, "DW001", "化学需氧量", limits, since)
    report(cases, firm, season, f"{season.year}年度", "化学需氧量", permitted * share)
    series.put(cases, firm, season, [
        series.measured("化学需氧量", "DW001", datetime.combine(season.quarter[0] + timedelta(days=day), time(9)), 0,
                        series.steady(rng, "化学需氧量")) for day in (8, 39, 70)
    ])  # fmt: skip
    return (
        "above" if share > 1 else "near",
        f"load {permitted * share:.3f} t of {permitted:g} t permitted = {share:.1%}",
    )


def _computed(cases: Cases, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> Told:
    """A quarter's stated load against the sum of daily concentration times flow: more than 20 % apart, or less."""
    first, last = season.quarter
    gas = number // 2 % 2 == 1
    item, outlet = ("颗粒物", "DA001") if gas else ("总氮", "DW001")
    rows, total = [], 0.0
    # The line goes on behind the quarter until the day before the last visit.
    for moment in series.moments(datetime.combine(first, time()), (season.after[-1] - first).days, 24):
        value, flow = float(series.steady(rng, item)), rng.randint(40_000, 90_000) if gas else rng.randint(400, 900)
        # Tonnes of a day: mg/m³ × m³/h × 24 h × 10⁻⁹ for gas, mg/L × m³ × 10⁻⁶ for water.
        total += 0 if moment.date() > last else value * flow * (24e-9 if gas else 1e-6)
        column = "流量(m3/h)" if gas else "监测点流量(吨/天)"
        rows.append(series.measured(item, outlet, moment, 24, f"{value:.3f}", **{column: f"{flow}"}))
    series.put(cases, firm, season, rows)
    off = rng.choice((rng.uniform(0.24, 0.45), rng.uniform(0.55, 0.8))) if broken else rng.uniform(0.0, 0.17)
    stated = total * (1 - off) if number % 2 else total / (1 - off)
    period = f"{first.year}年第{(first.month + 2) // 3}季度"
    report(cases, firm, season, period, item, stated, 排放口编号=outlet)
    medium = "gas" if gas else "water"
    return f"{medium}-{'less' if number % 2 else 'more'}", (
        f"ΣC·Q {total:.3f} t, stated {stated:.3f} t: {off:.0%} apart, limit 20 %"
    )


def _jump(cases: Cases, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> Told:
    """A load five times the year before's, or a fifth, while production changed less than twofold; or not so."""
    before, made = rng.uniform(1, 4), rng.randint(100, 900) * 10
    up = bool(number % 2)
    strong = broken or number % 4 < 2
    ratio = rng.uniform(5.2, 9) if strong else rng.uniform(1.2, 4.7)
    grown = rng.uniform(0.8, 1.7) if broken else rng.uniform(2.2, 4) if strong else rng.uniform(0.8, 1.7)
    if not up:
        ratio, grown = 1 / ratio, 1 / grown
    for year, load, product in (
        (season.year - 1, before, made), (season.year, before * ratio, made * grown),
    ):  # fmt: skip
        report(cases, firm, season, f"{year}年度", "氨氮", load, 产品产量=f"{product:.0f}")
    return ("up" if up else "down") + ("-grown" if strong and not broken else ""), (
        f"load x {ratio:.2f}, production x {grown:.2f}; forbidden above 5 or below 0.2 with less than twofold"
    )


def _two_reports(cases: Cases, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> Told:
    """The execution report and the year report give one pollutant's load, more than 1 % apart or less."""
    load = rng.uniform(0.5, 3)
    off = rng.choice((rng.uniform(0.013, 0.08), rng.uniform(0.12, 0.4), rng.uniform(0.55, 0.8))) if broken else (
        rng.choice((0.0, rng.uniform(0.001, 0.008)))
    )  # fmt: skip
    report(cases, firm, season, f"{season.year}年度", "总磷", load)
    fields = {
        "报告年度": f"{season.year}",
        "排放口编号": "DW001",
        "污染物": "总磷",
        "实际排放量(吨)": f"{load * (1 - off):.5f}",
    }
    cases.put("eid", "annual_report", firm, fields, season.after[0], published=date(season.year + 1, 3, 10))
    return f"{off:.0%}", f"{load:.4f} t and {load * (1 - off):.4f} t: {off:.2%} apart, limit 1 %"


def _waste(cases: Cases, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> Told:
    """Produced and stored before against used, disposed, transferred and stored after: more than 5 % off or less."""
    before, produced = rng.uniform(0, 40), rng.uniform(100, 900)
    whole = before + produced
    off = rng.uniform(0.07, 0.4) if broken else rng.uniform(0.0, 0.04)
    accounted = whole * (1 - off) if number % 2 else whole / (1 - off)
    parts = [accounted * share for share in (0.5, 0.2, 0.2, 0.1)]
    fields = {
        "报告年度": f"{season.year}",
        "固体废物名称": rng.choice(("废活性炭", "污泥", "废矿物油", "炉渣")),
        "上年末贮存量": f"{before:.3f}吨",
        "产生量": f"{produced:.3f}吨",
        "利用量": f"{parts[0]:.3f}吨",
        "处置量": f"{parts[1]:.3f}吨",
        "转移量": f"{parts[2]:.3f}吨",
        "年末贮存量": f"{parts[3]:.3f}吨",
    }
    cases.put("eid", "annual_report", firm, fields, season.after[0], published=date(season.year + 1, 3, 10))
    return "less" if number % 2 else "more", f"in {whole:.1f} t, out {accounted:.1f} t: {off:.1%} off, limit 5 %"
