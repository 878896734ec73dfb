"""双公示 as a provincial office runs it: lines that a script opens, each with a page of sixteen th/td rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from html import escape

from ..identity import stream
from ..model import Firm, World
from ..pages.http import FOOTER, Request, Response, not_found, page, robots
from . import bulletin
from .decision_texts import ACTS, SUMS
from .site import FamilySite, Planted

BASE = "/sgs/business/sgs/wzsgs/sgscontroller/"
ROWS = 6


@lru_cache(maxsize=8)
def _cases(world: World, day: date) -> tuple[tuple[str, date, dict[str, str], Firm], ...]:
    """Number on the site, day shown, the sixteen rows, the firm; newest first."""
    found = [_case(world, firm, number, day) for number, firm in enumerate(bulletin.settled(world, day)[30:44])]
    return tuple(sorted(found, key=lambda case: (case[1], case[0]), reverse=True))


def _case(world: World, firm: Firm, number: int, last: date) -> tuple[str, date, dict[str, str], Firm]:
    rng = stream(world.seed, firm.key, "penalty-open")
    law, _, article, fact = ACTS[number % len(ACTS)]
    _, wan = SUMS[number % len(SUMS)]
    decided = last - timedelta(days=rng.randint(15, 400))
    document = "" if number == 5 else f"示环开罚字〔{decided.year}〕{number + 1}号"
    rows = {
        "行政处罚决定书文号": document, "行政相对人名称": firm.name, "行政相对人类别": "法人及非法人组织",
        "统一社会信用代码": firm.uscc, "工商注册号": "", "组织机构代码": firm.organisation, "税务登记号": "",
        "事业单位证书号": "", "违法行为类型": "超标排放", "违法事实": fact, "处罚依据": law + article,
        "处罚类别": "罚款",
        "处罚内容": f"罚款{wan}万元", "罚款金额（万元）": f"{float(wan):.2f}", "处罚机关": "示例省生态环境厅",
        "处罚决定日期": decided.isoformat(),
    }  # fmt: skip
    return str(7000 + number), decided + timedelta(days=6), rows, firm


def _answer(world: World, day: date, request: Request) -> Response:
    if request.path == "/robots.txt":
        return robots()
    if request.path == BASE + "sgsXzcfGsList":
        return _list(world, day, request.number("P_CURRENT", 1))
    if request.path == BASE + "XzcfGsView":
        found = next((case for case in _cases(world, day) if case[0] == request.value("XH")), None)
        return _view(found[1], found[2]) if found else not_found()
    return not_found()


def _title(rows: dict[str, str]) -> str:
    return f"{rows['行政相对人名称']}行政处罚信息"


def _list(world: World, day: date, number: int) -> Response:
    cases = _cases(world, day)
    pages = max(1, -(-len(cases) // ROWS))
    lines = "".join(
        f'<li><a href="javascript:void(0)" onclick="showXzcf(\'{code}\')">{escape(bulletin.shown(_title(rows)))}</a>'
        f"<span>{shown}</span></li>\r\n"
        for code, shown, rows, _ in cases[(number - 1) * ROWS : number * ROWS]
    )
    return page(
        f'<html><head><title>行政处罚公示</title></head><body><form method="post"><ul class="main-list">{lines}</ul>'
        f'</form><div class="pages">共{pages}页 共{len(cases)}条</div>{FOOTER}</body></html>'
    )


def _view(shown: date, rows: dict[str, str]) -> Response:
    body = "".join(f"<tr><th>{header}</th><td>{escape(value)}&nbsp;</td></tr>\r\n" for header, value in rows.items())
    return page(
        f"<html><head><title>行政处罚信息公示</title></head><body><h1>{_title(rows)}</h1><p>公示日期：{shown}</p>"
        f'<div class="content"><table class="detail">{body}</table></div>{FOOTER}</body></html>'
    )


def _planted(world: World, day: date) -> Iterable[Planted]:
    for _, shown, rows, firm in _cases(world, day):
        yield Planted("penalty", rows, {"name": firm.name, "uscc": firm.uscc}, _title(rows), shown.isoformat())


SITE = FamilySite("penalty-open", _answer, _planted, lambda _world, _day: {})
