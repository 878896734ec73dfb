"""全国排污许可证管理信息平台: list behind a session and a hidden key, detail page, execution reports by year."""

from __future__ import annotations

from datetime import date
from html import escape
from itertools import count

from ..dues import quarter_end
from ..facts import outlets, report_id
from ..identity import hex32
from ..model import Firm, Item, Permit, Version, World
from ..places import CITIES, DIRECT_CODE, DIRECT_NAME, PROVINCE_CODE, PROVINCE_NAME
from .http import FOOTER, Request, Response, data, not_found, page, redirect, server_error
from .pdf import plain

LIST = "/perxxgkinfo/syssb/xkgg/xkgg!licenseInformation.action"
DETAIL = "/perxxgkinfo/xkgkAction!xkgk.action"
ERROR = "/perxxgkinfo/errorinfo.jsp"
ROWS = 10
HEADERS = ["省/直辖市", "地市", "许可证编号", "单位名称", "行业类别", "有效期限", "发证日期", "管理类别", "查看"]
_sessions = count(1)


def answer(world: World, _site: str, day: date, request: Request) -> Response:
    """Any page of the permit platform."""
    path = request.path
    if path == "/":
        return _home()
    if path == ERROR:
        return page(_frame("<p>请访问首页，点击许可信息公开查询。</p>"))
    if path == LIST and request.method == "GET":
        return _form(day, request)
    if not _known(request):
        return redirect(ERROR)
    if path == LIST:
        return _list(world, day, request) if _key_fits(request) else redirect(ERROR)
    if path == DETAIL:
        return _detail(world, day, request)
    if path.endswith("!getRegions.action"):
        return data({"regions": _regions(request.value("parentCode"))})
    if path.endswith("!getZxbgByYear.action"):
        return _reports(world, day, request)
    if path.endswith("!downloadFile.action"):
        return page("未找到对应文件！")
    if path == "/permitrep/report/doc":
        return plain(request.value("reportId"))
    return not_found()


def _home() -> Response:
    """The 124-byte redirect by script."""
    text = f'<html><script>window.location.href="{LIST}";</script></html>'
    return Response(text.ljust(124).encode(), "text/html;charset=UTF-8", 200, (_cookie(),))


def _cookie() -> tuple[str, str]:
    number = str(next(_sessions))
    return "Set-Cookie", f"JSESSIONID={number}.{hex32('session', number)[:16]}; Path=/; HttpOnly"


def _known(request: Request) -> bool:
    number, _, check = request.cookies.get("JSESSIONID", "").partition(".")
    return bool(number) and check == hex32("session", number)[:16]


def _key(request: Request) -> str:
    return hex32("key", request.cookies.get("JSESSIONID", "").partition(".")[0])


def _key_fits(request: Request) -> bool:
    return request.value("tempReportKey") == _key(request)


def _form(_day: date, request: Request) -> Response:
    """The GET page: the search form with the session's key, no rows."""
    headers: tuple[tuple[str, str], ...] = ()
    if not _known(request):
        cookie = _cookie()
        session = cookie[1].split(";")[0].partition("=")[2]
        request = Request(request.method, request.path, cookies={"JSESSIONID": session})
        headers = (cookie,)
    body = _frame(f'<form method="post">{_hidden(_key(request))}</form><table class="tabtd">{_head()}</table>')
    return Response(body.encode(), "text/html;charset=UTF-8", 200, headers)


def _hidden(key: str) -> str:
    names = (
        "page.pageNo page.orderBy page.order province city management registerentername xkznum treadname treadcode "
        "publishtime"
    )
    fields = "".join(f'<input type="hidden" name="{name}" value="">' for name in names.split())
    return f'{fields}<input type="hidden" name="tempReportKey" value="{key}">'


def _frame(body: str) -> str:
    return (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
        "<title>全国排污许可证管理信息平台-公开端</title></head>\r\n<body><table><tr><td>"
        f"{body}</td></tr></table>{FOOTER}</body></html>"
    )


def _head() -> str:
    return '<tr class="tbhead">' + "".join(f"<td>{h}</td>" for h in HEADERS) + "</tr>\r\n"


def _listed(world: World, day: date, request: Request) -> list[tuple[Firm, Permit, Version]]:
    """Holders of a permit issued by ``day`` that fit the form, newest first, with their newest version."""
    found = [(f, f.permit, f.permit.known(day)[-1]) for f in world.firms if f.permit and f.permit.known(day)]
    province, city = request.value("province"), request.value("city")
    if province and province[:6] != PROVINCE_CODE:
        return []
    prefix = city.rstrip("0") if city else ""
    found = [entry for entry in found if entry[0].region.startswith(prefix)]
    name, number = request.value("registerentername"), request.value("xkznum")
    found = [e for e in found if name in _name(e[0], day) and number in e[1].number]
    return sorted(found, key=lambda e: (e[2].start, e[0].key), reverse=True)


def _name(firm: Firm, day: date) -> str:
    """This platform prints half-width brackets."""
    return firm.name_on(day).replace("（", "(").replace("）", ")")


def _city(firm: Firm) -> str:
    return DIRECT_NAME if firm.region == DIRECT_CODE else CITIES[firm.city].name


def _cell(text: str, width: int = 12) -> str:
    shown = text if len(text) <= width else text[: width - 1] + "..."
    return f'<td title="{escape(text)}">\r\n\t\t{escape(shown)}\r\n\t</td>'


def _list(world: World, day: date, request: Request) -> Response:
    entries = _listed(world, day, request)
    pages = max(1, -(-len(entries) // ROWS))
    number = request.number("page.pageNo", 1)
    rows = [_row(*entry, day) for entry in entries[(number - 1) * ROWS : number * ROWS]]
    body = (
        f'<form method="post">{_hidden(_key(request))}</form><table class="tabtd">{_head()}{"".join(rows)}</table>'
        f"<script>var pagesum = {pages}; var totalPages = {pages};</script>"
        f'<div class="page">共{pages}页&nbsp;共{len(entries)}条</div>'
    )
    return page(_frame(body))


def _row(firm: Firm, permit: Permit, version: Version, day: date) -> str:
    link = f'<a href="{DETAIL}?xkgk=getxxgkContent&amp;dataid={firm.dataid}" target="_blank">查看</a>'
    texts = (
        PROVINCE_NAME,
        _city(firm),
        permit.number,
        _name(firm, day),
        firm.industry,
        validity(version),
        version.start.isoformat(),
        permit.management,
    )
    return "<tr>" + "".join(_cell(text) for text in texts) + f"<td>{link}</td></tr>\r\n"


def validity(version: Version) -> str:
    """有效期限 as the platform prints it."""
    return f"{version.start}至{version.end}"


def _regions(parent: str) -> list[dict[str, str]]:
    if parent.strip("0") == "":
        return [{"regionname": PROVINCE_NAME, "regioncode": "990000000000"}]
    cities = [{"regionname": city.name, "regioncode": city.code + "00000000"} for city in CITIES.values()]
    return [*cities, {"regionname": DIRECT_NAME, "regioncode": DIRECT_CODE + "000000"}]


def _find(world: World, day: date, request: Request) -> Firm | None:
    dataid = request.value("dataid")
    return next((f for f in world.firms if f.dataid == dataid and f.permit and f.permit.known(day)), None)


def _detail(world: World, day: date, request: Request) -> Response:
    firm = _find(world, day, request)
    if firm is None or firm.permit is None or request.value("xkgk") != "getxxgkContent":
        return page("未找到对应文件！")
    place = f"{PROVINCE_NAME}-{_city(firm)}-{firm.county}"
    block = (
        f"<p>{escape(_name(firm, day))}</p><div>生产经营场所地址：{firm.address}&nbsp;&nbsp;"
        f"行业类别：{firm.industry}\r\n&nbsp;所在地区：{place}&nbsp;&nbsp;发证机关：{_city(firm)}生态环境局</div>"
    )
    versions = "".join(
        f"<tr><td>{firm.permit.number}</td><td>{version.act}</td><td>{i}</td><td>{version.start}</td>"
        f"<td>{validity(version)}</td></tr>"
        for i, version in enumerate(firm.permit.known(day), 1)
    )
    head = "".join(f"<th>{h}</th>" for h in ("许可证编号", "业务类型", "版本", "办结日期", "有效期限"))
    return page(_frame(f'{block}<table class="tab0"><tr>{head}</tr>{versions}</table>{_grid(firm)}'))


def _grid(firm: Firm) -> str:
    water = [p for o in outlets(firm) if o.medium == "WATER" for p, _, _ in o.pollutants]
    air = [p for o in outlets(firm) if o.medium == "AIR" for p, _, _ in o.pollutants]
    pairs = {
        "主要污染物类别": firm.sector,
        "大气主要污染物种类": ",".join(air) or "/",
        "大气污染物排放规律": "有组织,无组织" if air else "",
        "大气污染物排放执行标准": "GB16297-1996," if air else "/",
        "废水主要污染物种类": ",".join(water) or "/",
        "废水污染物排放规律": "连续排放，流量稳定" if water else "",
        "废水污染物排放执行标准": "GB8978-1996" if water else "/",
        "排污权使用和交易信息": "/",
    }
    rows = "".join(f"<tr><th>{h}</th><td>{escape(v)}&nbsp;</td></tr>" for h, v in pairs.items())
    hidden = f'<input type="hidden" id="longitude" value="{110.5}"><input type="hidden" id="latitude" value="{30.5}">'
    return f'<table class="edit-grid">{rows}</table>{hidden}'


def _reports(world: World, day: date, request: Request) -> Response:
    firm, year = _find(world, day, request), request.value("reportYear")
    if firm is None:
        return data([])
    if firm.is_broken("permit", "permit_report", day):
        return server_error()
    items = [item for item in firm.visible("permit", "permit_report", day) if item.period == year]
    rows = [_report(firm, item, f"{year}年年报", "年报") for item in items]
    return data(_quarterly(firm, year, day) + rows)


def _report(firm: Firm, item: Item, words: str, kind: str) -> dict[str, str | None]:
    stated = item.stated.isoformat() if item.stated else None
    identifier = report_id(firm, "permit_report", "2016年年报" if item.mark == "stale" else words)
    number = firm.permit.number if firm.permit else ""
    if item.mark == "contradicted":
        number = "91990199MA9000000X001P"
    return {
        "reportTime": words,
        "type": kind,
        "docUrl": f"/permitrep/report/doc?reportId={identifier}",
        "publishTime": stated,
        "xkznum": number,
        "reportId": identifier,
    }


def _quarterly(firm: Firm, year: str, day: date) -> list[dict[str, str | None]]:
    """Quarter reports of holders under 重点管理 since 2021; no duty is judged on them."""
    if firm.permit is None or firm.permit.cls != "PK" or not year.isdecimal() or int(year) < 2021:
        return []
    rows: list[dict[str, str | None]] = []
    for quarter in range(1, 5):
        end = quarter_end(f"{year}Q{quarter}")
        shown = date.fromordinal(end.toordinal() + 14)
        if shown <= day and any(v.start <= end <= v.end for v in firm.permit.versions):
            item = Item("permit", "permit_report", shown, f"{year}Q{quarter}", shown)
            rows.append(_report(firm, item, f"{year}年第{quarter:02d}季度季报", "季报"))
    return rows
