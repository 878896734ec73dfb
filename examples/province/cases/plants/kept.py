"""What enterprises keep public: codes, plans, profiles, copied, bare or thin reports (CON-14, STA-02 …)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from ..cast import pool, seats
from ..model import Cases, Firm
from ..script import LATER, Season
from . import series
from .papers import YEARS, Papers, whole
from .values import Told

_POOL = "keeping"
_LISTS = [2022, 2023, 2024, 2025, 2026]


def plant(cases: Cases, papers: Papers) -> None:
    """Lists and reports of the pools, then what each rule changes in them."""
    for name in (_POOL, "slots", "values"):
        for firm in pool(cases, name):
            papers.on_list(firm, "环境信息依法披露企业", _LISTS)
            papers.on_list(firm, "大气环境重点排污单位", _LISTS)
            for year in YEARS:
                papers.year(firm, year)
    for rule, name, make in (
        ("CON-14", _POOL, _code),
        ("STA-02", _POOL, _copied),
        ("STA-05", _POOL, _unfollowed),
        ("STA-06", _POOL, _plan),
        ("STA-07", _POOL, _withdrawn),
        ("INC-05", _POOL, _bare),
        ("INC-06", "slots", _thin),
        ("INC-02", "values", _placeholder),
    ):
        for firm, season, number, broken in seats(cases, rule, name):
            edge, why = make(cases, papers, firm, season, number, broken, cases.rng(rule, firm.key))
            if edge:
                cases.expect(firm, rule, broken, edge, why)


def _code(cases: Cases, papers: Papers, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> Told:
    """The credit code's check character is wrong (see the cast), or right and printed with spaces and small letters."""
    days = tuple(season.as_of for season in LATER)
    cases.expect(firm, "CON-14", broken, "check" if broken else "right", f"{firm.uscc} by GB 32100", as_of=days)
    return "", ""


def _copied(cases: Cases, papers: Papers, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> Told:
    """The report on a year is last year's word for word; or a number differs, or half of the words do."""
    if season.year - 1 not in YEARS:
        return _copied_later(cases, papers, firm, number, broken, rng)
    return _copy(papers, firm, season.year, number, broken, rng)


def _copied_later(cases: Cases, papers: Papers, firm: Firm, number: int, broken: bool, rng: Random) -> Told:
    """Of the first report there is none before it: these enterprises play the year after."""
    season = LATER[1]
    edge, why = _copy(papers, firm, season.year, number, broken, rng)
    cases.expect(firm, "STA-02", broken, edge, why, as_of=(season.as_of,))
    return "", ""


def _copy(papers: Papers, firm: Firm, year: int, number: int, broken: bool, rng: Random) -> Told:
    shape = "copied" if broken else ("number", "words")[number % 2]
    before, now = papers.year(firm, year - 1), papers.year(firm, year)
    text = before.changes.get("关键环境信息提要") or whole(papers.cases, firm, year - 1)["关键环境信息提要"]
    if shape == "number":
        digits = next(word for word in text.split("投入")[1:])[:2]
        text = text.replace(f"投入{digits}", f"投入{int(digits) + 1 if int(digits) < 99 else 10}", 1)
    if shape != "words":
        copied = {**whole(papers.cases, firm, year - 1), **before.changes}
        now.changes |= {column: copied[column] for column in ("环境保护税", "固体废物", "自行监测")}
        now.changes["关键环境信息提要"] = text
    return shape, f"report on {year} against {year - 1}: {shape}"


def _unfollowed(
    cases: Cases, papers: Papers, firm: Firm, season: Season, number: int, broken: bool, rng: Random
) -> Told:
    """A new legal representative or address stands on the platform, the own site keeps the old one beyond 30 days."""
    shape = "old" if broken else ("recent", "followed")[number % 2]
    age = rng.randint(20, 28) if shape == "recent" else rng.randint(40, 60)
    day = season.as_of - timedelta(days=age)
    column, old, new = (("法定代表人", "甄示甲", "贾示乙"), ("生产地址", "丑东区示例大道1号", "丑西区示例大道9号"))[
        number // 2 % 2
    ]
    first = date(2022, 12, 1)
    profile = {
        "编号": f"P{firm.external}",
        "单位名称": firm.name,
        "法定代表人": "甄示甲",
        "生产地址": "丑东区示例大道1号",
    }
    moved = None if shape != "followed" else day + timedelta(days=10)
    cases.put("own", "profile", firm, profile, first, published=first, until=moved)
    if moved:
        cases.put("own", "profile", firm, {**profile, column: new}, moved, published=moved)
    cases.put("platform", "profile", firm, profile, first, published=first, until=day)
    cases.put("platform", "profile", firm, {**profile, column: new}, day, published=day)
    return f"{shape}-{column}", f"{column} {old} → {new} on the platform since {day}, {age} days before as_of"


def _plan(cases: Cases, papers: Papers, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> Told:
    """An emergency plan filed more than three years ago; or exactly three, or a newer one beside it."""
    shape = "old" if broken else ("day", "young", "newer")[number % 3]
    anniversary = season.as_of.replace(year=season.as_of.year - 3)
    filed = {"day": anniversary, "young": anniversary + timedelta(days=rng.randint(20, 400))}.get(
        shape, anniversary - timedelta(days=rng.randint(5, 150))
    )
    cases.undecided(firm, "MIS-01", "EP4-2")
    cases.undecided(firm, "MIS-01", "O34-1")
    _file(cases, firm, filed, season.visits[0])
    if shape == "newer":
        _file(cases, firm, season.as_of - timedelta(days=rng.randint(60, 300)), season.visits[0])
    return (
        shape,
        f"filed {filed}: three years are over after {filed.replace(year=filed.year + 3)}, as_of {season.as_of}",
    )


def _file(cases: Cases, firm: Firm, day: date, shown: date) -> None:
    fields = {
        "应急预案名称": f"{firm.name}突发环境事件应急预案", "备案编号": f"991200-{day.year}-{firm.external[1:]}-L",
        "备案日期": day.isoformat(), "风险等级": "一般",
    }  # fmt: skip
    cases.put("own", "emergency_plan", firm, fields, max(day, min(shown, day + timedelta(days=10))), published=day)


def _withdrawn(
    cases: Cases, papers: Papers, firm: Firm, season: Season, number: int, broken: bool, rng: Random
) -> Told:
    """An acceptance report leaves the site before 20 working days are over; or behind them, or for two looks only."""
    played = LATER[1]
    first, second, third, fourth = played.after
    site = ("own", "platform")[number % 2]
    shape = "early" if broken else ("over", "twice", "kept")[number % 3]
    published = {"over": date(2024, 1, 8), "early": first - timedelta(days=number % 4)}.get(shape, first)
    until = {"over": first, "early": second, "twice": third, "kept": None}[shape]
    fields = {
        "项目名称": f"{firm.name}技术改造项目", "单位名称": firm.name, "建设单位": firm.name,
        "环评批复文号": f"示环审〔{published.year - 2}〕{number + 1}号", "验收情况": "竣工环境保护验收报告",
        "公示日期": published.isoformat(), "公示类型": "竣工环境保护验收公示",
    }  # fmt: skip
    cases.put(site, "eia", firm, fields, published, published=published, until=until)
    why = f"shown {published}, off from {until}; 20 working days owed, looks {second}, {third}, {fourth}"
    cases.expect(firm, "STA-07", broken, shape, why, as_of=(played.as_of,))
    return "", ""


def _bare(cases: Cases, papers: Papers, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> Told:
    """More than a tenth of the rows lack limit or verdict, or a tenth at most."""
    total = 20 + number % 11
    count = total // 10 + (1 + number % 4 if broken else -(number % 2))
    chosen = set(rng.sample(range(total), count))
    for n in range(total):
        # All of one quarter, so that the share is the same however results are gathered.
        moment = datetime.combine(season.quarter[1] - timedelta(days=total - n), time(9))
        row = series.measured("颗粒物", "DA001", moment, 0, series.steady(rng, "颗粒物"))
        if n in chosen:
            row["标准限值" if number % 2 else "是否达标"] = ""
        behind = moment.date() + timedelta(days=1)
        cases.put("own", "monitoring", firm, row, behind, published=behind)
    column = "limit" if number % 2 else "verdict"
    return f"{column}-{count}of{total}", f"{count} of {total} rows without {column} = {count / total:.1%}, limit 10 %"


_HEADINGS: dict[str, tuple[str, ...]] = {
    "G1": ("生产地址", "主要产品", "生产工艺"),
    "G2": ("行政许可名称", "排污许可证编号", "核发机关", "税目", "环境保护税", "环境污染责任保险"),
    "G3": ("污染防治设施", "许可排放浓度", "超标情况", "固体废物", "自行监测"),
    "G5": ("应急预案", "应急预案备案编号", "突发环境事件"),
    "G6": ("行政处罚",),
    "G7": ("临时报告数量", "临时报告名称"),
}
"""Columns that stand under each heading of the report."""


def _thin(cases: Cases, papers: Papers, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> Told:
    """One of the eight headings is not there; or it says 未产生 with the reason."""
    group = sorted(_HEADINGS)[number % len(_HEADINGS)]
    changes = papers.year(firm, season.year).changes
    columns = _HEADINGS[group]
    if broken:
        changes |= dict.fromkeys(columns, "")
    elif number % 2:
        changes |= dict.fromkeys(columns, "未产生，原因：本年度未发生相关事项")
    state = "partial" if broken else "met"
    cases.stands(firm, "O24-Y", str(season.year), state, f"{group}: {'not there' if broken else 'stated'}")
    cases.expect(
        firm, "INC-01", broken, group, f"{group} of the year report", obligation="O24-Y", period=str(season.year)
    )
    return group, f"{group} {'is not there' if broken else 'is there or 未产生 with a reason'}"


_EMPTY_WORDS = ("/", "-", "无", "暂无", "详见附件", "XXX", "****")


def _placeholder(
    cases: Cases, papers: Papers, firm: Firm, season: Season, number: int, broken: bool, rng: Random
) -> Told:
    """A word that says nothing stands in a column; or a reason, or an attachment stands beside it."""
    changes = papers.year(firm, season.year).changes
    column = ("生产工艺", "污染防治设施", "固体废物", "自行监测")[number % 4]
    if season is LATER[-1] and (broken or number % 2):
        # Eight say the same of something, which five may not; of another thing four do.
        column = "固体废物" if broken else "自行监测"
        changes[column] = f"本企业严格落实各项环境保护措施，{column}管理规范，各项指标稳定，未发生异常情况。"
        return (
            f"template-{'eight' if broken else 'four'}",
            f"{column}: one text in {'8' if broken else '4'} enterprises, limit 5",
        )
    if broken:
        word = _EMPTY_WORDS[number % len(_EMPTY_WORDS)]
        changes[column] = word
        cases.undecided(firm, "INC-01", "O24-Y")
        return f"word-{number % len(_EMPTY_WORDS)}", f"{column}: {word}"
    shape = ("whole", "reason", "attached")[number % 3]
    if shape == "reason":
        changes[column] = "无，原因：本年度未产生"
    elif shape == "attached":
        changes[column] = "详见附件"
        changes["附件"] = f"{firm.name}{season.year}年附件.pdf"
    return shape, f"{column}: {changes.get(column, 'whole')}"
