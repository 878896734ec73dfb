"""What an enterprise discharges, by what outlets, with which facilities: invented, the same on every site and day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from .dues import quarter_start
from .identity import hex32, stream
from .model import Firm

WATER = (
    ("化学需氧量", 50.0, "mg/L"), ("氨氮（NH3-N）", 5.0, "mg/L"), ("总磷（以P计）", 0.5, "mg/L"),
    ("PH值", 9.0, ""), ("总氮", 15.0, "mg/l"),
)  # fmt: skip
AIR = (
    ("二氧化硫", 50.0, "mg/m3"), ("氮氧化物", 100.0, "mg/Nm3"), ("颗粒物", 20.0, "mg/m³"),
    ("非甲烷总烃", 60.0, "mg/m3"), ("氨（氨气）", 8.0, "mg/m3"),
)  # fmt: skip
FREQUENCIES = ("季", "1季", "1次／季", "1次/季度")


@dataclass(frozen=True)
class Outlet:
    """An outlet (排放口) with what it may discharge."""

    code: str
    name: str
    medium: str
    pollutants: tuple[tuple[str, float, str], ...]


@dataclass(frozen=True)
class Value:
    """One manually measured value; texts as the site prints them."""

    outlet: Outlet
    pollutant: str
    unit: str
    limit: str
    time: str
    text: str
    verdict: str


def outlets(firm: Firm) -> tuple[Outlet, ...]:
    """Water first, five pollutants in all on each medium's single or double outlets."""
    rng = stream(0, firm.key, "outlets")
    result: list[Outlet] = []
    if "废水" in firm.sector:
        result.append(Outlet("DW001", "废水总排口", "WATER", WATER[: rng.choice((3, 4, 5))]))
    if "废气" in firm.sector:
        result.append(Outlet("DA001", "1#锅炉排气筒", "AIR", AIR[:3]))
        result.append(Outlet("DA002", "车间废气排放口（RTO）", "AIR", AIR[3:]))
    return tuple(result)


def measured(firm: Firm, period: str, mark: str | None = None) -> list[Value]:
    """Ten values a quarter, some above the limit, some below detection.

    ``stale``: the values of one fixed quarter again; ``contradicted``: all above the limit and yet called compliant.
    """
    rng = stream(0, firm.key, "measured", "again" if mark == "stale" else period)
    pairs = [(outlet, entry) for outlet in outlets(firm) for entry in outlet.pollutants]
    values: list[Value] = []
    for number in range(10):
        outlet, (pollutant, limit, unit) = pairs[number % len(pairs)]
        day = quarter_start(period) + timedelta(days=9 + 8 * number - number // 9)
        draw = rng.random()
        figure = limit * (1.15 if draw < 0.04 else rng.uniform(0.1, 0.9))
        if pollutant == "PH值":
            figure = rng.uniform(6.5, 8.5)
        text = "<0.05" if 0.04 <= draw < 0.09 else "未检出" if 0.09 <= draw < 0.13 else f"{figure:.3g}"
        if mark == "contradicted" and pollutant != "PH值":
            text = f"{limit * 2:g}"
        over = mark != "contradicted" and text[0].isdigit() and float(text) > limit
        shown = "6~9" if pollutant == "PH值" else f"{limit:g}" if rng.random() < 0.9 else f"{limit:g}{unit}"
        time = f"{day.isoformat()} {rng.randint(8, 17):02d}:{rng.choice('0134')}0"
        values.append(Value(outlet, pollutant, unit, shown, time, text, "否" if over else "是"))
    return values


def report_id(firm: Firm, kind: str, period: str | None) -> str:
    """Identifier of one report or file on a site."""
    return hex32(firm.key, kind, period)


def file_id(firm: Firm, kind: str) -> str:
    """A file's identifier in the form of a UUID."""
    text = hex32(firm.key, "file", kind)
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def approval(firm: Firm) -> tuple[str, str, date]:
    """Project, document number and day of its environmental impact assessment (环评批复)."""
    rng = stream(0, firm.key, "eia")
    day = date(rng.randint(2006, 2015), rng.randint(1, 12), rng.randint(1, 28))
    short = firm.county[:2]
    return (f"{firm.name}{firm.product}生产线建设项目", f"{short}环审〔{day.year}〕{rng.randint(1, 300)}号", day)
