"""A data centre's list of key enterprises: a form posted page by page; the page shows cut cells, the whole rows stand
as JSON in the hidden field ``gisDataJson``; the pager says 总页数."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from html import escape

from ..model import World
from ..pages.http import Request, Response, not_found, page, robots
from .guests import Guest, guests
from .site import FamilySite, Planted

ENTERPRISES, SIZE = 27, 10
XML = "1462849093743"
Row = dict[str, str]


def answer(world: World, day: date, request: Request) -> Response:
    """One page of the list."""
    if request.path == "/robots.txt":
        return robots()
    if request.path != "/ths-report/report!list.action" or request.value("xmlname") != XML:
        return not_found()
    rows, number = _rows(world, day), request.number("page.pageNo", 1)
    shown = rows[(number - 1) * SIZE : number * SIZE]
    cells = "".join(
        f"<tr><td>{row['areaCode']}</td><td>{row['entName'][:6]}…</td><td>{row['year']}</td></tr>" for row in shown
    )
    hidden = escape(json.dumps(shown, ensure_ascii=False), quote=True)
    return page(
        f'<html><body><form><input type="hidden" id="gisDataJson" value="{hidden}"/>'
        f"<table id=GridView1><tr><th>行政区划代码</th><th>名称</th><th>年度</th></tr>{cells}</table>"
        f'<div class="report_page">当前第{number}页 总页数 ：<b>{-(-len(rows) // SIZE)}</b>'
        f" 总记录数 ：<b>{len(rows)}</b></div></form></body></html>"
    )


def _rows(world: World, day: date) -> list[Row]:
    return [_row(guest, day) for guest in guests(world, ENTERPRISES, skip=2)]


def _row(guest: Guest, day: date) -> Row:
    return {
        "areaCode": guest.region, "corpCode": guest.uscc[8:17], "entName": guest.name,
        "entType": guest.sector.split(",")[0],
        "provinceName": "示例省", "year": str(day.year),
    }  # fmt: skip


def planted(world: World, day: date) -> Iterable[Planted]:
    """Every row as the hidden field holds it."""
    for row in _rows(world, day):
        yield Planted(
            "listing", row, {"name": row["entName"], "external_id": row["corpCode"], "region": row["areaCode"]}
        )


def total(world: World, day: date) -> dict[str, int]:
    """总记录数."""
    return {"listing": ENTERPRISES}


SITE = FamilySite("registry", answer, planted, total)
