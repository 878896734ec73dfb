"""Duties of further lists: cleaner production and soil (CP-1 to CP-4, SOIL-1)."""

from __future__ import annotations

from datetime import date

from ..cast import pool
from ..model import Cases, Firm
from ..script import LATER
from .due import played, tell
from .papers import Papers

_ROLES = ("met", "missing", "late-stated", "late-look", "due-day", "unstated")
_NAMED = {"企业名称": "", "法人代表": "甄示甲", "地址": "子东区示例大道8号"}
CLEAN: tuple[tuple[str, str, dict[str, str]], ...] = (
    (
        "CP-1",
        "强制性清洁生产审核企业（超标超总量）",
        {
            "污染物名称": "化学需氧量",
            "排放方式": "连续排放",
            "浓度": "61",
            "总量": "4.1",
            "超标及超总量情况": "2021年超标2次",
        },
    ),
    ("CP-2", "强制性清洁生产审核企业（高耗能）", {"能源种类和消耗": "标准煤1200吨，单位产值能耗0.3吨/万元"}),
    (
        "CP-3",
        "强制性清洁生产审核企业（有毒有害）",
        {
            "有毒有害原料": "甲苯12吨",
            "有毒有害物质排放": "甲苯0.2吨，浓度9mg/m³",
            "危险废物": "废活性炭3吨",
            "风险防控措施": "围堰、报警装置",
        },
    ),
)
"""Obligation, word on the list, columns beside name, legal representative and address."""
SOIL = {"监测点位": "T1厂区东侧", "监测项目": "铅", "监测结果": "31 mg/kg", "筛选值": "800 mg/kg", "结论": "低于筛选值"}
HEADERS: dict[str, dict[str, str]] = {
    "cleaner_production": {
        "污染物名称": "pollutant",
        "排放方式": "mode",
        "浓度": "conc",
        "总量": "total",
        "超标及超总量情况": "exceed",
        "能源种类和消耗": "energy",
        "有毒有害原料": "toxic_input",
        "有毒有害物质排放": "toxic_release",
        "危险废物": "hazardous_waste",
        "风险防控措施": "risk_measures",
        "审核结果": "audit_result",
    },
    "soil": {"监测结果": "values", "筛选值": "limit"},
    "annual_report": {
        "融资投向": "fin_use",
        "应对气候变化信息": "project_climate",
        "项目生态环境保护信息": "project_env",
    },
}
"""Headers of these rows that the vocabulary lacks, by kind."""


def plant(cases: Cases, papers: Papers) -> None:
    """Enterprises of the pool in turn; what a list asks is told in the roles of other duties."""
    for number, firm in enumerate(pool(cases, "disclosing")):
        if number % 4 < 3:
            _cleaner(cases, papers, firm, number)
        else:
            _soil(cases, papers, firm, number)


def _put(cases: Cases, firm: Firm, kind: str, fields: dict[str, str], role: str, due: date, season: int) -> None:
    days = played(role, due, LATER[season])
    if days.shown:
        cases.put("own", kind, firm, fields, days.shown, published=days.published)


def _cleaner(cases: Cases, papers: Papers, firm: Firm, number: int) -> None:
    """List of 28 March 2022: one month is 28 April; the audit's result a year and 30 days later, 27 April 2023."""
    obligation, word, columns = CLEAN[number % 4]
    papers.on_list(firm, word, [2022])
    role = _ROLES[number // 4 % len(_ROLES)]
    role = "unstated" if role == "late-look" else role  # Its first look lies months behind the due day.
    _put(cases, firm, "cleaner_production", {**_NAMED, "企业名称": firm.name, **columns}, role, date(2022, 4, 28), 0)
    # Behind this season the audit's result, of the same kind, may answer this duty too.
    tell(cases, firm, obligation, "once:2022", role, LATER[0], date(2022, 4, 28), LATER[0].as_of)
    after = _ROLES[(number // 4 + 2) % len(_ROLES)]
    _put(cases, firm, "cleaner_production", {"审核结果": "通过验收"}, after, date(2023, 4, 27), 1)
    for rule in ("MIS-01", "LAT-01", "LAT-02", "LAT-04", "INC-01"):
        # The audit's result is of the same kind as the first disclosure: which of them it answers is left open.
        cases.undecided(firm, rule, "CP-4")
        cases.undecided(firm, rule, obligation)
    cases.stands(firm, "CP-4", "once:2022", "not_due", "due 2023-04-27", (LATER[0].as_of,))


def _soil(cases: Cases, papers: Papers, firm: Firm, number: int) -> None:
    """Lists of 2022 and 2023: results by 31 December, which is a Saturday and a Sunday before New Year."""
    papers.on_list(firm, "土壤污染重点监管单位", [2022, 2023])
    for turn, (year, due) in enumerate(((2022, date(2023, 1, 3)), (2023, date(2024, 1, 2)))):
        role = _ROLES[(number // 4 + turn) % len(_ROLES)]
        _put(cases, firm, "soil", {**SOIL, "年度": str(year)}, role, due, turn)
        tell(cases, firm, "SOIL-1", str(year), role, LATER[turn], due)
        for rule in ("MIS-01", "LAT-01", "LAT-02", "LAT-04", "INC-01"):
            cases.undecided(firm, rule, "SOIL-2")
            cases.undecided(firm, rule, "SOIL-1")  # Of the years behind the lists.
    cases.stands(firm, "SOIL-1", "2023", "not_due", "due 2024-01-02", (LATER[0].as_of,))
