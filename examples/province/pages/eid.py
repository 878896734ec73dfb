"""企业环境信息依法披露系统: the platform's frame, a list of reports and a page for each (O24 art. 12)."""

from __future__ import annotations

from datetime import date
from html import escape

from ..dues import annual_due
from ..facts import report_id
from ..identity import stream
from ..model import Firm, Item, World
from . import platform
from .http import Request, Response, not_found, page, server_error

CHAPTERS = {
    "G1": "企业基本信息",
    "G2": "企业环境管理信息",
    "G3": "污染物产生、治理与排放信息",
    "G4": "碳排放信息",
    "G5": "生态环境应急信息",
    "G6": "生态环境违法信息",
    "G7": "本年度临时环境信息依法披露情况",
    "G8": "法律法规规定的其他环境信息",
}
KINDS = {"annual_report": "年度报告", "interim_report": "临时报告"}


def answer(world: World, site: str, day: date, request: Request) -> Response:
    """Any page of the system."""
    if request.path == "/jsp/view/report/list.do":
        return _list(world, day, request)
    if request.path == "/jsp/view/report.jsp":
        return _report(world, day, request)
    return platform.answer(world, site, day, request)


def _list(world: World, day: date, request: Request) -> Response:
    firm = platform.find(world, "eid", day, request.value("wryCode") or request.value("pscode"))
    if firm is None:
        return Response()
    if firm.is_broken("eid", "annual_report", day):
        return server_error()
    items = [item for kind in KINDS for item in firm.visible("eid", kind, day)]
    rows = [_row(firm, item) for item in sorted(items, key=lambda i: i.shown, reverse=True)]
    return platform.rows_page(rows, request)


def _row(firm: Firm, item: Item) -> dict[str, str]:
    year = (item.period or "")[:4]
    words = "环境信息依法披露年度报告" if item.kind == "annual_report" else "临时环境信息依法披露报告（行政许可变更）"
    return {
        "stId": report_id(firm, item.kind, item.period),
        "stYear": year,
        "stTitle": f"{firm.name}{year}年度{words}" if item.kind == "annual_report" else f"{firm.name}{words}",
        "stType": KINDS[item.kind],
        "stWryCode": firm.wry_code,
        "stFbsj": item.stated.isoformat() if item.stated else "null",
    }


def _report(world: World, day: date, request: Request) -> Response:
    wanted = request.value("id")
    for _, firm in platform.directory(world, "eid", day):
        for kind in KINDS:
            for item in firm.visible("eid", kind, day):
                if report_id(firm, kind, item.period) == wanted:
                    return server_error() if firm.is_broken("eid", kind, day) else _page(firm, item, day)
    return not_found()


def _page(firm: Firm, item: Item, day: date) -> Response:
    year = (item.period or "")[:4]
    made = item.stated or (annual_due(int(year)) if item.kind == "annual_report" else item.shown)
    cells = {
        "企业名称": escape(firm.name_on(day)),
        "统一社会信用代码": firm.uscc,
        "报告年度": year,
        "编制日期": f"{made.year}年{made.month}月{made.day}日",
        "发布时间": item.stated.isoformat() if item.stated else "",
    }
    if item.kind == "annual_report":
        cells |= {"承诺": "本企业承诺披露内容真实、准确、完整。", "关键环境信息提要": "详见各章。"}
    cells |= _chapters(firm, item) if item.kind == "annual_report" else _interim(firm, item)
    rows = "".join(f"<tr><th>{h}</th><td>\r\n\t\t{v}&nbsp;</td></tr>\r\n" for h, v in cells.items())
    return page(platform.frame("企业环境信息依法披露系统", f'<table class="info">{rows}</table>'))


def _chapters(firm: Firm, item: Item) -> dict[str, str]:
    """Chapter → text; a left-out chapter is a missing row in half the firms and an empty cell in the other half."""
    year = int((item.period or "0")[:4]) - (1 if item.mark == "stale" else 0)
    figure = stream(0, firm.key, "report", year).randint(10, 900)
    number = firm.permit.number if firm.permit else "未申领"
    texts = {
        "G1": f"{firm.name}，统一社会信用代码{firm.uscc}，生产地址：{firm.address}，主要产品：{firm.product}。",
        "G2": f"排污许可证编号：{number}；环境保护税已缴纳{figure}万元；未投保环境污染责任保险。",
        "G3": f"全年排放化学需氧量{figure / 10:.1f}吨、氮氧化物{figure / 5:.1f}吨，污染防治设施运行正常，达标排放。",
        "G4": "未产生：不属于碳排放权交易重点排放单位。",
        "G5": "突发环境事件应急预案已备案，全年未发生突发环境事件。",
        "G6": "无" if int(firm.key[2:]) % 3 == 0 else "本年度未受到生态环境行政处罚，未被追究刑事责任。",
        "G7": "本年度发布临时报告0份。",
        "G8": "无",
    }
    if item.mark == "contradicted":
        texts["G3"] = f"全年排放化学需氧量{figure * 10}吨，所有监测结果均达标，全年停产。"
    for chapter in item.not_produced:
        texts[chapter] = "未产生，原因：本年度企业未发生此类事项。"
    if firm.key.endswith(("1", "4", "7")):
        del texts["G4"]
    drop = int(firm.key[2:]) % 2
    kept = {c: "" if c in item.blank else t for c, t in texts.items() if not (drop and c in item.blank)}
    return {CHAPTERS[chapter]: text for chapter, text in kept.items()}


def _interim(firm: Firm, item: Item) -> dict[str, str]:
    return {
        "事项类型": "生态环境行政许可准予、变更、延续、撤销",
        "许可名称": "排污许可证",
        "许可编号": firm.permit.number if firm.permit else "",
        "文书日期": item.shown.isoformat(),
        "变更内容": "法定代表人变更",
    }
