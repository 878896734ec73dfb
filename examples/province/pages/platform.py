"""企事业单位环境信息公开平台: directory, enterprise page, JSON modules, attachment lists; also the frame of ``eid``."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from html import escape

from ..facts import file_id
from ..identity import stream
from ..lists import published
from ..looks import PLATFORMS
from ..model import Firm, Item, World
from .http import FOOTER, Request, Response, data, not_found, page, redirect, server_error
from .modules import CATEGORIES, MODULES, STALE_WORDS, Row, file_name
from .pdf import plain

ROWS = 20
TITLE = "企事业单位环境信息公开平台"


@lru_cache(maxsize=64)
def directory(world: World, site: str, day: date) -> list[tuple[str, Firm]]:
    """(id, enterprise) of everyone the site's directory lists on ``day``."""
    if site == "eid":
        return [(firm.eid_id, firm) for firm in world.firms if _on_list(world, firm, day)]
    firms = [firm for firm in world.firms if PLATFORMS[firm.city] == site]
    return [(firm.platform_id, firm) for firm in firms if firm.visible(site, "profile", day)]


def _on_list(world: World, firm: Firm, day: date) -> bool:
    return any(published(world.seed, firm.city, year) <= day for year in firm.years("EL"))


def find(world: World, site: str, day: date, word: str) -> Firm | None:
    """The listed enterprise of that directory id or 污染源编码."""
    return _by_word(world, site, day).get(word)


@lru_cache(maxsize=64)
def _by_word(world: World, site: str, day: date) -> dict[str, Firm]:
    entries = directory(world, site, day)
    return {firm.wry_code: firm for _, firm in entries} | dict(entries)


def answer(world: World, site: str, day: date, request: Request) -> Response:
    """Any page of the platform."""
    path = request.path
    if path == "/":
        return redirect("/jsp/view/list.jsp")
    if path == "/jsp/view/list.jsp":
        return _list(world, site, day, request)
    if path == "/jsp/view/info.jsp":
        return _info(world, site, day, request)
    if path == "/jsp/view/common/file_list2.jsp":
        return _attachments(world, site, day, request)
    if path == "/xhyf/common/filedown1.do":
        return plain(request.value("fileId"))
    if path.startswith("/jsp/view/") and path.endswith("/list.do"):
        return _module(world, site, day, request, path.split("/")[3])
    return not_found()


def frame(title: str, body: str) -> str:
    """The nested layout tables that such sites wrap everything in."""
    return (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN">\r\n<html><head>'
        f'<meta http-equiv="Content-Type" content="text/html; charset=UTF-8"><title>{title}</title></head>\r\n<body>'
        f'<table width="1000" align="center"><tr><td class="banner">&nbsp;{title}&nbsp;</td></tr>'
        f'<tr><td><table width="100%"><tr><td valign="top">\r\n{body}\r\n</td></tr></table></td></tr></table>'
        f"{FOOTER}</body></html>"
    )


def _list(world: World, site: str, day: date, request: Request) -> Response:
    entries = directory(world, site, day)
    pages = max(1, -(-len(entries) // ROWS))
    number = min(request.number("currentPage", 1), pages)
    rows = []
    for place, (identifier, firm) in enumerate(entries[(number - 1) * ROWS : number * ROWS], (number - 1) * ROWS + 1):
        name = firm.name_on(day)
        short = escape(name if len(name) < 16 else name[:14] + "…")
        rows.append(
            f'<tr onclick="showInfo(\'{identifier}\')" style="cursor:pointer">\r\n\t<td>{place}</td>'
            f'<td title="{escape(name)}">\r\n\t\t{short}&nbsp;</td><td>{firm.county}</td>'
            f'<td title="{firm.sector}">{firm.sector}</td></tr>'
        )
    body = (
        '<table class="Llist limit"><tr><th>序号</th><th>单位名称</th><th>区县</th><th>类别</th></tr>\r\n'
        + "\r\n".join(rows)
        + f'</table><div class="page"><span>首页</span><span>第{number}页</span><span>共{pages}页</span>'
        f"<span>共{len(entries)}条</span><span>下一页</span></div>"
        '<form method="post" action="list.jsp"><input type="hidden" name="currentPage"></form>'
    )
    return page(frame("企业环境信息依法披露系统" if site == "eid" else TITLE, body))


def _info(world: World, site: str, day: date, request: Request) -> Response:
    firm = find(world, site, day, request.value("id"))
    if firm is None:
        return not_found()
    if firm.is_broken(site, "profile", day):
        return server_error()
    profile = next(iter(firm.visible(site, "profile", day)), None)
    cells = _pairs(firm, day, profile)
    rows = "".join(f"<tr><th>{header}</th><td>\r\n\t\t\t{value}&nbsp;</td></tr>\r\n" for header, value in cells.items())
    return page(frame(TITLE, f'<table class="info">{rows}</table>'))


def _pairs(firm: Firm, day: date, profile: Item | None) -> dict[str, str]:
    """Header → cell of the enterprise page, with the site's blanks and tabs."""
    rng = stream(0, firm.key, "info")
    blank = profile.blank if profile else frozenset()
    mark = profile.mark if profile else None
    stated = profile.stated.isoformat() if profile and profile.stated else ""
    about = {"stale": f"{STALE_WORDS}。", "contradicted": "今年产量创新高。"}.get(mark or "", "详见&nbsp;年度报告。")
    return {
        "单位名称": escape(firm.name_on(day)),
        "注册号/统一社会信用代码": firm.uscc,
        "法定代表人": firm.legal_rep,
        "是否属上市公司": rng.choice(("否", "否", "是", "")),
        "成立日期": f"{rng.randint(1995, 2015)}-06-18",
        "经营范围": f"{firm.product}的生产、销售",
        "污染源名称": escape(firm.name_on(day)),
        "污染源编码": firm.wry_code,
        "污染源类别": firm.sector,
        "行业大类": firm.industry[:6],
        "所属小类": firm.industry,
        "生产地址": firm.address,
        "行政区划": firm.county,
        "主管部门": "null",
        "联系人": "环保办公室",
        "联系电话": firm.phone,
        "电子邮箱": "",
        "是否已核发全国许可证": "是" if firm.permit else "",
        "地理坐标(经度)": f"{110 + rng.random():.6f}",
        "地理坐标(纬度)": f"{30 + rng.random():.5f}",
        "生产周期": "330&nbsp;天/年&nbsp;&nbsp;&nbsp;&nbsp;\r\n\t\t\t\t\t\t24&nbsp;时/天",
        "是否停产": "是" if mark == "contradicted" else "否",
        "是否日排放量100立方米以上的直排海污染源": "",
        "生产情况简介": f"主要生产{firm.product}。\r\n{about}",
        "主要产品": "" if "products" in blank else firm.product,
        "生产规模": "" if "products" in blank else f"{rng.randint(1, 90)}万吨/年",
        "发布时间": stated,
    }


def _module(world: World, site: str, day: date, request: Request, module: str) -> Response:
    if module not in MODULES or site == "eid":
        return not_found()
    firm = find(world, site, day, request.value("wryCode") or request.value("pscode"))
    if firm is None:
        return Response()
    kinds, build = MODULES[module]
    if any(firm.is_broken(site, kind, day) for kind in kinds):
        return server_error()
    rows = [row for kind in kinds for item in firm.visible(site, kind, day) for row in build(firm, item, day)]
    return rows_page(_between(rows, request), request)


def _between(rows: list[Row], request: Request) -> list[Row]:
    """Measured rows inside ``beginDate``..``endDate`` (either may be empty)."""
    first, last = request.value("beginDate"), request.value("endDate") or "9999"
    return [row for row in rows if "stJcsj" not in row or first <= row["stJcsj"][:10] <= last]


def rows_page(rows: list[Row], request: Request) -> Response:
    """EasyUI's answer: ``{"total": N, "rows": [...]}``, and an empty body where there is nothing."""
    if not rows:
        return Response(b"", "text/html;charset=UTF-8")
    size, number = request.number("pageSize", 20), request.number("currentPage", 1)
    return data({"total": len(rows), "rows": rows[(number - 1) * size : number * size]})


def _attachments(world: World, site: str, day: date, request: Request) -> Response:
    firm = find(world, site, day, request.value("ST_EVENT_ID"))
    kind = next((k for k, (name, _) in CATEGORIES.items() if name == request.value("ST_FILE_CATEGORY")), None)
    if firm is None or kind is None:
        return page(frame("附件", '<table class="file"><tr><td>暂无附件</td></tr></table>'))
    if firm.is_broken(site, kind, day):
        return server_error()
    rows = "".join(_file_row(firm, item, day) for item in firm.visible(site, kind, day) if "plan" not in item.blank)
    head = "<tr><th>文件名称</th><th>上传时间</th><th>操作</th></tr>"
    return page(frame("附件", f'<table class="file">{head}{rows}</table>'))


def _file_row(firm: Firm, item: Item, day: date) -> str:
    name = escape(file_name(firm, item, day))
    stated = item.stated.isoformat() if item.stated else "&nbsp;"
    link = f"/xhyf/common/filedown1.do?fileId={file_id(firm, f'{item.kind}{item.period or str()}')}"
    return f'<tr><td title="{name}">{name}</td><td>{stated}</td><td><a href="{link}">下载</a></td></tr>\r\n'
