"""Facts of the self-monitoring platform of 辛川市: who monitors, hourly and manual values, stops, files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ..identity import stream
from ..model import World
from .guests import Guest, guests

ENTERPRISES = 10
DAYS = 2
"""Days of hourly values that a crawl asks for, its own day included."""
HOURLY = (
    "监测点位", "监测时间", "监测项目", "监测结果", "标准限值", "单位", "是否达标", "超标倍数", "评价标准",
    "排放去向", "排放方式", "备注",
)  # fmt: skip
STOPS = ("类别", "监测点位", "停产原因", "开始时间", "结束时间", "附件")
FILES = ("文件名称", "年度", "发布时间")
ITEMS = {
    "废水": (("化学需氧量", "50", "mg/L", "《污水综合排放标准》(GB 8978-1996)表4一级标准(1998年1月1日后建设的单位)"),
             ("氨氮（NH3-N）", "5", "mg/L", "《污水综合排放标准》(GB 8978-1996)表4一级标准(1998年1月1日后建设的单位)")),
    "废气": (("二氧化硫", "50", "mg/m3", "《锅炉大气污染物排放标准》(GB 13271-2014)表3大气污染物特别排放限值"),
             ("氮氧化物", "100", "mg/m3", "《锅炉大气污染物排放标准》(GB 13271-2014)表3大气污染物特别排放限值")),
}  # fmt: skip
CODES = {"废水": ("316", "311", "302"), "废气": ("201", "203", "207")}
LIMITS = {"316": "50", "311": "5", "302": "", "201": "50", "203": "100", "207": "20"}
MISSING = "-9999"
STATES = (None, None, "1", "0", "2", "4", "1", None, "1", "1")
REASONS = ("", "该单位未列入2026年重点排污单位", "", "全年停产", "", "", "", "", "", "")

Row = dict[str, str]


def enterprises(world: World) -> tuple[Guest, ...]:
    """Those that the platform lists."""
    return guests(world, ENTERPRISES)


def listed(world: World) -> list[dict[str, str | None]]:
    """The list's rows, flags as the platform sets them (null, ``"null"`` and digits side by side)."""
    return [
        {
            "title": guest.name, "areaname": guest.county, "orgtype": "废水企业" if guest.water else "废气企业",
            "mstate": "null" if index == 0 else STATES[index], "notreason": REASONS[index],
            "url": f"org_jbxx/{guest.id}.do", "isOpen": "1" if STATES[index] else "0", "icon": "", "level": "1",
        }
        for index, guest in enumerate(enterprises(world))
    ]  # fmt: skip


def active(guest: Guest) -> bool:
    """Whether it publishes hourly values."""
    return STATES[guest.number - 1] in ("1", "2")


def medium(guest: Guest) -> str:
    """What its first outlet carries."""
    return "废水" if guest.water else "废气"


def profile(guest: Guest) -> Row:
    """Its basic facts."""
    return {
        "企业名称": guest.name, "统一社会信用代码": guest.uscc, "所属行业": guest.industry, "所在区县": guest.county,
        "地址": guest.address, "自行监测方式": "自动监测与手工监测相结合",
    }  # fmt: skip


def hourly(world: World, guest: Guest, day: date) -> list[Row]:
    """The hourly values of one day: missing ones as -9999, what was not measured as 一 or nothing."""
    if not active(guest):
        return []
    rng = stream(world.seed, guest.id, "hourly", day)
    rows = []
    for hour in range(0, 24, 4):
        for name, limit, unit, standard in ITEMS[medium(guest)]:
            draw, value = rng.random(), f"{float(limit) * rng.uniform(0.1, 1.05):.2f}"
            text = MISSING if draw < 0.08 else "一" if draw < 0.16 else "" if draw < 0.2 else value
            over = text == value and float(value) > float(limit)
            verdict = "" if text != value else "否" if over else "是"
            cells = (
                f"{medium(guest)}总排口（1#在线监测站房）", f"{day.isoformat()} {hour:02d}:00", name, text, limit, unit,
                verdict, f"{float(value) / float(limit) - 1:.2f}" if over else "", standard, _where(guest), "连续排放",
                "设备校准" if text == MISSING else "",
            )  # fmt: skip
            rows.append(dict(zip(HOURLY, cells, strict=True)))
    return rows


def _where(guest: Guest) -> str:
    return "进入城市污水处理厂" if guest.water else "直接排入大气"


def manual(world: World, guest: Guest, day: date) -> list[Row]:
    """A few manual values of the last month."""
    rng = stream(world.seed, guest.id, "manual")
    name, limit, unit, standard = ITEMS[medium(guest)][0]
    rows = []
    for back in range(9, 9 + 7 * (guest.number % 3), 7):
        value = f"{float(limit) * rng.uniform(0.1, 0.8):.1f}"
        cells = (
            f"{medium(guest)}总排口",
            (day - timedelta(days=back)).isoformat(),
            name,
            value,
            limit,
            unit,
            "是",
            "",
            standard,
        )
        rows.append(dict(zip(HOURLY, (*cells, _where(guest), "间断排放", "委托监测"), strict=True)))
    return rows


def stops(guest: Guest, day: date) -> list[Row]:
    """Why nothing is measured, from when to when; one of them has a file, one says that it has none."""
    if guest.number % 3:
        return []
    start = day - timedelta(days=40 + guest.number)
    first = ("停产", "全厂", "市场原因停产检修，恢复生产后继续监测", start.isoformat(), "", "无附件")
    second = (
        "设备故障", f"{medium(guest)}总排口（1#在线监测站房）", "在线设备故障维修",
        (start - timedelta(days=90)).isoformat(), (start - timedelta(days=80)).isoformat(), "故障报告.pdf",
    )  # fmt: skip
    return [dict(zip(STOPS, row, strict=True)) for row in (first, second)]


def files(guest: Guest, day: date, what: str) -> list[Row]:
    """Its plans or yearly reports as files."""
    years = range(day.year - 1 - guest.number % 2, day.year)
    return [
        dict(
            zip(
                FILES, (f"{guest.name}{year}年{what}.pdf", str(year), f"{year + 1}-01-{10 + guest.number}"), strict=True
            )
        )
        for year in years
    ]


def wide(world: World, guest: Guest, day: date) -> list[Row] | None:
    """Online history: a column a code and quantity; None where it has no station (the answer is empty then)."""
    if not active(guest):
        return None
    rng = stream(world.seed, guest.id, "wide", day)
    codes = CODES[medium(guest)]
    rows = []
    for hour in (22, 23):
        row = {"C0007_SUBSTATION_ID": guest.id[:8], "C0007_SUBNAME": f"{medium(guest)}总排口",
               "DATETIME": f"{day.isoformat()} {hour}:00:00"}  # fmt: skip
        for code in (*CODES["废水"], *CODES["废气"]):
            measured = code in codes
            value = MISSING if rng.random() < 0.15 else f"{rng.uniform(1, 40):.3f}"
            row[f"val_{code}"] = value if measured else ""
            row[f"stand_{code}"] = LIMITS[code] if measured else ""
            row[f"state_{code}"] = ("D" if value == MISSING else "N") if measured else ""
        rows.append(row)
    return rows


def long(row: Row) -> Iterator[Row]:
    """A wide row as rows, one a code."""
    common = {name: value for name, value in row.items() if "_" not in name or name.startswith("C0")}
    for code in (*CODES["废水"], *CODES["废气"]):
        if row[f"val_{code}"]:
            yield {**common, "code": code, **{name: row[f"{name}_{code}"] for name in ("val", "stand", "state")}}
