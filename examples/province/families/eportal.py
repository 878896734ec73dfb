"""A department on the eportal CMS: every address is ``/eportal/ui`` with a page, a module and a number; its lists of
key units are tables under headings that state their count."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from html import escape

from ..identity import hex32
from ..lists import HEADINGS
from ..model import World
from ..pages.http import FOOTER, Request, Response, not_found, page, redirect, robots
from . import keylists
from .keylists import COLUMNS, KeyList
from .site import FamilySite, Planted

PATH = "/eportal/ui"
LIST, ARTICLE, MODULE = "3499", "3500", hex32("eportal", "module")
YEARS = (2018, 2019, 2020)
LINES = 10
Line = tuple[str, str, date, KeyList | None]
"""Article key, title, day, list."""


def lines(world: World) -> list[Line]:
    """The list: key lists and news in turn, newest first."""
    found: list[Line] = []
    for number, one in enumerate(keylists.lists(world, YEARS)):
        found.append((str(68000 - 2 * number), one.title, one.day, one))
        found.append(
            (str(67999 - 2 * number), f"{one.year}年全省环境质量简报（{number + 1}）", one.day - timedelta(2), None)
        )
    return found


def answer(world: World, _: date, request: Request) -> Response:
    """One address for all."""
    if request.path == "/robots.txt":
        return robots()
    if request.path == "/":
        return redirect(f"{PATH}?pageId={LIST}&currentPage=1&moduleId={MODULE}")
    if request.path != PATH:
        return not_found()
    if request.query.get("pageId") == LIST and request.query.get("moduleId") == MODULE:
        return _index(lines(world), request.number("currentPage", 1))
    wanted = request.query.get("articleKey")
    found = next((line for line in lines(world) if line[0] == wanted), None)
    return _article(found) if found and request.query.get("pageId") == ARTICLE else not_found()


def _index(all_lines: list[Line], number: int) -> Response:
    pages = -(-len(all_lines) // LINES)
    items = "\r\n".join(
        f'<li><a href="{PATH}?pageId={ARTICLE}&amp;articleKey={key}&amp;columnId=3498" title="{escape(title)}">'
        f"{escape(title)}</a><span>[{day}]</span></li>"
        for key, title, day, _ in all_lines[(number - 1) * LINES : number * LINES]
    )
    pager = f'<div class="easysite-total-page">共<b>{len(all_lines)}</b>条&nbsp;第{number}/{pages}页</div>'
    return page(_frame("名录公开", f'<div class="wr_san"><ul>{items}</ul></div>{pager}'))


def _article(line: Line) -> Response:
    _, title, day, listed = line
    text = "<p>详见简报。</p>" if listed is None else "".join(map(_table, listed.rows.items()))
    return page(_frame(title, f'<h2>{escape(title)}</h2><p>日期：{day}</p><div id="NewsContent">{text}</div>'))


def _table(group: tuple[str, tuple[keylists.Row, ...]]) -> str:
    cls, rows = group
    head = "".join(f"<th>{name}</th>" for name in COLUMNS)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\r\n" for row in rows)
    return f"<p><strong>{HEADINGS[cls]}（{len(rows)}家）</strong></p><table><tr>{head}</tr>\r\n{body}</table>"


def _frame(title: str, body: str) -> str:
    return f'<html><head><meta charset="utf-8"><title>{escape(title)}</title></head><body>{body}{FOOTER}</body></html>'


def planted(world: World, _: date) -> Iterator[Planted]:
    """The lists of its years."""
    return keylists.planted(world, YEARS)


def total(world: World, _: date) -> dict[str, int]:
    """The sum of what the headings state."""
    return {"listing": sum(one.count for one in keylists.lists(world, YEARS))}


SITE = FamilySite("eportal", answer, planted, total)
