"""辛川市's disclosure platform in the shape of Shanghai's, small and told whole: a directory by POST with ids in
``onclick``, a page of pairs each, JSON modules that answer nothing for nothing, tables of files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from ..identity import stream
from ..model import World
from ..pages.http import FOOTER, Request, Response, data, not_found, page, robots
from .guests import Guest, guests
from .site import FamilySite, Planted

ENTERPRISES, SIZE, ROWS = 6, 4, 3
"""Enterprises; of these on a page of the list; rows on a page of a module."""
Row = dict[str, str | None]
FILES = {"YJYA_YAWB": ("emergency_plan", "突发环境事件应急预案"), "OTHER_ZXJC": ("monitoring_plan", "自行监测方案")}
KINDS = {"PWXK": "permit", "JSXM": "eia", "OTHER": "other"}


def answer(world: World, day: date, request: Request) -> Response:
    """One page or answer of the platform."""
    path = request.path.removeprefix("/jsp/view/")
    if request.path == "/robots.txt":
        return robots()
    if path == "list.jsp":
        return _list(world, request.number("currentPage", 1))
    if path == "info.jsp":
        found = next((one for one in _firms(world) if _id(one) == request.query.get("id")), None)
        return _pairs(_info(found)) if found else not_found()
    if path == "pullication/info.jsp":
        found = next((one for one in _firms(world) if f"{_code(one)}-eia" == request.query.get("id")), None)
        return _pairs(_project(found)) if found else not_found()
    if path == "common/file_list2.jsp":
        return _files(world, day, request)
    return _module(world, day, request, path.removesuffix("/list.do"))


def _firms(world: World) -> tuple[Guest, ...]:
    return guests(world, ENTERPRISES, skip=30)


def _id(guest: Guest) -> str:
    return f"{1600 + guest.number}A"


def _code(guest: Guest) -> str:
    return f"{guest.uscc[8:17]}001"


def _listed(guest: Guest, number: int) -> dict[str, str]:
    return {"序号": str(number), "单位名称": guest.name, "区县": guest.county, "类别": guest.sector.split(",")[0]}


def _list(world: World, number: int) -> Response:
    firms = _firms(world)
    shown = list(enumerate(firms, 1))[(number - 1) * SIZE : number * SIZE]
    rows = "".join(
        f"<tr onclick=\"showInfo('{_id(one)}')\"><td>{at}</td><td title='{one.name}'>{one.name[:6]}...</td>"
        f"<td>{one.county}&nbsp;</td><td>{_listed(one, at)['类别']}</td></tr>"
        for at, one in shown
    )
    pages = -(-len(firms) // SIZE)
    return page(
        f"<html><body><table class='Llist limit'>{rows}</table><div class=page><span>第{number}页</span>"
        f"<span>共<b>{pages}</b>页</span><span>共{len(firms)}条</span></div>{FOOTER}</body></html>"
    )


def _info(guest: Guest) -> dict[str, str]:
    return {
        "单位名称": guest.name, "注册号/统一社会信用代码": guest.uscc, "污染源编码": _code(guest),
        "污染源类别": guest.sector,
        "行业大类": guest.industry, "生产地址": guest.address, "行政区划": guest.county, "主管部门": "",
        "是否停产": "否",
    }  # fmt: skip


def _project(guest: Guest) -> dict[str, str]:
    return {
        "建设单位": guest.name,
        "项目名称": f"{guest.industry}技术改造项目",
        "开工日期": "2019-03-01",
        "公开时间": "2021-06-30",
    }


def _pairs(fields: dict[str, str]) -> Response:
    cells = list(fields.items())
    rows = "".join(
        "<tr>" + "".join(f"<th>{name}</th><td>\r\n\t{value or 'null'}&nbsp;</td>" for name, value in cells[at : at + 2])
        + "</tr>"
        for at in range(0, len(cells), 2)
    )  # fmt: skip
    return page(f"<html><body><h1>基本信息</h1><table>{rows}</table>{FOOTER}</body></html>")


def _rows(world: World, guest: Guest, day: date, module: str) -> list[Row]:
    """The rows of one module; null, ``"null"`` and nothing stand side by side."""
    rng = stream(world.seed, guest.id, module)
    water = [("化学需氧量", "50"), ("氨氮（NH3-N）", "5"), ("总磷", "0.5"), ("PH值", "6~9")] if guest.water else []
    air = [("二氧化硫", "50"), ("颗粒物", "20")] if guest.air else []
    code = _code(guest)
    if module == "jcdw":
        rows: list[Row] = [
            {"stId": f"{code}{n}", "stProject": name, "stPfxz": limit, "jcxm_dw": "null" if name == "PH值" else "mg/L",
             "stJcpc": rng.choice(("季", "1季", "1次／季")), "stPfkbh": "DW001" if n < len(water) else "DA001",
             "stBz": None}
            for n, (name, limit) in enumerate([*water, *air])
        ]  # fmt: skip
        # A row that the platform shows twice.
        return [*rows, rows[0]]
    if module == "xzxk":
        return [
            {"stId": f"{code}-{kind}", "stTypeCode": kind, "stYkzbh": f"{guest.uscc}001P", "stFzrq": "2020-07-01"}
            for kind in list(KINDS)[: guest.number % 4]
        ]
    if module == "pullication" and guest.number % 2:
        return [{"stId": f"{code}-eia", "stXmmc": f"{guest.industry}技术改造项目", "stPwh": "", "stFbsj": "2021-06-30"}]
    if module == "sgWater" and water:
        return [
            {"stJcdName": "废水总排口", "stJcsj": str(day - timedelta(days=30 * back)), "stJcxm": "化学需氧量",
             "stJcnd": f"{rng.uniform(3, 45):.1f}", "stBzxz": "50", "stDbqk": "是"}
            for back in range(1, 5)
        ]  # fmt: skip
    return []


def _module(world: World, day: date, request: Request, module: str) -> Response:
    found = next((one for one in _firms(world) if _code(one) == request.form.get("wryCode")), None)
    if found is None:
        return not_found()
    rows, number = _rows(world, found, day, module), request.number("currentPage", 1)
    shown = {"total": len(rows), "rows": rows[(number - 1) * ROWS : number * ROWS]}
    return data(shown) if rows else Response(b"", "application/json;charset=UTF-8")


def _file_rows(guest: Guest, day: date, category: str) -> list[dict[str, str]]:
    if category not in FILES or guest.number % 3 == 0:
        return []
    return [
        {"文件名称": f"{guest.name}{FILES[category][1]}.pdf", "上传时间": str(day - timedelta(days=100 + guest.number))}
    ]


def _files(world: World, day: date, request: Request) -> Response:
    found = next((one for one in _firms(world) if _id(one) == request.query.get("ST_EVENT_ID")), None)
    if found is None:
        return not_found()
    rows = _file_rows(found, day, request.query.get("ST_FILE_CATEGORY", ""))
    cells = "".join(
        f"<tr><td><a href='/xhyf/common/filedown1.do?fileId={found.id}'>{row['文件名称']}</a></td>"
        f"<td>{row['上传时间']}</td></tr>"
        for row in rows
    )
    nothing = "" if rows else "<p>暂无数据</p>"
    return page(f"<html><body><table><tr><th>文件名称</th><th>上传时间</th></tr>{cells}</table>{nothing}</body></html>")


def planted(world: World, day: date) -> Iterable[Planted]:
    """Every row of the list, every page of pairs, every module."""
    for number, guest in enumerate(_firms(world), 1):
        listed = {"name": guest.name, "external_id": _id(guest), "region": guest.county}
        whom = {**listed, "uscc": guest.uscc}
        yield Planted("listing", _listed(guest, number), listed)
        yield Planted("profile", _info(guest), whom)
        yield from _told(world, guest, day, whom)
        for category, (kind, _) in FILES.items():
            for row in _file_rows(guest, day, category):
                yield Planted(kind, row, whom, published_at=row["上传时间"])


def _told(world: World, guest: Guest, day: date, whom: dict[str, str]) -> Iterator[Planted]:
    for module, kind in (("jcdw", "emission"), ("xzxk", ""), ("pullication", "eia"), ("sgWater", "monitoring")):
        for row in _rows(world, guest, day, module):
            fields = {name: "" if value in (None, "null") else str(value) for name, value in row.items()}
            yield Planted(kind or KINDS[fields["stTypeCode"]], fields, whom)
            if module == "pullication":
                yield Planted("eia", _project(guest), whom)


def total(world: World, day: date) -> dict[str, int]:
    """共N条 of the list."""
    return {"listing": ENTERPRISES}


SITE = FamilySite("eic", answer, planted, total)
