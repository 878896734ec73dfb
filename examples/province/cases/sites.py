"""The sites of the cases: each is one list as JSON that states its total; four of them are bad on some days."""

from __future__ import annotations

from datetime import date

from ..pages import guards
from ..pages.http import Request, Response, data, not_found, page, robots
from .model import Cases, Row
from .script import LATER, SEASONS, season_of

SIZE = 400
"""Rows on a page."""
MEASURED: tuple[str, ...] = tuple(f"measured-{season.name}" for season in LATER)
"""Self-monitoring sites for automatic data, one a season, each visited once."""
MANUAL: tuple[str, ...] = tuple(f"manual-{season.name}" for season in LATER)
"""Self-monitoring sites for results by hand, one a season, each visited on all days behind the due days."""
STEADY: tuple[str, ...] = ("bureau", "eid", "platform", "permit", "selfmon", "own")
BAD: tuple[str, ...] = ("down", "blocked", "changed", "flaky")
FILES = "files"
"""A site whose rows promise a file each; it is visited in one season alone."""
SITES: tuple[str, ...] = (*STEADY, *BAD, *MEASURED, *MANUAL, FILES)
COLUMNS = {
    "listing": "名录",
    "profile": "基础信息",
    "emission": "排污信息",
    "monitoring": "监测数据",
    "monitoring_plan": "监测方案",
    "facility": "防治设施",
    "permit": "排污许可",
    "permit_report": "执行报告",
    "eia": "环评及验收",
    "emergency_plan": "应急预案",
    "annual_report": "年度报告",
    "interim_report": "临时报告",
    "social_report": "社会责任报告",
    "carbon": "碳排放",
    "soil": "土壤监测",
    "cleaner_production": "清洁生产",
    "penalty": "行政处罚",
    "inspection": "监督检查",
    "incident": "突发事件",
    "other": "其他",
}
"""The word in the column 栏目 by kind."""


def visited(site: str, day: date) -> bool:
    """Whether ``site`` is crawled on ``day`` of the script."""
    season = season_of(day)
    if site in MEASURED:
        return site == f"measured-{season.name}" and day == season.after[-1]
    if site in ("down", "blocked", "changed") and season not in SEASONS[:2]:
        return day == season.after[-1]
    if site in MANUAL:
        return site == f"manual-{season.name}" and day in season.after
    if site == FILES:
        return season is LATER[1] and day in season.after
    return not (season is SEASONS[0] and site in ("eid", "permit", "selfmon"))


def good(site: str, day: date) -> bool:
    """Whether a visit of ``site`` on ``day`` sees its list: three fail for ever from April 2023 on, and in July 2016.

    The fourth fails behind every due day but for the last two visits of a season, one fewer than absence takes.
    """
    season = season_of(day)
    if site == "flaky":
        return day not in season.after[:-2]
    return site not in BAD or (day in season.before and season in SEASONS[:2])


def answer(cases: Cases, site: str, day: date, request: Request) -> Response:
    """One page of one site."""
    healthy = good(site, day)
    if not healthy and site in ("down", "flaky"):
        return guards.down(request)
    if not healthy and site == "blocked":
        return guards.challenge(request)
    if request.path == "/robots.txt":
        return robots()
    if site == FILES and request.path.startswith("/files/"):
        return _file(cases, day, request.path.removeprefix("/files/"))
    if request.path != "/api/open/list":
        return not_found()
    number = request.number("page", 1)
    rows = shown(cases, site, day)
    if not healthy:
        return data(
            {"code": 200, "result": {"count": len(rows), "items": [{"ent": row["企业名称"]} for row in rows[:20]]}}
        )
    return data({"code": 200, "data": {"total": len(rows), "rows": rows[(number - 1) * SIZE : number * SIZE]}})


def _file(cases: Cases, day: date, number: str) -> Response:
    """What stands behind a promised file: its words as pairs, or what the case has in place of it."""
    found = next((row for _, row in cases.by_site[FILES] if row.fields["编号"] == number), None)
    if found is None:
        return not_found()
    answers = {"dead": not_found(), "empty": Response(b""), "down": Response(b"", status=503)}
    state = cases.files[number].get(day, "good")
    if state in answers:
        return answers[state]
    pairs = "".join(f"<tr><th>{name}</th><td>{text}</td></tr>" for name, text in found.fields.items())
    return page(f"<html><body><table>{pairs}</table></body></html>")


def shown(cases: Cases, site: str, day: date) -> list[dict[str, str]]:
    """What the list of ``site`` holds on ``day``."""
    return [_line(number, row) for number, row in cases.by_site[site] if row.visible(day)]


def _line(number: int, row: Row) -> dict[str, str]:
    firm = row.firm
    return {
        "栏目": COLUMNS[row.kind], "编号": f"R{number}", "企业编码": firm.external, "企业名称": firm.name,
        "统一社会信用代码": firm.uscc, "区县": firm.county,
        **({"发布时间": row.published.isoformat()} if row.published else {}), **row.fields,
    }  # fmt: skip
