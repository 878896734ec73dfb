"""企业环境信用评级 of another province: GBK pages behind a GBK query, their header claiming UTF-8."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from html import escape
from urllib.parse import unquote_to_bytes

from ..identity import stream
from ..model import World
from ..pages.http import FOOTER, Request, Response, not_found, robots
from .invented import others
from .site import FamilySite, Planted

ROWS = 15
PATH = "/HBHB/companyInfo.action"
COLUMNS = ("企业名称", "统一社会信用代码", "企业类型", "所在市（州）", "所在县（市、区）", "评价年度", "评级结果")
GRADES = ("绿色", "蓝色", "蓝色", "黄色", "红色")


@lru_cache(maxsize=8)
def rows(world: World) -> tuple[dict[str, str], ...]:
    """Every rating, as the site prints it."""
    made = []
    for firm in others(world, "ratings", 96):
        grade = stream(world.seed, "rating", firm.name).choice(GRADES)
        values = (firm.name, firm.uscc, firm.trade, firm.city, firm.county, "2019", grade)
        made.append(dict(zip(COLUMNS, values, strict=True)))
    return tuple(made)


def answer(world: World, _: date, request: Request) -> Response:
    """The list of ratings; the name looked for is read as GBK, whatever was meant."""
    if request.path == "/robots.txt":
        return robots()
    if request.path != PATH:
        return not_found()
    values = _query(request.raw_query)
    name, number = values.get("businessName", ""), values.get("nextPage", "1")
    if not name or len(values) < 6:
        return _gbk("<p>请输入企业名称后查询！</p>")
    found = [row for row in rows(world) if name in row["企业名称"]]
    first = (int(number) - 1) * ROWS if number.isdecimal() else 0
    return _gbk(_table(found[first : first + ROWS], len(found), number))


def _query(raw: str) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in raw.split("&") if pair)
    return {key: unquote_to_bytes(value.replace("+", " ")).decode("gb18030", "replace") for key, _, value in pairs}


def _table(shown: list[dict[str, str]], total: int, number: str) -> str:
    head = "".join(f"<td><b>{escape(name)}</b></td>" for name in COLUMNS)
    lines = "".join(
        f'<tr class="main_info">{"".join(f"<td>{escape(value)} </td>" for value in row.values())}</tr>\r\n'
        for row in shown
    )
    return (
        f'<table width="100%"><tr class="main_title">{head}</tr>\r\n{lines}</table>'
        f'<div class="page">共{total}条记录 第{number}页 共{max(1, -(-total // ROWS))}页</div>'
    )


def _gbk(body: str) -> Response:
    text = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
        f"<title>企业环境信用评级</title></head><body>\r\n<h2>企业环境信用评级查询</h2>{body}{FOOTER}</body></html>"
    )
    return Response(text.encode("gb18030"), "text/html;charset=UTF-8")


def planted(world: World, _: date) -> Iterator[Planted]:
    """Every rating once: each name holds one city's."""
    for row in rows(world):
        region = row["所在市（州）"] + row["所在县（市、区）"]
        yield Planted("other", row, {"name": row["企业名称"], "uscc": row["统一社会信用代码"], "region": region})


def total(world: World, _: date) -> dict[str, int]:
    """The sum of what the queries state."""
    return {"other": len(rows(world))}


SITE = FamilySite("ratings", answer, planted, total)
