"""Single results: limits, verdicts, units, oxygen, physics (CON-01 to 03, 06, 11, 13; INC-04)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from ..cast import seats
from ..model import Cases, Firm
from ..script import Season
from . import series
from .series import measured, put, start, steady

_POOL = "values"
Told = tuple[str, str]


def plant(cases: Cases) -> None:
    """Every rule about single results, each on an outlet of its own."""
    for rule, make in (("CON-01", _exceeding), ("CON-02", _claimed), ("CON-03", _other_limit), ("CON-06", _oxygen),
                       ("CON-11", _slipped), ("CON-13", _physics), ("INC-04", _without_unit)):  # fmt: skip
        for firm, season, number, broken in seats(cases, rule, _POOL):
            edge, why = make(cases, firm, season, number, broken, cases.rng(rule, firm.key))
            cases.expect(firm, rule, broken, edge, why)


def _sessions(season: Season, count: int, back: int = 12) -> list[datetime]:
    """Nine o'clock on ``count`` days in a row, the first ``back`` days before the last visit."""
    return [start(season, back - number) + timedelta(hours=9) for number in range(count)]


def _hands(season: Season, item: str, outlet: str, values: list[str], **changes: str) -> Iterator[dict[str, str]]:
    """Manual results on days in a row."""
    for moment, value in zip(_sessions(season, len(values)), values, strict=True):
        yield measured(item, outlet, moment, 0, value, **changes)


def _exceeding(cases: Cases, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> Told:
    """A value above the limit, or a pH outside its range, called 达标."""
    shape = (("value", "ph", "converted") if broken else ("equal", "said", "average", "unit", "censored"))[
        number % (3 if broken else 5)
    ]
    moment = _sessions(season, 1)[0]
    usual = [measured("化学需氧量", "DW001", m, 0, steady(rng, "化学需氧量")) for m in _sessions(season, 5)[1:]]
    value = f"{50 * (1 + rng.uniform(0.002, 0.4)):.1f}"
    row = measured("化学需氧量", "DW001", moment, 0, value, 是否达标="是", 超标倍数="")
    if shape == "ph":
        value = rng.choice(("5.6", "9.3", "5.9", "9.1"))
        row |= {"监测项目": "pH", "监测结果": value, "标准限值": "6~9", "单位": "无量纲"}
    elif shape == "converted":
        value = f"{100 * (1 + rng.uniform(0.01, 0.3)):.1f}"
        row = measured("二氧化硫", "DA001", moment, 0, value, 是否达标="是", 超标倍数="")
        row |= {"折算浓度": value, "实测浓度": f"{rng.uniform(60, 95):.1f}"}
        del row["监测结果"]
    elif shape == "equal":
        value = "50.0"
        row |= {"监测结果": value}
    elif shape == "said":
        row |= {"是否达标": "否", "超标倍数": f"{float(value) / 50 - 1:.2f}"}
    elif shape == "average":
        # The standard's limit is a daily mean; one hour above it is no exceedance of it.
        value, chosen = f"{rng.uniform(51, 70):.1f}", rng.randint(3, 20)
        hours = series.line("化学需氧量", "DW010", start(season, 1), 1, [steady(rng, "化学需氧量") for _ in range(24)])
        usual += [line | {"评价标准": series.ITEMS["总氮"][3]} for line in hours]
        usual[4 + chosen] |= {"监测结果": value, "是否达标": "是"}
        row = measured("化学需氧量", "DW001", moment, 0, steady(rng, "化学需氧量"))
    elif shape == "unit":
        value = f"{rng.uniform(60, 400):.1f}"
        changes = {"单位": "μg/L", "标准限值": "0.5mg/L", "是否达标": "是", "超标倍数": ""}
        row = measured("总磷", "DW001", moment, 0, value, **changes)
    elif shape == "censored":
        value = "<60"
        row |= {"监测结果": value, "检出限": "60"}
    put(cases, firm, season, [row, *usual])
    return shape, f"{row['监测项目']} {value} {row['单位']} against {row['标准限值']}, called {row['是否达标']}"


def _claimed(cases: Cases, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> Told:
    """Called 超标 though within the limit, or times that are not C/L - 1."""
    limit = series.ITEMS["氨氮"][1]
    if number % 2:
        value = f"{limit * rng.uniform(0.3, 0.99):.2f}" if broken else f"{limit * rng.uniform(1.01, 1.5):.2f}"
        times = "" if broken else f"{float(value) / limit - 1:.2f}"
        shape = "verdict"
    else:
        value = f"{limit * rng.uniform(1.1, 2.5):.2f}"
        exact = float(value) / limit - 1
        times = f"{exact + rng.choice((0.2, 0.5, 1.0)):.2f}" if broken else f"{exact:.{1 + number // 2 % 2}f}"
        shape = "times"
    usual = _hands(season, "氨氮", "DW002", [value, *(steady(rng, "氨氮") for _ in range(3))])
    rows = list(usual)
    rows[0] |= {"是否达标": "否", "超标倍数": times}
    put(cases, firm, season, rows)
    return shape, f"C {value}, L {limit:g}, C/L - 1 = {float(value) / limit - 1:.3f}, stated {times or 'none'}"


def _other_limit(cases: Cases, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> Told:
    """The printed limit is not the permit's; or it is, in another spelling; or it was, before the permit changed."""
    permitted = rng.choice((10, 20, 35, 40))
    shape = ("looser", "stricter")[number % 2] if broken else ("equal", "spelt", "elsewhere")[number % 3]
    printed = {"looser": f"{permitted + rng.choice((5, 10)):g}", "stricter": f"{permitted - rng.choice((2, 5)):g}",
               "spelt": f"{permitted:.1f}", "elsewhere": f"{permitted}"}.get(shape, f"{permitted:g}")  # fmt: skip
    permit(cases, firm, season, "DW003", "化学需氧量", {"许可排放浓度限值": f"{permitted}"})
    if shape == "elsewhere":
        permit(cases, firm, season, "DW004", "化学需氧量", {"许可排放浓度限值": f"{permitted * 2}"})
        put(cases, firm, season, _in_quarter(season, rng, "DW004", f"{permitted * 2}"))
    put(cases, firm, season, _in_quarter(season, rng, "DW003", printed))
    return shape, f"printed {printed}, permit {permitted} mg/L"


def _in_quarter(season: Season, rng: Random, outlet: str, limit: str) -> Iterator[dict[str, str]]:
    """Three results in each of the last whole quarter's months."""
    first = season.quarter[0]
    for month in range(3):
        moment = datetime(first.year, first.month + month, 6 + rng.randint(0, 15), 9)
        value = f"{float(limit) * rng.uniform(0.1, 0.4):.2f}"
        yield measured("化学需氧量", outlet, moment, 0, value, 标准限值=limit, 是否达标="是", 超标倍数="")


def permit(
    cases: Cases, firm: Firm, season: Season, outlet: str, item: str, limits: dict[str, str], start_of: str = ""
) -> None:
    """A line of the permit's table of outlets, in force from the season's last whole quarter on."""
    since = start_of or season.quarter[0].isoformat()
    until = f"{int(since[:4]) + 5}{since[4:]}"
    fields = {
        "许可证编号": f"{firm.uscc}001P", "业务类型": "申领", "发证日期": since, "有效期限": f"{since}至{until}",
        "排放口编号": outlet, "污染物种类": item, **limits,
    }  # fmt: skip
    cases.put("permit", "permit", firm, fields, season.after[0])
    _told(cases, firm, date.fromisoformat(since))


def _told(cases: Cases, firm: Firm, day: date) -> None:
    """The interim report that a permit of that day asks for, once a day."""
    fields = {
        "编号": f"T1-{firm.external}-{day}",
        "报告标题": "临时环境信息披露报告（生态环境行政许可准予）",
        "事项": "生态环境行政许可准予",
        "许可名称": "排污许可证",
        "许可编号": f"{firm.uscc}001P",
        "事件日期": day.isoformat(),
    }
    cases.undecided(firm, "INC-01", "O24-T1")
    if fields["编号"] not in cases.told:
        cases.told.add(fields["编号"])
        cases.put("eid", "interim_report", firm, fields, day + timedelta(days=3), published=day + timedelta(days=3))


_REFERENCE = (
    ("《锅炉大气污染物排放标准》(GB 13271-2014)燃煤锅炉", 9.0),
    ("《锅炉大气污染物排放标准》(GB 13271-2014)燃气锅炉", 3.5),
    ("《火电厂大气污染物排放标准》(GB 13223-2011)燃煤锅炉", 6.0),
    ("《火电厂大气污染物排放标准》(GB 13223-2011)燃气轮机组", 15.0),
)


def _oxygen(cases: Cases, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> Told:
    """The converted value is more than 5 % off C·(21-O2_ref)/(21-O2), or less."""
    standard, reference = _REFERENCE[number % 4]
    off = (rng.uniform(0.08, 0.4) if broken else rng.uniform(0.0, 0.035)) * rng.choice((1, -1))
    rows = []
    for moment in _sessions(season, 3):
        oxygen, value = rng.uniform(reference - 1, min(reference + 3, 17)), rng.uniform(5, 12)
        right = value * (21 - reference) / (21 - oxygen)
        row = measured("二氧化硫", "DA005", moment, 0, "0")
        del row["监测结果"]
        rows.append(row | {"实测浓度": f"{value:.2f}", "折算浓度": f"{right * (1 + off):.2f}",
                           "含氧量(%)": f"{oxygen:.2f}", "评价标准": standard})  # fmt: skip
    put(cases, firm, season, rows)
    return standard[-6:], f"converted values {off:+.1%} off, reference oxygen {reference:g} %, limit 5 %"


def _slipped(cases: Cases, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> Told:
    """One value is a thousand times or a thousandth of its neighbours, within 10 %, or further from it."""
    level = rng.uniform(15, 25)
    factor = 1000.0 if number % 2 else 0.001
    share = rng.uniform(0.98, 1.02) if broken else rng.choice((0.1, 0.6, 0.8, 1.25, 1.6))
    values = [f"{level * rng.uniform(0.93, 1.06):.4f}" for _ in range(15)]
    values[8] = f"{level * factor * share:.4f}"
    rows = [
        measured("化学需氧量", "DW006", moment, 24, value)
        for moment, value in zip(series.moments(start(season, 15), 15, 24), values, strict=True)
    ]
    put(cases, firm, season, rows)
    return f"{factor:g}", f"x / median = {factor * share:g}; forbidden within 10 % of {factor:g}"


_PARTS = (("五日生化需氧量", "化学需氧量", 18.0), ("氨氮", "总氮", 4.0), ("六价铬", "总铬", 0.4))


def _physics(cases: Cases, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> Told:
    """A part exceeds its whole by more than 5 %, or by less, or not at all."""
    part, whole, most = _PARTS[number % 3]
    value = most * rng.uniform(0.5, 0.9)
    ratio = rng.uniform(1.08, 1.8) if broken else rng.choice((0.3, 0.95, 1.0, 1.03, 1.04))
    moment = _sessions(season, 1)[0]
    rows = [
        measured(whole, "DW007", moment, 0, f"{value:.4f}"),
        measured(part, "DW007", moment, 0, f"{value * ratio:.4f}"),
    ]
    put(cases, firm, season, rows)
    return part, f"{part} / {whole} = {ratio:.2f}, tolerance 5 %"


def _without_unit(cases: Cases, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> Told:
    """A value without unit, a limit without standard; pH needs none, and where no limit is printed no standard."""
    item = "颗粒物"
    rows = list(_hands(season, item, "DA008", [steady(rng, item) for _ in range(4)]))
    chosen = rows[number % 4]
    if broken:
        shape = ("unit", "standard")[number % 2]
        chosen |= {"单位": ""} if shape == "unit" else {}
        # A standard named anywhere at the outlet would name it for all of its values.
        rows = [row | ({"评价标准": ""} if shape == "standard" else {}) for row in rows]
    else:
        shape = ("whole", "ph")[number % 2]
        if shape == "ph":
            chosen |= {"监测项目": "pH", "监测结果": f"{rng.uniform(6.5, 8.5):.2f}", "标准限值": "6~9", "单位": ""}
    put(cases, firm, season, rows)
    return shape, {"unit": "a value without unit", "standard": "a limit without standard name"}.get(shape, "lawful")
