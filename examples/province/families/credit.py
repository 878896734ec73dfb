"""企业环境信用评价 of a province: an ASP.NET WebForms page whose address never changes, turned by ``__doPostBack``."""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, b64encode
from collections import OrderedDict
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from html import escape
from itertools import count
from threading import Lock

from ..identity import hex32, stream
from ..model import World
from ..pages.http import FOOTER, Request, Response, not_found, page, redirect, robots
from .invented import Other, others
from .site import FamilySite, Planted

ROWS = 10
YEARS = {"2019": 47, "2020": 38, "2021": 0}
GRADES = ("诚信", "良好", "良好", "良好", "警示", "不良")
COLUMNS = ("序号", "企业名称", "组织机构代码", "所属省辖市", "所属县（区）", "评价年度", "评价批次", "信用等级")
PATH = "/xycx.aspx"
RECYCLED = ("2019", 3)
"""After this page is served to a session the server forgets the states it has given out, once: as when it recycles."""
_sessions: OrderedDict[str, int] = OrderedDict()
_numbers, _lock = count(1), Lock()


@lru_cache(maxsize=16)
def rows(world: World, year: str) -> tuple[dict[str, str], ...]:
    """The evaluation of one year, every value as the grid prints it."""
    return tuple(_row(world, firm, year, number) for number, firm in enumerate(others(world, "credit", 60), 1)
                 if number <= YEARS[year])  # fmt: skip


def _row(world: World, firm: Other, year: str, number: int) -> dict[str, str]:
    grade = stream(world.seed, "grade", firm.name, year).choice(GRADES)
    values = (str(number), firm.name, firm.code, firm.city, firm.county, year, "第一批", grade)
    return dict(zip(COLUMNS, values, strict=True))


def answer(world: World, _: date, request: Request) -> Response:
    """The one page, its robots.txt, and what ASP.NET says of a state that is not its own."""
    if request.path == "/robots.txt":
        return robots()
    if request.path == "/":
        return redirect(PATH)
    if request.path != PATH:
        return not_found()
    session = request.cookies.get("ASP.NET_SessionId") or hex32(world.seed, "session", next(_numbers))[:24]
    if request.method != "POST":
        return _shown(world, session, "2019", 1)
    told = _state(request.form.get("__VIEWSTATE", ""), session)
    if told is None:
        return _error("Validation of viewstate MAC failed. If this application is hosted by a Web Farm or cluster, "
                      "ensure that &lt;machineKey&gt; configuration specifies the same validationKey.")  # fmt: skip
    if request.form.get("__EVENTTARGET") != "Right$Asp_Data":
        return _shown(world, session, request.form.get("Right$ddl_year", "2019"), 1)
    if told["year"] != request.form.get("Right$ddl_year") or not request.form["__EVENTARGUMENT"].isdecimal():
        return _error("Invalid postback or callback argument. Event validation is enabled.")
    return _shown(world, session, told["year"], int(request.form["__EVENTARGUMENT"]))


def _epoch(session: str) -> int:
    with _lock:
        return _sessions.get(session, 0)


def _recycle(session: str) -> None:
    with _lock:
        _sessions.setdefault(session, 1)
        if len(_sessions) > 1000:
            _sessions.popitem(last=False)


def _signed(text: str, session: str) -> str:
    return hashlib.sha256(f"{text}:{session}:{_epoch(session)}".encode()).hexdigest()[:32]


def _state(field: str, session: str) -> dict[str, str] | None:
    """What a hidden state says; None where it is not one of this server's."""
    text, _, mark = field.partition(".")
    try:
        told: dict[str, str] = json.loads(b64decode(text))
    except ValueError:
        return None
    return told if mark == _signed(text, session) else None


def _shown(world: World, session: str, year: str, number: int) -> Response:
    all_rows = rows(world, year) if year in YEARS else ()
    pages = max(1, -(-len(all_rows) // ROWS))
    number = min(max(number, 1), pages)
    text = b64encode(json.dumps({"year": year, "page": str(number)}).encode()).decode()
    state = f"{text}.{_signed(text, session)}"
    if (year, number) == RECYCLED:
        _recycle(session)
    shown = all_rows[(number - 1) * ROWS : number * ROWS]
    made = page(_page(state, year, _grid(shown), _pager(len(all_rows), number, pages)))
    return Response(
        made.body, made.content_type, 200, (("Set-Cookie", f"ASP.NET_SessionId={session}; path=/; HttpOnly"),)
    )


def _grid(shown: tuple[dict[str, str], ...]) -> str:
    if not shown:
        return '<table id="tbdata"><tr><td colspan="8">没有找到符合条件的数据！</td></tr></table>'
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in COLUMNS)
    lines = "".join(
        "<tr>" + "".join(f"<td>\r\n\t\t{escape(value)}&nbsp;</td>" for value in row.values()) + "</tr>\r\n"
        for row in shown
    )
    return f'<table id="tbdata" cellspacing="0"><tr>{head}</tr>\r\n{lines}</table>'


def _pager(total: int, number: int, pages: int) -> str:
    links = "".join(f"<a href=\"javascript:__doPostBack('Right$Asp_Data','{n}')\">{n}</a>&nbsp;"
                    for n in range(1, pages + 1) if n != number)  # fmt: skip
    return (
        f'<div id="Right_Asp_Data">共<font color="blue"><b>{total}</b></font>条记录&nbsp;第'
        f"<b>{number}</b>页/共<b>{pages}</b>页&nbsp;{links}"
        f'<input name="Right$Asp_Data_input" type="text" value="{number}" /></div>'
    )


def _page(state: str, year: str, grid: str, pager: str) -> str:
    options = "".join(f'<option value="{y}"{" selected" * (y == year)}>{y}</option>' for y in YEARS)
    hidden = {"__EVENTTARGET": "", "__EVENTARGUMENT": "", "__LASTFOCUS": "", "__VIEWSTATE": state,
              "__VIEWSTATEGENERATOR": "867F6B77", "__EVENTVALIDATION": state[::-1]}  # fmt: skip
    fields = "".join(f'<input type="hidden" name="{n}" id="{n}" value="{escape(v)}" />\r\n' for n, v in hidden.items())
    return (
        f"<html><head><title>企业环境信用评价查询</title></head><body>\r\n"
        f'<form name="aspnetForm" method="post" action="xycx.aspx" id="aspnetForm">\r\n{fields}'
        f'<input name="Right$txt_EnpName" value="输入企业名模糊查询" /><select name="Right$ddl_year">{options}</select>'
        f'<select name="Right$ddl_batch"><option value="1">第一批</option></select>'
        f'<input type="submit" name="Right$btn_search" value="查询" />\r\n{grid}\r\n{pager}</form>'
        f"{FOOTER}</body></html>"
    )


def _error(words: str) -> Response:
    return page(f"<html><head><title>{words}</title></head><body><h1>Server Error in '/' Application.</h1>"
                f"<h2><i>{words}</i></h2><b>Exception Details:</b> System.Web.HttpException</body></html>",
                500)  # fmt: skip


def planted(world: World, _: date) -> Iterator[Planted]:
    """Every evaluation of every year."""
    for year in YEARS:
        for row in rows(world, year):
            subject = {"name": row["企业名称"], "region": row["所属省辖市"] + row["所属县（区）"]}
            yield Planted("other", row, subject)


def total(_: World, __: date) -> dict[str, int]:
    """The sum of what the pages state for each year."""
    return {"other": sum(YEARS.values())}


SITE = FamilySite("credit", answer, planted, total, cached=False)
