"""A department on 大汉's CMS: lines come from ``dataproxy.jsp`` as XML by their numbers, key units are attached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import escape

from ..lists import HEADINGS
from ..model import World
from ..pages import pdf, xlsx
from ..pages.http import FOOTER, Request, Response, not_found, page, redirect, robots
from . import keylists
from .keylists import COLUMNS, KeyList
from .site import FamilySite, Planted

YEARS = (2016, 2017)
COLUMN, UNIT = "970", "41257"
PROXY, LIST = "/module/web/jpage/dataproxy.jsp", f"/col/col{COLUMN}/index.html"
ATTACHED = (*COLUMNS[:-1], "类别")
Line = tuple[str, str, date, KeyList | None]
"""Path, title, day, list."""


def lines(world: World) -> list[Line]:
    """The list: key lists and news in turn, newest first."""
    found: list[Line] = []
    for number, one in enumerate(keylists.lists(world, YEARS)):
        found.append((_path(one.day, 9100 - 2 * number), one.title, one.day, one))
        day = one.day - timedelta(1)
        found.append(
            (_path(day, 9099 - 2 * number), f"{one.year}年重点排污单位名录报送工作解读（{number + 1}）", day, None)
        )
    return found


def _path(day: date, number: int) -> str:
    return f"/art/{day.year}/{day.month}/{day.day}/art_{COLUMN}_{number}.html"


def answer(world: World, _: date, request: Request) -> Response:
    """The column's page, its data, its articles and their files."""
    if request.path == "/robots.txt":
        return robots()
    if request.path == "/":
        return redirect(LIST)
    all_lines = lines(world)
    if request.path == LIST:
        return page(
            _frame("名录公开", f'<div id="{UNIT}"><script type="text/xml">{_xml(all_lines, 1, 15)}</script></div>')
        )
    if request.path == PROXY:
        # Without the unit the real one answers an empty store.
        known = request.form.get("unitid") == UNIT and request.form.get("columnid") == COLUMN
        bounds = request.number("startrecord", 1), request.number("endrecord", 15)
        return Response(_xml(all_lines if known else [], *bounds).encode(), "text/xml;charset=UTF-8")
    found = next((line for line in all_lines if line[0] == request.path), None)
    if found is not None:
        return _article(found)
    attached = next((line[3] for line in all_lines if line[3] and request.path == _file(line[3])), None)
    return _attachment(attached) if attached else not_found()


def _xml(all_lines: list[Line], first: int, last: int) -> str:
    records = "".join(
        f"<record><![CDATA[<li><a target='_blank' title='{escape(title)}' href='{path}'>{escape(title[:14])}...</a>"
        f"<b>{day}</b></li>]]></record>\r\n"
        for path, title, day, _ in all_lines[first - 1 : last]
    )
    return (
        f"<?xml version='1.0' encoding='utf-8' ?><datastore><totalrecord>{len(all_lines)}</totalrecord>"
        f"<totalpage>{-(-len(all_lines) // 5)}</totalpage><recordset>\r\n{records}</recordset></datastore>"
    )


def _article(line: Line) -> Response:
    _, title, day, listed = line
    text = "<p>名录报送工作解读如下。</p>"
    if listed is not None:
        link = f'<a href="{_file(listed)}"><img src="/i/file.gif" />{escape(title)}</a>'
        text = f"<p>现予公布，共{listed.count}家。</p><p>{link}</p>"
    meta = f'<meta name="ArticleTitle" content="{escape(title)}"><meta name="PubDate" content="{day} 10:00:00">'
    return page(_frame(title, f'<div id="zoom">{text}</div>', meta))


def _file(listed: KeyList) -> str:
    """Address of the attachment: the odd years' are PDF, the even years' XLSX."""
    suffix = "pdf" if listed.year % 2 else "xlsx"
    return f"/attach/0/{listed.year}{ord(listed.city)}0c1f.{suffix}"


def _attachment(listed: KeyList) -> Response:
    rows = tuple((*row[:-1], HEADINGS[cls]) for cls, group in listed.rows.items() for row in group)
    note = f"共{listed.count}家。"
    if listed.year % 2:
        return Response(pdf.ruled(listed.title, ATTACHED, rows, len(ATTACHED) - 1, note), "application/pdf")
    return Response(xlsx.workbook(listed.title, ATTACHED, rows, len(ATTACHED) - 1, note), "application/octet-stream")


def _frame(title: str, body: str, meta: str = "") -> str:
    return (
        f'<html><head><meta charset="utf-8">{meta}<title>{escape(title)}</title></head><body>{body}'
        f"{re.sub('主办', '承办', FOOTER)}</body></html>"
    )


def planted(world: World, _: date) -> Iterator[Planted]:
    """The lists of its years: the class is a column here."""
    for one in keylists.lists(world, YEARS):
        for cls, rows in one.rows.items():
            for row in rows:
                fields = dict(zip(ATTACHED, (*row[:-1], HEADINGS[cls]), strict=True))
                subject = {"name": row[1], "uscc": row[2], "region": row[3] + row[4]}
                yield Planted("listing", fields, subject, published_at=one.day.isoformat())


def total(world: World, _: date) -> dict[str, int]:
    """The sum of what the notices state."""
    return {"listing": sum(one.count for one in keylists.lists(world, YEARS))}


SITE = FamilySite("jpage", answer, planted, total)
