"""12369 举报: monthly lists of cases that name whom people complained of; a farmer is a person and stays unnamed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from ..model import Firm, World
from ..pages.http import Request, Response
from . import bulletin
from .bulletin import Bulletin
from .site import FamilySite, Planted

ROOT = "/hdjl/12369jbgs/"
HEADERS = ["序号", "举报编号", "被举报单位", "行政区域", "举报内容", "调查情况", "是否属实", "处理情况"]
MONTHS = (date(2026, 9, 4), date(2026, 10, 9), date(2026, 11, 6))
"""Days on which the list of the month before comes out."""


@lru_cache(maxsize=8)
def _lists(world: World, day: date) -> tuple[tuple[Bulletin, tuple[Planted, ...]], ...]:
    firms = bulletin.settled(world, day)[4:31]
    return tuple(_month(list(firms[n * 9 : n * 9 + 9]), shown) for n, shown in enumerate(MONTHS) if shown <= day)


def _month(firms: list[Firm], shown: date) -> tuple[Bulletin, tuple[Planted, ...]]:
    title = f"示例省{shown.year}年{shown.month - 1}月12369环保举报办理情况"
    heading = f"12369举报办理情况（{len(firms) + 1}件）"
    rows = [_row(firm.name, firm.county, line, shown) for line, firm in enumerate(firms, 1)]
    rows.append(_row("某养殖户", firms[0].county, len(rows) + 1, shown))
    planted = [
        Planted("complaint", row, {"name": firm.name, "region": firm.county}, f"{title} {heading}", shown.isoformat())
        for row, firm in zip(rows, firms, strict=False)
    ]
    unnamed = {**rows[-1], "被举报单位": ""}
    planted.append(Planted("complaint", unnamed, {"region": firms[0].county}, f"{title} {heading}", shown.isoformat()))
    body = f"<p><b>{heading}</b></p>" + bulletin.table(HEADERS, rows)
    return Bulletin(f"{shown:%Y%m}/t{shown:%Y%m%d}_1.html", title, shown, body), tuple(planted)


def _row(name: str, county: str, line: int, shown: date) -> dict[str, str]:
    asked = ("夜间排放异味气体。", "生产噪声扰民。", "废水颜色异常。")[line % 3]
    values = (str(line), f"{shown:%Y%m}{line:04d}", name, county, asked, "执法人员到场检查，设施运行正常。",
              "属实" if line % 2 else "不属实", "已责令整改。")  # fmt: skip
    return dict(zip(HEADERS, values, strict=True))


def _answer(world: World, day: date, request: Request) -> Response:
    ordered = sorted((one for one, _ in _lists(world, day)), key=lambda one: one.day, reverse=True)
    return bulletin.answer(ROOT, ordered, request)


def _planted(world: World, day: date) -> Iterable[Planted]:
    yield from (planted for _, rows in _lists(world, day) for planted in rows)


def _total(world: World, day: date) -> dict[str, int]:
    return {"complaint": sum(len(rows) for _, rows in _lists(world, day))}


SITE = FamilySite("complaints", _answer, _planted, _total)
