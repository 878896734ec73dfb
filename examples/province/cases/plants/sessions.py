"""Manual monitoring against plan and permit: sessions, outlets, age, replaced standards (MIS-04 …)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from ..cast import seats
from ..model import Cases, Firm
from ..script import Season
from . import series
from .series import measured, put, steady
from .values import Told, permit

_POOL = "values"


def plant(cases: Cases) -> None:
    """Every rule about whole programmes of manual monitoring."""
    for rule, make in (("MIS-04", _few), ("MIS-05", _unseen), ("STA-01", _old), ("STA-08", _replaced)):
        for firm, season, number, broken in seats(cases, rule, _POOL):
            edge, why = make(cases, firm, season, number, broken, cases.rng(rule, firm.key))
            cases.expect(firm, rule, broken, edge, why)


def _plan(cases: Cases, firm: Firm, season: Season, outlet: str, item: str, frequency: str) -> None:
    fields = {
        "监测方案": f"{firm.name}自行监测方案",
        "监测点位": f"废水排放口{outlet}",
        "排放口编号": outlet,
        "监测指标": item,
        "监测频次": frequency,
        "执行标准": series.ITEMS[item][3],
        "监测方法": "重铬酸盐法",
        "质量控制": "平行样",
        "结果公开时限": "监测完成后五个工作日",
    }
    # Stated before the quarter: a plan of which no day is known asks for nothing that lies before its first look.
    published = season.quarter[0] - timedelta(days=20)
    cases.put(series.site_of(season, firm), "monitoring_plan", firm, fields, season.after[0], published=published)


def _months(season: Season) -> list[date]:
    first = season.quarter[0]
    return [date(first.year, first.month + n, 1) for n in range(3)]


def _months_behind(season: Season) -> list[date]:
    """First days of the whole months between the quarter and the last visit."""
    month, found = season.quarter[1] + timedelta(days=1), []
    while (behind := (month + timedelta(days=31)).replace(day=1)) <= season.after[-1]:
        found.append(month)
        month = behind
    return found


def _at(days: list[date]) -> list[datetime]:
    return [datetime(day.year, day.month, day.day, 9) for day in days]


def _results(rng: Random, item: str, outlet: str, days: list[date]) -> list[dict[str, str]]:
    return [measured(item, outlet, moment, 0, steady(rng, item)) for moment in _at(days)]


def _few(cases: Cases, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> Told:
    """Fewer sessions in the last whole quarter than the plan's frequency demands; a stop of production excuses."""
    item, outlet = "化学需氧量", "DW011"
    months = _months(season)
    usual = [month + timedelta(days=rng.randint(3, 20)) for month in months]
    shape = (("monthly", "weekly", "none") if broken else ("monthly", "stopped", "more", "quarterly"))[
        number % (3 if broken else 4)
    ]
    if shape == "weekly":
        frequency, asked = "1次/周", 13
        days = [season.quarter[0] + timedelta(days=7 * n + 1) for n in range(13)]
        days = [day for n, day in enumerate(days) if n not in (2, 5, 9)]
    elif shape == "quarterly":
        frequency, asked, days = "1次/季", 1, usual[1:2]
    else:
        frequency, asked = "1次/月", 3
        days = {"none": [], "more": [*usual, usual[2] + timedelta(days=3)]}.get(shape, usual)
        if broken and days:
            days.remove(days[number // 3 % 3])
    if shape == "stopped":
        del days[1]
        _stop(cases, firm, season, outlet, months[1], months[2] - timedelta(days=1))
    # What lies behind the quarter shows that the plan is being followed.
    followed = [month + timedelta(days=rng.randint(3, 20)) for month in _months_behind(season)]
    last = season.after[-1] - timedelta(days=9)
    _plan(cases, firm, season, outlet, item, frequency)
    put(cases, firm, season, _results(rng, item, outlet, [*days, *followed, last]))
    return shape, f"plan {frequency}: {asked} demanded in {season.quarter[0]}..{season.quarter[1]}, {len(days)} found"


def _stop(cases: Cases, firm: Firm, season: Season, outlet: str, first: date, last: date) -> None:
    fields = {
        "监测点位": f"废水排放口{outlet}", "排放口编号": outlet, "停产原因": "全厂停产检修，无废水排放",
        "开始时间": first.isoformat(), "结束时间": last.isoformat(), "发布时间": last.isoformat(),
    }  # fmt: skip
    cases.put(series.site_of(season, firm), "monitoring", firm, fields, season.after[0])


def _unseen(cases: Cases, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> Told:
    """An outlet or pollutant of the permit appears in no monitoring and no report of a whole quarter."""
    shape = ("pollutant", "outlet")[number % 2] if broken else ("both", "reported", "new")[number % 3]
    since = season.after[0].replace(day=1).isoformat() if shape == "new" else ""
    days = [month + timedelta(days=rng.randint(2, 20)) for month in _months(season)]
    other = "DW013" if shape == "outlet" else "DW012"
    permit(cases, firm, season, "DW012", "化学需氧量", {"许可排放浓度限值": "50"})
    permit(cases, firm, season, other, "氨氮", {"许可排放浓度限值": "5"}, since)
    # One of before the quarter shows that the site keeps results for longer than it.
    earlier = season.quarter[0] - timedelta(days=10)
    put(cases, firm, season, _results(rng, "化学需氧量", "DW012", [earlier, *days]))
    if shape == "both":
        put(cases, firm, season, _results(rng, "氨氮", "DW012", days[1:]))
    if shape == "reported":
        year, quarter = season.quarter[0].year, (season.quarter[0].month + 2) // 3
        fields = {
            "报告名称": "排污许可证执行报告（季报）",
            "报告类型": "季报",
            "报告期": f"{year}年第{quarter}季度",
            "许可证编号": f"{firm.uscc}001P",
            "排放口编号": "DW012",
            "污染物": "氨氮",
            "实际排放量(吨)": f"{rng.uniform(0.1, 2):.3f}",
        }
        cases.put("permit", "permit_report", firm, fields, season.after[0], published=season.quarter[1] + timedelta(8))
    return shape, f"{other} 氨氮 permitted {since or 'for the whole quarter'}, shape {shape}"


def _old(cases: Cases, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> Told:
    """The newest result is older than one and a half periods of the plan, or younger, at the last visit."""
    item, outlet, look = "总氮", "DW014", season.after[-1]
    weekly = number % 4 == 3
    if weekly:
        frequency, age = "1次/周", rng.randint(12, 18) if broken else rng.randint(3, 8)
        days = [look - timedelta(days=age + 7 * n) for n in range((look - season.quarter[0]).days // 7 + 2)]
    else:
        # At 48 days the last whole month has its session still: only the age is wrong, the number is right.
        frequency, age = "1次/月", rng.randint(47, 48) if broken else rng.randint(15, 40)
        newest = look - timedelta(days=age)
        days = [newest, *_earlier(newest, season.quarter[0])]
    _plan(cases, firm, season, outlet, item, frequency)
    put(cases, firm, season, _results(rng, item, outlet, days))
    return "weekly" if weekly else "monthly", f"newest result {age} days before the last visit, plan {frequency}"


def _earlier(newest: date, since: date) -> list[date]:
    """A day in each month before that of ``newest`` back to that of ``since``."""
    days, month = [], newest.replace(day=1)
    while month > since:
        month = (month - timedelta(days=1)).replace(day=1)
        days.append(month.replace(day=min(newest.day, 28)))
    return days


_OLD = ("《锅炉大气污染物排放标准》(GB 13271-2001)", "《火电厂大气污染物排放标准》(GB 13223-2003)",
        "《生活垃圾焚烧污染控制标准》(GB 18485-2001)")  # fmt: skip
_NEW = ("《锅炉大气污染物排放标准》(GB 13271-2014)", "《火电厂大气污染物排放标准》(GB 13223-2011)",
        "《生活垃圾焚烧污染控制标准》(GB 18485-2014)")  # fmt: skip


def _replaced(cases: Cases, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> Told:
    """A standard replaced by a newer one is cited, or the newer one."""
    standard = (_OLD if broken else _NEW)[number % 3]
    days = [season.after[-1] - timedelta(days=back) for back in (11, 12, 14)]
    rows = [row | {"评价标准": standard} for row in _results(rng, "颗粒物", "DA015", days)]
    put(cases, firm, season, rows)
    return standard[-13:-1], f"cites {standard}"
