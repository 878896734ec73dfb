"""督察: cases handed over while inspectors are in the province (边督边改), and what became of their findings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from ..model import Firm, World
from ..pages.http import Request, Response
from . import bulletin
from .bulletin import Bulletin
from .site import FamilySite, Planted

ROOT = "/ztzl/zyhjbhdc/"
CASES = [
    "序号",
    "受理编号",
    "交办问题基本情况",
    "行政区域",
    "污染类型",
    "调查核实情况",
    "是否属实",
    "处理和整改情况",
    "责任人被处理情况",
]
FINDINGS = ["序号", "反馈问题", "整改措施", "整改时限", "责任单位", "整改情况"]


@lru_cache(maxsize=8)
def _batches(world: World, day: date) -> tuple[tuple[Bulletin, tuple[Planted, ...]], ...]:
    firms = bulletin.settled(world, day)[2:26]
    return tuple(_batch(list(firms[n * 8 : n * 8 + 8]), n + 1, date(2026, 9, 5 + 4 * n)) for n in range(3))


def _batch(firms: list[Firm], number: int, shown: date) -> tuple[Bulletin, tuple[Planted, ...]]:
    title = f"示例省群众信访举报转办和边督边改公开情况一览表（第{number}批）"
    heading = f"边督边改公开情况（共{len(firms)}件）"
    rows = [_row(firms, line, number) for line in range(len(firms))]
    planted = []
    for line, (row, firm) in enumerate(zip(rows, firms, strict=True)):
        for name in _named(firms, line):
            subject = {"name": name, "region": firm.county} if name else {"region": firm.county}
            planted.append(Planted("inspection", row, subject, f"{title} {heading}", shown.isoformat()))
    body = f"<p align=center><b>{heading}</b></p>" + bulletin.table(CASES, rows)
    return Bulletin(f"{shown:%Y%m}/t{shown:%Y%m%d}_{number}.html", title, shown, body), tuple(planted)


def _named(firms: list[Firm], line: int) -> list[str]:
    """The firms that the row's prose names for certain; "" where it names none."""
    return {2: [""], 5: [firms[line].name, firms[line - 1].name], 7: [""]}.get(line, [firms[line].name])


def _row(firms: list[Firm], line: int, number: int) -> dict[str, str]:
    firm, other = firms[line], firms[line - 1]
    asked = {
        0: f"群众反映{firm.name}夜间排放废气，气味难闻。",
        1: f"位于{firm.county}示例大道的{firm.name}废水直排河道。",
        2: "村口一家塑料加工厂焚烧垃圾，黑烟扰民。",
        5: f"两家企业扬尘：{firm.name}、{other.name}均未覆盖料堆。",
        7: f"我处反映多年，与{firm.name}有关的异味一直没有解决",
    }.get(line, f"{firm.name}噪声扰民。")
    found = f"经查，{firm.name}治理设施正常运行。" if line not in (2, 7) else "经现场核实，反映的问题部分属实。"
    kind = ("大气", "水", "土壤", "噪声")[line % 4]
    values = (str(line + 1), f"D{number:02d}SL{line + 1:04d}", asked, firm.county, kind, found,
              ("属实", "部分属实", "不属实")[line % 3],
              "责令限期整改，加强日常监管。", "无" if line % 2 else "约谈1人（职务略）")  # fmt: skip
    return dict(zip(CASES, values, strict=True))


@lru_cache(maxsize=8)
def _findings(world: World, day: date) -> tuple[Bulletin, tuple[Planted, ...]]:
    firms = bulletin.settled(world, day)[26:29]
    shown, title, heading = date(2026, 10, 12), "示例省贯彻落实督察反馈意见整改落实情况", "整改落实情况（共4件）"
    asked = [f"{firm.name}长期超标排放问题整改不到位。" for firm in firms] + ["部分园区污水收集管网不完善。"]
    rows = [
        dict(
            zip(
                FINDINGS,
                (str(n), text, "制定方案，逐项销号。", "2026年12月底", "示例省生态环境厅", "已完成"),
                strict=True,
            )
        )
        for n, text in enumerate(asked, 1)
    ]
    planted = [
        Planted("inspection", row, {"name": firm.name}, f"{title} {heading}", shown.isoformat())
        for row, firm in zip(rows[:3], firms, strict=True)
    ]
    planted.append(Planted("inspection", rows[3], {}, f"{title} {heading}", shown.isoformat()))
    body = f"<p align=center><b>{heading}</b></p>" + bulletin.table(FINDINGS, rows)
    return Bulletin("202610/t20261012_9.html", title, shown, body), tuple(planted)


def _all(world: World, day: date) -> list[tuple[Bulletin, tuple[Planted, ...]]]:
    return [*_batches(world, day), _findings(world, day)]


def _answer(world: World, day: date, request: Request) -> Response:
    ordered = sorted((one for one, _ in _all(world, day)), key=lambda one: one.day, reverse=True)
    return bulletin.answer(ROOT, ordered, request)


def _planted(world: World, day: date) -> Iterable[Planted]:
    yield from (planted for _, rows in _all(world, day) for planted in rows)


def _total(world: World, day: date) -> dict[str, int]:
    """Cases as the headings count them; one that names two firms is one case and two records."""
    return {"inspection": 3 * 8 + 4}


SITE = FamilySite("inspection", _answer, _planted, _total)
