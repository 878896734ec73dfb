"""辛川市's self-monitoring platform: a list as JSON with flags of its own, a tab of tables for each matter, a pager
``1/NN页``, cells cut with their text in ``title``; online history as wide rows, an empty body where there is none."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from ..model import World
from ..pages.http import Request, Response, data, not_found, page, robots
from . import selfmonitored as facts
from .guests import Guest
from .site import FamilySite, Planted

ROWS_A_PAGE = 8
CUT = 14
PREFIX = "/monitor-pub/"


def answer(world: World, day: date, request: Request) -> Response:
    """One page of the platform."""
    path = request.path.removeprefix(PREFIX)
    if request.path == "/robots.txt":
        return robots()
    if path == "org_list.do":
        return data(facts.listed(world))
    if path == "online/history.do":
        return _history(world, day, request)
    tab, _, rest = path.partition("/")
    guest = next((g for g in facts.enterprises(world) if f"{g.id}.do" == rest), None)
    return not_found() if guest is None else _tab(world, day, request, tab, guest)


def _tab(world: World, day: date, request: Request, tab: str, guest: Guest) -> Response:
    if tab == "org_jbxx":
        return _page(guest, _pairs(facts.profile(guest)))
    if tab == "org_zdjc":
        asked = request.form.get("startTime", "")
        shown = facts.hourly(world, guest, date.fromisoformat(asked)) if asked and asked <= day.isoformat() else []
        return _page(guest, _paged(facts.HOURLY, shown, request.number("pageIndex", 1)))
    rows = {
        "org_sdjc": lambda: (facts.HOURLY, facts.manual(world, guest, day)),
        "org_wjcyy": lambda: (facts.STOPS, facts.stops(guest, day)),
        "org_jcfa": lambda: (facts.FILES, facts.files(guest, day, "自行监测方案")),
        "org_ndbg": lambda: (facts.FILES, facts.files(guest, day, "自行监测年度报告")),
    }.get(tab)
    return not_found() if rows is None else _page(guest, _table(*rows(), 0))


def _history(world: World, day: date, request: Request) -> Response:
    """Values that are not there are null; an enterprise without a station answers nothing at all."""
    body = json.loads(request.body or b"{}")
    guest = next((g for g in facts.enterprises(world) if g.id == body.get("orgId")), None)
    rows = facts.wide(world, guest, day) if guest else None
    if rows is None:
        return Response(b"", "application/json;charset=UTF-8")
    return data({"total": len(rows), "rows": [{name: value or None for name, value in row.items()} for row in rows]})


def _page(guest: Guest, content: str) -> Response:
    tabs = "".join(
        f'<li><a href="{PREFIX}{tab}/{guest.id}.do">{name}</a></li>'
        for tab, name in (("org_jbxx", "基本信息"), ("org_jcfa", "监测方案"), ("org_zdjc", "自动监测"))
    )
    return page(f"<html><head><title>{guest.name}</title></head><body><ul>{tabs}</ul>{content}</body></html>")


def _pairs(fields: dict[str, str]) -> str:
    rows = "".join(f"<tr><th>{name}</th><td>&nbsp;{value}\r\n</td></tr>" for name, value in fields.items())
    return f'<table class="tb_info">{rows}</table>'


def _paged(headers: tuple[str, ...], rows: list[dict[str, str]], number: int) -> str:
    pages = max(1, -(-len(rows) // ROWS_A_PAGE))
    start = (number - 1) * ROWS_A_PAGE
    table = _table(headers, rows[start : start + ROWS_A_PAGE], start)
    return f'{table}<div class="pager">{number}/{pages}页 <a href="javascript:go(1)">首页</a></div>'


def _table(headers: tuple[str, ...], rows: list[dict[str, str]], before: int) -> str:
    head = "".join(f"<th>{name}</th>" for name in ("序号", *headers))
    body = "".join(_row([str(number), *row.values()]) for number, row in enumerate(rows, before + 1))
    body = body or f'<tr><td colspan="{len(headers) + 1}">暂无数据</td></tr>'
    return f'<table class="tb_ls"><tr>{head}</tr>{body}</table>'


def _row(cells: list[str]) -> str:
    shown = "".join(f'<td title="{text}">{_cut(text)}</td>' for text in cells)
    return f"<tr>{shown}</tr>"


def _cut(text: str) -> str:
    return f"{text[:CUT]}..." if len(text) > CUT else text


def planted(world: World, day: date) -> Iterable[Planted]:
    """Everything that the platform shows."""
    for row, guest in zip(facts.listed(world), facts.enterprises(world), strict=True):
        flags = {name: "" if value in (None, "null") else value for name, value in row.items()}
        yield Planted("listing", flags, {"name": guest.name, "external_id": guest.id, "region": guest.county})
        yield from _of(world, day, guest)


def _of(world: World, day: date, guest: Guest) -> Iterator[Planted]:
    whom = {"name": guest.name, "uscc": guest.uscc, "external_id": guest.id, "region": guest.county}
    yield Planted("profile", facts.profile(guest), whom)
    for back in range(facts.DAYS):
        yield from _numbered("monitoring", facts.hourly(world, guest, day - timedelta(days=back)), whom)
    yield from _numbered("monitoring", facts.manual(world, guest, day), whom)
    yield from _numbered("monitoring", facts.stops(guest, day), whom)
    for kind, what in (("monitoring_plan", "自行监测方案"), ("other", "自行监测年度报告")):
        for record in _numbered(kind, facts.files(guest, day, what), whom):
            yield Planted(kind, record.fields, whom, published_at=record.fields["发布时间"])
    for row in facts.wide(world, guest, day) or []:
        for made in facts.long(row):
            yield Planted("monitoring", made, whom)


def _numbered(kind: str, rows: list[dict[str, str]], whom: dict[str, str]) -> Iterator[Planted]:
    for number, row in enumerate(rows, 1):
        yield Planted(kind, {"序号": str(number), **row}, whom)


def total(world: World, day: date) -> dict[str, int]:
    """The list is whole in one answer: as many as it has."""
    return {"listing": len(facts.enterprises(world))}


SITE = FamilySite("self-monitoring", answer, planted, total)
