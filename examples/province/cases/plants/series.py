"""Rows of monitoring as platforms print them: automatic slots, daily means, manual sessions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from ..model import Cases, Firm
from ..script import LATER, Season

ITEMS: dict[str, tuple[str, float, str, str]] = {
    "化学需氧量": ("废水", 50, "mg/L", "《污水综合排放标准》(GB 8978-1996)"),
    "氨氮": ("废水", 5, "mg/L", "《污水综合排放标准》(GB 8978-1996)"),
    "总磷": ("废水", 0.5, "mg/L", "《城镇污水处理厂污染物排放标准》(GB 18918-2002)"),
    "总氮": ("废水", 15, "mg/L", "《城镇污水处理厂污染物排放标准》(GB 18918-2002)"),
    "五日生化需氧量": ("废水", 20, "mg/L", "《污水综合排放标准》(GB 8978-1996)"),
    "六价铬": ("废水", 0.5, "mg/L", "《污水综合排放标准》(GB 8978-1996)"),
    "总铬": ("废水", 1.5, "mg/L", "《污水综合排放标准》(GB 8978-1996)"),
    "二氧化硫": ("废气", 100, "mg/m³", "《火电厂大气污染物排放标准》(GB 13223-2011)"),
    "氮氧化物": ("废气", 100, "mg/m³", "《火电厂大气污染物排放标准》(GB 13223-2011)"),
    "颗粒物": ("废气", 30, "mg/m³", "《火电厂大气污染物排放标准》(GB 13223-2011)"),
}
"""Pollutant → medium, limit, unit, standard."""
KINDS = {1: "小时均值", 2: "2小时均值", 24: "日均值", 0: "手工监测"}
"""Hours of a slot → word in the column 数据类型; 0 is a manual session."""
Value = str | None


def site_of(season: Season, firm: Firm) -> str:
    """The self-monitoring site of 寅川市 that is visited in this season: results by hand have one of their own."""
    return f"{'manual' if firm.pool == 'values' else 'measured'}-{season.name}"


def start(season: Season, days: int) -> datetime:
    """Midnight ``days`` before the last visit."""
    return datetime.combine(season.after[-1] - timedelta(days=days), time())


def moments(begin: datetime, count: int, hours: int) -> list[datetime]:
    """``count`` slots of ``hours`` from ``begin``."""
    return [begin + timedelta(hours=hours * number) for number in range(count)]


def steady(rng: Random, item: str, low: float = 0.3, high: float = 0.7) -> str:
    """A usual value: between these shares of the limit."""
    return f"{ITEMS[item][1] * rng.uniform(low, high):.3f}"


def measured(item: str, outlet: str, moment: datetime, hours: int, value: str, **changes: str) -> dict[str, str]:
    """One row; the verdict follows the value, the publication the slot; ``changes`` are columns by name."""
    medium, limit, unit, standard = ITEMS[item]
    over = _number(value) is not None and float(value) > limit
    seen = moment + (timedelta(hours=hours, minutes=10) if hours else timedelta(days=1, hours=9))
    return {
        "监测点位": f"{medium}排放口{outlet}", "排放口编号": outlet,
        "监测时间": f"{moment:%Y-%m-%d %H:%M:%S}" if hours not in (0, 24) else f"{moment:%Y-%m-%d}",
        "监测项目": item, "监测结果": value, "单位": unit, "标准限值": f"{limit:g}",
        "是否达标": "" if _number(value) is None and not value.startswith("<") else "否" if over else "是",
        "超标倍数": f"{float(value) / limit - 1:.2f}" if over else "", "评价标准": standard,
        "数据类型": KINDS[hours], "排放方式": "连续排放", "排放去向": "环境水体" if medium == "废水" else "大气",
        "标记": "", "发布时间": f"{seen:%Y-%m-%d %H:%M:%S}", **changes,
    }  # fmt: skip


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def put(cases: Cases, firm: Firm, season: Season, rows: Iterator[dict[str, str]] | list[dict[str, str]]) -> None:
    """Shows rows of monitoring on the season's site, from the day behind the measurement on."""
    for row in rows:
        behind = date.fromisoformat(row["监测时间"][:10]) + timedelta(days=1)
        cases.put(site_of(season, firm), "monitoring", firm, row, max(season.after[0], behind))


def line(
    item: str, outlet: str, begin: datetime, hours: int, values: list[Value],
    marks: dict[int, str] | None = None, change: Callable[[int], dict[str, str]] = lambda _: {},
) -> Iterator[dict[str, str]]:  # fmt: skip
    """A series: a value of None makes no row, unless its number is marked: then an empty one with the mark."""
    for number, (moment, value) in enumerate(zip(moments(begin, len(values), hours), values, strict=True)):
        mark = (marks or {}).get(number, "")
        if value is not None or mark:
            yield measured(item, outlet, moment, hours, value or "", **{"标记": mark, **change(number)})


__all__ = ["ITEMS", "KINDS", "LATER", "line", "measured", "moments", "put", "site_of", "start", "steady"]
