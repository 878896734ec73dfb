"""City F's platform after its redesign: other classes, columns and JSON keys, 200 everywhere."""

from __future__ import annotations

from datetime import date
from html import escape

from ..model import World
from .http import Request, Response, data, page
from .platform import directory, frame


def answer(world: World, site: str, day: date, request: Request) -> Response:
    """Any page: the directory as cards, the modules under new keys, everything else a portal page."""
    if request.path == "/jsp/view/list.jsp":
        cards = "".join(
            f'<tr class="row"><td class="c1"><a href="javascript:void(0)" data-key="{number}">'
            f"{escape(firm.name_on(day))}</a></td>"
            f'<td class="c2">{firm.county}</td></tr>'
            for number, firm in directory(world, site, day)
        )
        head = "<tr><td>企业</td><td>所在地</td></tr>"
        return page(frame("环境信息公开（新版）", f'<table class="ent-grid">{head}{cards}</table>'))
    if request.path.endswith("/list.do"):
        return data({"code": 0, "data": {"count": 1, "list": [{"entName": "示例", "portName": "DW001"}]}})
    return page(frame("环境信息公开（新版）", '<div id="app">页面已升级，请使用新版入口。</div>'))
