"""Enterprises on a list that say nothing for a year, and those that say one thing (MIS-02)."""

from __future__ import annotations

from datetime import date, timedelta

from ..cast import pool
from ..model import Cases
from ..script import LATER
from .papers import Papers

_KINDS = ("social_report", "profile", "emergency_plan", "eia")


def plant(cases: Cases, papers: Papers) -> None:
    """One pool is on the lists of 2023 and 2024 alone; half of it is silent until behind the third season."""
    season = LATER[1]
    for number, firm in enumerate(pool(cases, "loads")):
        # From which day on twelve months count, the list's own or that of its capture, matters in the season before.
        cases.undecided(firm, "MIS-02")
        for obligation in ("O34-1", "EP4-2"):
            cases.undecided(firm, "MIS-01", obligation)
        papers.on_list(firm, "大气环境重点排污单位", [2022, 2023, 2024])
        silent = firm.season in LATER[2:]
        if not silent:
            day = season.as_of - timedelta(days=30 + 9 * (number % 32))
            kind = _KINDS[number // 2 % 4]
            site = "platform" if number % 4 == 0 and kind in ("social_report", "profile") else "own"
            cases.put(site, kind, firm, _words(kind, firm.name, day), day, published=day)
        why = (
            "listed since 2022-03-28, seen since 2023-01-10, nothing since"
            if silent
            else "one disclosure within 12 months"
        )
        cases.expect(firm, "MIS-02", silent, "silent" if silent else "told", why, as_of=(season.as_of,))


def _words(kind: str, name: str, day: date) -> dict[str, str]:
    return {
        "social_report": {"社会责任报告": f"{name}{day.year}年社会责任报告.pdf"},
        "profile": {"单位名称": name, "生产地址": "寅东区示例大道3号"},
        "emergency_plan": {
            "应急预案名称": f"{name}应急预案",
            "备案日期": day.isoformat(),
            "备案编号": f"991300-{day.year}-009-L",
        },
        "eia": {"项目名称": f"{name}扩建项目", "环评批复文号": f"环审〔{day.year}〕9号", "批复日期": day.isoformat()},
    }[kind]
