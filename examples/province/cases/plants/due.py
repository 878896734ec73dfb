"""Due duties in all their states: the six categories, year and execution reports, quarters of results."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ..cast import pool
from ..model import Cases, Firm
from ..script import AS_OF_DAYS, LATER, SEASONS, VISIT_DAYS, Season
from . import series
from .papers import AUDIT, DUE, FINANCE, YEARS, Papers

ROLES = ("met", "missing", "late-look", "late-stated", "backdated", "partial", "unstated", "due-day")
"""How one duty is played; each duty of each enterprise takes its turn."""
REPORT_ROLES = ("met", "missing", "late-look", "late-stated", "backdated", "partial", "missing", "due-day")
"""Of year reports more are missing, so that an older one is all that the page shows."""
_STATES = {
    "met": ("met", "shown before the due day"),
    "missing": ("missing", "three looks behind due day and grace saw nothing"),
    "late-look": ("late", "a look behind the due day did not see it, a later one did"),
    "late-stated": ("late", "stated behind the due day, there at the first look behind it"),
    "backdated": ("late", "stated before a look that did not see it"),
    "partial": ("partial", "a required part is left out"),
    "unstated": ("met", "no stated day, there at the first look behind the due day"),
    "due-day": ("met", "shown on the due day itself"),
    "exempt": ("exempt", "permit held for less than three months"),
}
RULES = {
    "missing": {"MIS-01"},
    "late-look": {"LAT-01"},
    "late-stated": {"LAT-02"},
    "backdated": {"LAT-01", "LAT-04"},
    "partial": {"INC-01"},
}
"""Rules that find something, by role."""
TIMELY = ("MIS-01", "LAT-01", "LAT-02", "LAT-04", "INC-01")


@dataclass(frozen=True)
class Played:
    """When the thing is shown and what day it states; None where it never is, or states none."""

    shown: date | None
    published: date | None


def played(role: str, due: date, season: Season) -> Played:
    """The days of a role: looks are the script's visits."""
    looks = [day for day in VISIT_DAYS if due < day <= season.as_of]
    first, second = looks[0], looks[1]
    behind = due + timedelta(days=max(1, (first - due).days // 2))
    return {
        "met": Played(due - timedelta(days=6), due - timedelta(days=6)),
        "missing": Played(None, None),
        "late-look": Played(second, None),
        "late-stated": Played(behind, behind),
        "backdated": Played(second, due - timedelta(days=5)),
        "partial": Played(due - timedelta(days=4), due - timedelta(days=4)),
        "unstated": Played(behind, None),
        "due-day": Played(due, due),
        "exempt": Played(None, None),
    }[role]


def tell(
    cases: Cases, firm: Firm, obligation: str, period: str, role: str, season: Season, due: date,
    last: date | None = None,
) -> None:  # fmt: skip
    """What is expected of a duty in this role, from its season on, until ``last`` where one is given."""
    days = tuple(day for day in AS_OF_DAYS if season.as_of <= day <= (last or AS_OF_DAYS[-1]))
    state, why = _STATES[role]
    why = f"due {due}: {why}"
    cases.stands(firm, obligation, period, state, why, days)
    for rule in TIMELY:
        found = rule in RULES.get(role, ())
        cases.expect(firm, rule, found, role, why, as_of=days, obligation=obligation, period=period)


ITEMS: dict[str, tuple[str, dict[str, str], str]] = {
    "O31-1": (
        "profile",
        {
            "法定代表人": "甄示甲",
            "生产地址": "子东区示例大道8号",
            "联系方式": "0990-80000000",
            "生产经营和管理服务的主要内容": "化工产品制造",
            "产品": "丙烯酸酯",
            "规模": "年产2万吨",
        },
        "规模",
    ),
    "O31-2": (
        "emission",
        {
            "主要污染物": "化学需氧量",
            "排放方式": "连续排放",
            "排放口数量": "2",
            "分布情况": "厂区东侧",
            "排放浓度": "31.5",
            "单位": "mg/L",
            "排放总量": "3.2",
            "超标情况": "未超标",
            "执行的污染物排放标准": "《污水综合排放标准》(GB 8978-1996)",
            "核定的排放总量": "5.0",
        },
        "核定的排放总量",
    ),
    "O31-3": ("facility", {"防治设施名称": "污水处理站", "建设情况": "2014年建成", "运行情况": "运行稳定"}, "建设情况"),
    "O31-4": ("eia", {"项目名称": "年产2万吨丙烯酸酯项目", "环评批复文号": "环审〔2013〕7号"}, "环评批复文号"),
    "O31-5": ("emergency_plan", {"应急预案名称": "突发环境事件应急预案", "风险等级": "一般"}, "应急预案名称"),
    "O31-6": ("social_report", {"社会责任报告": "社会责任报告.pdf"}, ""),
}
"""Obligation → kind, columns of a whole disclosure, the column that a partial one leaves out."""


def plant(cases: Cases, papers: Papers) -> None:
    """All duties of the pool."""
    for number, firm in enumerate(pool(cases, "disclosing")):
        papers.on_list(firm, "水环境重点排污单位", [2016, 2022, 2023, 2024, 2025, 2026])
        papers.on_list(firm, "环境信息依法披露企业", [2022, 2023, 2024, 2025, 2026])
        _beside(cases, firm)
        _items(cases, firm, number)
        _year_reports(cases, papers, firm, number)
        _execution(cases, papers, firm, number)
        _quarters(cases, firm, number)


def _beside(cases: Cases, firm: Firm) -> None:
    """Rows without a term or item of their own: they follow from the others, and the text does not say how."""
    for obligation in ("O31-9", "O24-S", "SW-1", "O34-1", "PR-1", "PR-3", "MON-1", "O24-Y-CP"):
        for rule in ("MIS-01", "MIS-08", "LAT-01", "LAT-02", "LAT-04", "INC-01", "STA-01"):
            cases.undecided(firm, rule, obligation)
    cases.undecided(firm, "STA-01")
    for obligation in ("PR-2", "SOIL-1", "SOIL-2", "O24-Y-CP", "O24-Y-FIN"):
        cases.undecided(firm, "STA-03", obligation)


def _items(cases: Cases, firm: Firm, number: int) -> None:
    """The six categories of 2016: list of 31 March, ninetieth day 29 June."""
    season, due = SEASONS[0], date(2016, 6, 29)
    for turn, (obligation, (kind, columns, left_out)) in enumerate(ITEMS.items()):
        role = ROLES[(number + 3 * turn) % len(ROLES)]
        if role == "partial" and not left_out:
            role = "met"
        days = played(role, due, season)
        if days.shown:
            fields = {"单位名称": firm.name, **columns, **({left_out: ""} if role == "partial" else {})}
            site = ("platform", "own")[(number + turn) % 2]
            cases.put(site, kind, firm, fields, days.shown, published=days.published)
        # A permit, public since 2022, answers the fourth item too: behind 2016 the case says nothing of it.
        tell(cases, firm, obligation, "once:2016", role, season, due, SEASONS[0].as_of if turn == 3 else None)


def _year_reports(cases: Cases, papers: Papers, firm: Firm, number: int) -> None:
    older = False
    audited, financed = number % 4 < 3, number % 6 == 5
    if financed:
        papers.on_list(firm, "上市公司", [2022, 2023, 2024, 2025])
    for turn, year in enumerate(YEARS):
        role = REPORT_ROLES[(number + 3 * turn) % len(REPORT_ROLES)]
        season, report = LATER[turn], papers.year(firm, year)
        days = played(role, DUE[year], season)
        report.shown, report.published, report.stated = days.shown, days.published or DUE[year], bool(days.published)
        if days.shown is None:
            report.sites = ()
        if role == "partial":
            report.changes |= {"应急预案": "", "应急预案备案编号": "", "突发环境事件": ""}
        report.changes |= {**(AUDIT if audited else {}), **(FINANCE if financed else {})}
        for obligation, owed in (("O24-Y-CP", audited and year == 2022), ("O24-Y-FIN", financed)):
            if owed:
                tell(cases, firm, obligation, str(year), "met" if role == "partial" else role, season, DUE[year])
        tell(cases, firm, "O24-Y", str(year), role, season, DUE[year])
        if turn:
            before = (LATER[turn - 1].as_of,)
            cases.stands(firm, "O24-Y", str(year), "not_due", f"listed in {year}, due {DUE[year]}", before)
        found = role == "missing" and older
        why = f"newest page is on {year - 1}, {year} fell due {DUE[year]}" if found else f"{year}: {role}"
        for rule, side in (("STA-03", found), ("INC-06", role == "partial")):
            cases.expect(firm, rule, side, role, why, as_of=(season.as_of,), obligation="O24-Y", period=str(year))
        older = older or role != "missing"


_PR2_DUE = {2022: date(2023, 1, 31), 2023: date(2024, 2, 29), 2024: date(2025, 2, 28), 2025: date(2026, 2, 2)}
"""31 January, moved by notice for 2023 and 2024, rolled over a Saturday for 2025."""


def _execution(cases: Cases, papers: Papers, firm: Firm, number: int) -> None:
    """Execution reports; a permit from 15 October 2022 is held for 78 days of that year, one from 20 September 103."""
    permit = papers.permit(firm)
    start = {6: date(2022, 9, 20), 7: date(2022, 10, 15)}.get(number % 8, permit.valid[0])
    permit.valid = (start, date(2027, 9, 19))
    later = tuple(season.as_of for season in LATER)
    cases.expect(firm, "MIS-09", False, "both", "under key management and on every list of key units", as_of=later)
    for turn, year in enumerate(YEARS):
        role = ROLES[(number + 5 * turn + 2) % len(ROLES)]
        role = "exempt" if year == 2022 and number % 8 == 7 else "met" if role == "partial" else role
        days = played(role, _PR2_DUE[year], LATER[turn])
        if days.shown:
            fields = {"报告名称": f"{year}年度排污许可证执行报告", "报告类型": "年报", "报告期": f"{year}年度",
                      "许可证编号": f"{firm.uscc}001P"}  # fmt: skip
            cases.put("permit", "permit_report", firm, fields, days.shown, published=days.published)
        tell(cases, firm, "PR-2", str(year), role, LATER[turn], _PR2_DUE[year])


_M23_DUE = {
    "2023Q1": date(2023, 4, 10),
    "2023Q4": date(2024, 1, 8),
    "2024Q4": date(2025, 1, 8),
    "2026Q3": date(2026, 10, 13),
}
"""Five working days behind the quarter's last day, holidays of Qingming, New Year and October between."""


def _quarters(cases: Cases, firm: Firm, number: int) -> None:
    """Three manual results a quarter since 2023, each public the day after but in the quarters that are played."""
    seasons = {f"{season.quarter[0].year}Q{(season.quarter[0].month + 2) // 3}": season for season in LATER}
    for year in range(2023, 2027):
        for quarter in range(1, 5 if year < 2026 else 4):
            name = f"{year}Q{quarter}"
            season = seasons.get(name)
            role = ROLES[(number + 7 * year + quarter) % len(ROLES)] if season else "met"
            _results(cases, firm, year, quarter, played(role, _M23_DUE[name], season) if season else None, role)
            if season:
                tell(cases, firm, "M23-1", name, role, season, _M23_DUE[name])
            if role in ("late-look", "late-stated", "backdated", "unstated"):
                cases.undecided(firm, "LAT-05")


def _results(cases: Cases, firm: Firm, year: int, quarter: int, days: Played | None, role: str) -> None:
    rng = cases.rng("quarter", firm.key, year, quarter)
    for month in range(3):
        moment = datetime(year, 3 * quarter - 2 + month, rng.randint(2, 20), 9)
        usual = moment.date() + timedelta(days=1)
        timely = days is None or role in ("met", "partial", "due-day")
        shown = usual if timely else days.shown if days else None
        stated = usual if timely else days.published if days else None
        if shown is None:
            continue
        row = series.measured("化学需氧量", "DW001", moment, 0, series.steady(rng, "化学需氧量"))
        row["发布时间"] = stated.isoformat() if stated else ""
        if role == "partial":
            row |= {"排放方式": "", "排放去向": ""}
        cases.put("selfmon", "monitoring", firm, row, shown)
