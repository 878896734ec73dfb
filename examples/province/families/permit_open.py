"""排污许可证 beside the duty site: history with changed numbers, sub-pages, the permit's own disclosure table, notices.

Outlets' places are AES text in a script and one sub-page is encrypted whole, as the real platform hides them.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from html import escape

from ..facts import outlets
from ..identity import hex32
from ..model import Firm, World
from ..pages.http import FOOTER, Request, Response, not_found, page, redirect, robots
from ..pages.permit import HEADERS, validity
from ..places import CITIES, PROVINCE_NAME
from . import bulletin
from .permit_history import history, number_of
from .site import FamilySite, Planted

LIST = "/perxxgkinfo/syssb/xkgg/xkgg!licenseInformation.action"
DETAIL = "/perxxgkinfo/xkgkAction!xkgk.action"
ERROR = "/perxxgkinfo/errorinfo.jsp"
KEY = hex32("permit-open")
ROWS = 8
DISCLOSURE = ["公开方式", "时间节点", "公开内容", "其他信息"]
LINES = (
    ("通过企业环境信息依法披露系统等便于公众知晓的形式公开", "每年3月15日前披露上一年度1月1日至12月31日的环境信息",
     "年度环境信息依法披露报告和临时报告", "《企业环境信息依法披露管理办法》"),
    ("在全国排污许可证管理信息平台公开监测数据", "于监测工作完成后五个工作日内", "自行监测数据", "环办监测〔2023〕5号"),
    ("全国排污许可证管理信息平台", "次年1月31日前", "排污许可证执行报告年报", ""),
)  # fmt: skip
EMISSION = ["排放口编号", "排放口名称", "污染物种类", "许可排放浓度限值", "许可年排放量限值（t/a）"]
REGISTERS = {
    "xkgg_zxggList": ("排污许可证注销公告", ["省份", "地市", "许可证编号", "单位名称", "注销时间", "注销原因"]),
    "xkgg_cxggList": ("排污许可证撤销公告", ["省份", "地市", "许可证编号", "单位名称", "撤销时间", "撤销原因"]),
    "xkgg_yssmList": ("排污许可证遗失声明", ["省份", "地市", "许可证编号", "单位名称", "声明日期"]),
    "xxgkXqzgList": ("排污限期整改公告", ["省份", "地市", "单位名称", "整改内容", "整改期限"]),
}
LINES_OF = {"xkgg_zxggList": (0, 9), "xkgg_cxggList": (9, 12), "xkgg_yssmList": (12, 14), "xxgkXqzgList": (0, 0)}


@lru_cache(maxsize=8)
def holders(world: World, day: date) -> tuple[Firm, ...]:
    """Eighteen settled holders, newest permit first."""
    found = [firm for firm in bulletin.settled(world, day) if firm.permit and firm.permit.known(day)][:18]
    return tuple(sorted(found, key=lambda firm: firm.key, reverse=True))


def answer(world: World, day: date, request: Request) -> Response:
    """Any page of the platform."""
    if request.path == "/robots.txt":
        return robots()
    if request.path == ERROR:
        return page(_frame("<p>请访问首页，点击许可信息公开查询。</p>"))
    if request.path == LIST and request.method == "GET":
        return page(_frame(f'<form method="post"><input type="hidden" name="tempReportKey" value="{KEY}"></form>'))
    if request.path == LIST:
        return _list(world, day, request) if request.value("tempReportKey") == KEY else redirect(ERROR)
    if request.path == DETAIL:
        return _permit(world, day, request)
    name = request.path.rpartition("!")[2].removesuffix(".action")
    return _register(world, day, name, request.number("pageIndex", 1)) if name in REGISTERS else not_found()


def _frame(body: str) -> str:
    return f'<html><head><meta charset="utf-8"><title>排污许可证</title></head><body>{body}{FOOTER}</body></html>'


def _table(css: str, headers: list[str], rows: list[list[str]], cell: str = "th") -> str:
    head = "".join(f"<{cell}>{header}</{cell}>" for header in headers)
    body = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>\r\n" for row in rows)
    return f'<table class="{css}"><tr class="tbhead">{head}</tr>\r\n{body}</table>'


def _stated(total: int, pages: int) -> str:
    return f'<script>var totalPages = {pages};</script><div class="page">共{pages}页 共{total}条</div>'


# -- the list and a permit's own page -----------------------------------------------------------------------------


def _line(firm: Firm, day: date) -> dict[str, str]:
    assert firm.permit is not None
    last = history(firm, day)[-1]
    values = (PROVINCE_NAME, CITIES[firm.city].name, number_of(firm), firm.name, firm.industry,
              validity(last.version), last.version.start.isoformat(), firm.permit.management, "查看")  # fmt: skip
    return dict(zip(HEADERS, values, strict=True))


def _list(world: World, day: date, request: Request) -> Response:
    found, number = holders(world, day), request.number("page.pageNo", 1)
    rows = []
    for firm in found[(number - 1) * ROWS : number * ROWS]:
        cells = [escape(text) for text in list(_line(firm, day).values())[:-1]]
        link = f'<a href="{DETAIL}?xkgk=getxxgkContent&amp;dataid={_dataid(firm)}">查看</a>'
        rows.append([*cells, link])
    pages = max(1, -(-len(found) // ROWS))
    return page(_frame(_table("tabtd", HEADERS, rows, "td") + _stated(len(found), pages)))


def _dataid(firm: Firm) -> str:
    return hex32("permit-open", firm.key)


def _permit(world: World, day: date, request: Request) -> Response:
    firm = next((firm for firm in holders(world, day) if _dataid(firm) == request.value("dataid")), None)
    tab = request.value("xkgk").removesuffix("_xkzgk")
    if firm is None:
        return page("未找到对应文件！")
    if tab == "getxxgkContent":
        return _content(firm, day)
    if tab == "approvespinfoopen":
        rows = [[escape(text) for text in line] for line in _lines(firm)]
        return page(_frame("<h3>信息公开</h3>" + _table("tab0", DISCLOSURE, rows)))
    if tab == "approveothercon":
        return page(_frame(_secret(firm, "other")))
    medium = {"approveAtmosphere": "AIR", "approveWater": "WATER"}.get(tab)
    return _emissions(firm, medium) if medium else not_found()


def _secret(firm: Firm, part: str) -> str:
    """What looks like AES text: noise, and nothing can decrypt it."""
    noise = base64.b64encode("".join(hex32(firm.key, part, n) for n in range(4)).encode()).decode()
    return f"<script>var pwd = '{hex32(firm.key)[:16]}'; var word = '{noise}';</script>"


def _content(firm: Firm, day: date) -> Response:
    lines = history(firm, day)
    rows = [[line.number, line.act, str(n), line.version.start.isoformat(), validity(line.version)]
            for n, line in enumerate(lines, 1)]  # fmt: skip
    text = (
        f"<p>{escape(firm.name)}</p><div>生产经营场所地址：{firm.address} 行业类别：{firm.industry} "
        f"所在地区：{PROVINCE_NAME}-{CITIES[firm.city].name}-{firm.county} "
        f"发证机关：{CITIES[firm.city].name}生态环境局</div>"
    )
    grid = "".join(f"<tr><th>{h}</th><td>{escape(v)}&nbsp;</td></tr>" for h, v in _pairs(firm).items())
    versions = _table("tab0", ["许可证编号", "业务类型", "版本", "办结日期", "有效期限"], rows)
    return page(_frame(f'{text}{versions}<table class="edit-grid">{grid}</table>{_secret(firm, "points")}'))


def _pairs(firm: Firm) -> dict[str, str]:
    air = [p for outlet in outlets(firm) if outlet.medium == "AIR" for p, _, _ in outlet.pollutants]
    water = [p for outlet in outlets(firm) if outlet.medium == "WATER" for p, _, _ in outlet.pollutants]
    return {"主要污染物类别": firm.sector, "大气主要污染物种类": ",".join(air) or "/",
            "废水主要污染物种类": ",".join(water) or "/", "排污权使用和交易信息": "/"}  # fmt: skip


def _lines(firm: Firm) -> tuple[tuple[str, str, str, str], ...]:
    assert firm.permit is not None
    return LINES if firm.permit.management == "重点管理" else LINES[1:]


def _emissions(firm: Firm, medium: str) -> Response:
    rows = [list(row.values()) for row in _emission_rows(firm, medium)]
    if not rows:
        return page(_frame("<h3>排放口</h3><p>暂无数据</p>"))
    return page(_frame("<h3>主要排放口</h3>" + _table("grouptable", EMISSION, rows)))


def _emission_rows(firm: Firm, medium: str) -> list[dict[str, str]]:
    return [
        dict(zip(EMISSION, (outlet.code, outlet.name, pollutant, f"{limit:g}{unit}", f"{limit * 2:.4f}"), strict=True))
        for outlet in outlets(firm) if outlet.medium == medium
        for pollutant, limit, unit in outlet.pollutants
    ]  # fmt: skip


# -- notices ------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=32)
def _noticed(world: World, day: date, name: str) -> tuple[tuple[Firm, dict[str, str]], ...]:
    start, end = LINES_OF[name]
    _, headers = REGISTERS[name]
    rows = []
    for n, firm in enumerate(holders(world, day)[start:end]):
        words = {"省份": PROVINCE_NAME, "地市": CITIES[firm.city].name, "许可证编号": number_of(firm, former=True),
                 "单位名称": firm.name, "整改期限": "6个月", "整改内容": "完善自行监测方案"}  # fmt: skip
        shown = (day - timedelta(days=30 + 40 * n)).isoformat()
        rows.append((firm, {h: words.get(h, "关闭" if h.endswith("原因") else shown) for h in headers}))
    return tuple(rows)


def _register(world: World, day: date, name: str, number: int) -> Response:
    lines = _noticed(world, day, name)
    pages = max(1, -(-len(lines) // 5))
    rows = [[escape(text) for text in row.values()] for _, row in lines[(number - 1) * 5 : number * 5]]
    empty = "" if lines else "<p>暂无数据</p>"
    return page(_frame(_table("tabtd", REGISTERS[name][1], rows, "td") + empty + _stated(len(lines), pages)))


# -- the truth ----------------------------------------------------------------------------------------------------


def _planted(world: World, day: date) -> Iterable[Planted]:
    for firm in holders(world, day):
        yield from _of_holder(firm, day)
    for name, (title, _) in REGISTERS.items():
        for firm, row in _noticed(world, day, name):
            yield Planted("permit", row, _whom(firm, row.get("许可证编号", "")), title)


def _whom(firm: Firm, number: str) -> dict[str, str]:
    told = {"name": firm.name, "uscc": number[:18], "external_id": number, "region": CITIES[firm.city].name}
    return {part: value for part, value in told.items() if value}


def _of_holder(firm: Firm, day: date) -> Iterable[Planted]:
    whom = {**_whom(firm, number_of(firm)), "region": PROVINCE_NAME + CITIES[firm.city].name}
    yield Planted("permit", _line(firm, day), whom, "")
    for n, line in enumerate(history(firm, day), 1):
        fields = {"许可证编号": line.number, "业务类型": line.act, "版本": str(n),
                  "办结日期": line.version.start.isoformat(), "有效期限": validity(line.version)}  # fmt: skip
        yield Planted("permit", fields, whom, "许可证版本")
    place = f"{PROVINCE_NAME}-{CITIES[firm.city].name}-{firm.county}"
    facts = {"生产经营场所地址": firm.address, "行业类别": firm.industry, "所在地区": place,
             "发证机关": f"{CITIES[firm.city].name}生态环境局"}  # fmt: skip
    yield Planted("permit", {**_pairs(firm), **facts}, whom, "许可内容")
    for words in _lines(firm):
        yield Planted("permit", dict(zip(DISCLOSURE, words, strict=True)), whom, "信息公开")
    for medium, tab in (("AIR", "大气污染物排放信息"), ("WATER", "水污染物排放信息")):
        for row in _emission_rows(firm, medium):
            yield Planted("permit", row, whom, f"{tab} 主要排放口")


SITE = FamilySite("permit-open", answer, _planted, lambda world, day: {"permit": len(holders(world, day))})
