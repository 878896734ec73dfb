"""Enterprises with permits that report every year: penalties, permit changes, numbers (MIS-06 to 09 …)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from ... import identity
from ..cast import pool, seats
from ..model import Cases, Firm
from ..script import LATER, Season
from .papers import YEARS, Papers
from .values import Told

_POOL = "reporting"
_LISTS = [2022, 2023, 2024, 2025, 2026]


def plant(cases: Cases, papers: Papers) -> None:
    """Lists, permits and reports of the pool, then what each rule changes in them."""
    for firm in pool(cases, _POOL):
        papers.on_list(firm, "环境信息依法披露企业", _LISTS)
        cases.undecided(firm, "INC-01", "PR-1")  # What a permit allows is not shown of these.
        for year in YEARS:
            papers.year(firm, year)
    for rule, make in (("CON-18", _foreign), ("STA-04", _expired), ("MIS-09", _unlisted), ("MIS-06", _penalty),
                       ("MIS-07", _change), ("MIS-08", _elsewhere), ("CON-16", _denied)):  # fmt: skip
        for firm, season, number, broken in seats(cases, rule, _POOL):
            edge, why = make(cases, papers, firm, season, number, broken, cases.rng(rule, firm.key))
            if edge:
                cases.expect(firm, rule, broken, edge, why)


def _unlisted(cases: Cases, papers: Papers, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> Told:
    """A permit under key management and no list of key units; or listed, or under simplified management."""
    # Of those whose permit soon runs out some count for little, so that some of the others are unlisted too.
    broken = broken or number % 4 == 3
    permit, shape = papers.permit(firm), "unlisted" if broken else ("listed", "simplified")[number % 2]
    if shape == "simplified":
        permit.management = "简化管理"
    if shape == "listed":
        papers.on_list(firm, "水环境重点排污单位", _LISTS)
    # Once a permit has run out its holder holds none.
    renewed = any(act == "延续" for act, _, _ in permit.versions)
    days = tuple(one.as_of for one in LATER if not broken or renewed or one.as_of <= permit.valid[1])
    if days:
        why = f"permit under {permit.management}, key-unit list: {shape == 'listed'}"
        cases.expect(firm, "MIS-09", broken, shape, why, as_of=days)
    return "", ""


def _day(season: Season, rng: Random) -> date:
    """A day so long ago that slack (15 d) and term (5 working days) are over at the first visit behind the due days."""
    return season.after[0] - timedelta(days=rng.randint(40, 55))


def _recent(season: Season, rng: Random) -> date:
    """A day whose slack is not over at as_of, however the term is counted."""
    return season.as_of - timedelta(days=rng.randint(9, 13))


def _penalty(cases: Cases, papers: Papers, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> Told:
    """A penalty in the authority's list and no interim report; or one, or too young a penalty."""
    shape = "silent" if broken else ("told", "recent", "old")[number % 3]
    day = date(2022, 1, 12) if shape == "old" else (_recent if shape == "recent" else _day)(season, rng)
    name = f"环罚〔{day.year}〕{100 + int(firm.external[1:])}号"
    papers.penalty(firm, name, day)
    cases.undecided(firm, "MIS-01", "O24-T2")
    _said(papers, firm, day.year, name)
    cases.undecided(firm, "MIS-08", "O24-S")
    if shape == "told":
        papers.interim(
            firm, "生态环境行政处罚", day, 决定书文号=name, 决定日期=day.isoformat(), 处罚内容="罚款二十万元"
        )
        if day.year in YEARS:
            papers.year(firm, day.year).changes |= _one_interim()
    return shape, f"penalty of {day}, slack 15 d and 5 wd, interim report: {shape == 'told'}"


def _said(papers: Papers, firm: Firm, year: int, name: str) -> None:
    """The year report names the penalty; a second one is added to the first."""
    if year in YEARS:
        before = papers.year(firm, year).changes.get("行政处罚", "")
        papers.year(firm, year).changes["行政处罚"] = f"{before}；{name}，罚款二十万元".lstrip("；")


def _one_interim() -> dict[str, str]:
    return {"临时报告数量": "1", "临时报告名称": "临时环境信息披露报告"}


def _change(cases: Cases, papers: Papers, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> Told:
    """A permit changed per platform and no interim report; or one, or too young a change, or one before the order."""
    shape = "silent" if broken else ("told", "recent", "none")[number % 3]
    if shape == "none":
        return shape, "permit granted 2022-01-10, before the order; nothing changed since"
    day = (_recent if shape == "recent" else _day)(season, rng)
    permit = papers.permit(firm)
    permit.versions.append(("变更", day, permit.valid[1]))
    cases.undecided(firm, "MIS-01", "O24-T1")
    if shape == "told":
        papers.interim(
            firm,
            "生态环境行政许可变更",
            day,
            许可名称="排污许可证",
            许可编号=permit.number(firm),
            事件日期=day.isoformat(),
        )
    return shape, f"permit changed {day}, slack 15 d and 5 wd, interim report: {shape == 'told'}"


def _elsewhere(
    cases: Cases, papers: Papers, firm: Firm, season: Season, number: int, broken: bool, rng: Random
) -> Told:
    """The year report stands on the own site alone; or in the system too."""
    report = papers.year(firm, season.year)
    shape = "own" if broken else ("both", "system")[number % 2]
    report.sites = {"own": ("own",), "both": ("eid", "own"), "system": ("eid",)}[shape]
    cases.stands(
        firm, "O24-Y", str(season.year), "elsewhere_only" if broken else "met", f"report shown on {report.sites}"
    )
    cases.expect(firm, "MIS-08", broken, shape, f"shown on {', '.join(report.sites)}", obligation="O24-Y",
                 period=str(season.year))  # fmt: skip
    return "", f"report on {season.year} shown on {', '.join(report.sites)}"


def _denied(cases: Cases, papers: Papers, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> Told:
    """The year report says 无 beside a penalty of the same year; or names it, or the penalty is of another year."""
    shape = "denied" if broken else ("named", "other", "none")[number % 3]
    if shape == "none":
        return shape, "no penalty and 无"
    year = season.year - 1 if shape == "other" else season.year
    day = date(year, 5, 10) + timedelta(days=rng.randint(0, 90))
    name = f"环罚〔{year}〕{2000 + int(firm.external[1:])}号"
    papers.penalty(firm, name, day)
    cases.undecided(firm, "MIS-01", "O24-T2")
    papers.interim(firm, "生态环境行政处罚", day, 决定书文号=name, 决定日期=day.isoformat(), 处罚内容="罚款二十万元")
    if shape != "denied":
        _said(papers, firm, year, name)
    elif "行政处罚" in papers.year(firm, year).changes:
        return "", ""  # Another rule's penalty of that year is named there: the case would be another.
    else:
        _contradicted(cases, firm, str(season.year))
    if year in YEARS:
        papers.year(firm, year).changes |= _one_interim()
    return shape, f"penalty {name} of {day}; report on {season.year} says {'无' if shape != 'named' else 'its number'}"


def _contradicted(cases: Cases, firm: Firm, period: str) -> None:
    """A report that is found to be untrue is no met duty."""
    cases.duties = [
        replace(duty, state="contradicted", why="an authority's penalty stands beside 无")
        if (duty.firm is firm and duty.obligation == "O24-Y" and duty.period == period and duty.state == "met")
        else duty
        for duty in cases.duties
    ]


def _foreign(cases: Cases, papers: Papers, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> Told:
    """The permit's number, name or place is another's; or the same in another spelling."""
    shape = ("number", "name", "region")[number % 3] if broken else ("same", "spelt")[number % 2]
    permit = papers.permit(firm)
    if shape == "number":
        other = identity.credit_code("991202", identity.organisation_code(rng))
        permit.changes["许可证编号"] = f"{other}001P"
    elif shape == "name":
        permit.changes["持证单位"] = firm.name.replace("川", "川新", 1)
    elif shape == "region":
        permit.changes["所在地区"] = "子川市子东区"
    elif shape == "spelt":
        permit.changes["持证单位"] = firm.name.replace("有限公司", " 有限公司")
    # It is so from the permit's first day on, in every season.
    days = tuple(season.as_of for season in LATER)
    cases.expect(firm, "CON-18", broken, shape, f"permit shows another {shape}" if broken else "the same", as_of=days)
    return "", ""


def _expired(cases: Cases, papers: Papers, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> Told:
    """The permit ran out and nothing follows; or it was renewed, or runs on."""
    shape = "expired" if broken else ("renewed", "running")[number % 2]
    permit = papers.permit(firm)
    if shape == "running":
        return shape, f"valid to {permit.valid[1]}, more than 60 days from here"
    end = season.as_of - timedelta(days=rng.randint(6, 20))
    cases.undecided(firm, "MIS-01", "PR-8a")
    permit.valid = (permit.valid[0], end)
    permit.versions = [(act, since, end) for act, since, _ in permit.versions]
    if shape == "renewed":
        permit.versions.append(("延续", end + timedelta(days=1), end + timedelta(days=1826)))
    return shape, f"valid to {end}, renewal {'known' if shape == 'renewed' else 'unknown'}"
