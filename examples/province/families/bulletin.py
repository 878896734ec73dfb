"""What authorities' sites of notices share: a TRS list in static pages, a notice, and of which firms they may speak.

A family site must not change what is owed or met: it speaks of firms whose item on EIA and permits is settled.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape

from ..model import Firm, World
from ..pages.http import FOOTER, Request, Response, not_found, page, robots

APART = frozenset({"renamed", "shared-code-1", "shared-code-2", "same-name-1", "same-name-2", "wrong-check-digit",
                   "no-channel"})  # fmt: skip
"""Parts whose identity is a test of its own."""
ROWS = 12


@dataclass(frozen=True)
class Bulletin:
    """One notice: its address below the list, title, day and the HTML of its text."""

    path: str
    title: str
    day: date
    body: str


@lru_cache(maxsize=8)
def settled(world: World, day: date) -> tuple[Firm, ...]:
    """Firms with an own name and code whose item on EIA and permits is met or late by then, whatever else is found."""
    return tuple(firm for firm in world.firms if firm.role not in APART and _is_settled(world, firm, day))


def _is_settled(world: World, firm: Firm, day: date) -> bool:
    # The script that both follow names the family sites: they can only be asked once those are known.
    from ..duties import owed
    from ..judging import judge

    states = {judge(firm, duty, day).state for duty in owed(world, firm, day) if duty.obligation == "O31-4"}
    return states <= {"met", "late"}


def answer(root: str, bulletins: list[Bulletin], request: Request, total: bool = False) -> Response:
    """The list in pages (``index.html``, ``index_1.html`` …) and the notices below ``root``."""
    if request.path == "/robots.txt":
        return robots()
    if match := re.fullmatch(re.escape(root) + r"(?:index(?:_(\d+))?\.s?html)?", request.path):
        return _index(bulletins, int(match[1] or 0), total)
    found = next((one for one in bulletins if request.path == root + one.path), None)
    return page(_notice(found)) if found else not_found()


def _index(bulletins: list[Bulletin], number: int, total: bool) -> Response:
    pages = max(1, -(-len(bulletins) // ROWS))
    if number >= pages:
        return not_found()
    lines = "\r\n".join(
        f'<li><a href="./{one.path}" title="{escape(one.title)}">{escape(shown(one.title))}</a>'
        f"<span>{one.day}</span></li>"
        for one in bulletins[number * ROWS : (number + 1) * ROWS]
    )
    stated = f"<p>共{len(bulletins)}条</p>" if total else ""
    script = f'<script>createPageHTML({pages}, {number}, "index", "html");</script>'
    return page(_frame("信息公开", f'<ul class="list">{lines}</ul>{stated}{script}'))


def shown(title: str) -> str:
    """A title as the list prints it: cut, the whole in its attribute."""
    return title if len(title) < 26 else title[:24] + "..."


def _frame(title: str, body: str) -> str:
    return (
        f'<html><head><meta charset="utf-8"><meta name="ArticleTitle" content="{escape(title)}">'
        f"<title>{escape(title)}</title></head>\r\n<body>{body}{FOOTER}</body></html>"
    )


def _notice(one: Bulletin) -> str:
    head = f'<h1>{escape(one.title)}</h1><div class="info">来源：本厅&nbsp;&nbsp;发布时间：{one.day}</div>'
    return _frame(one.title, f'{head}<div class="TRS_Editor">{one.body}</div>')


def paragraphs(text: str) -> str:
    """Each line as a paragraph."""
    return "\r\n".join(f"<p>&nbsp;&nbsp;{escape(line)}</p>" for line in text.strip().splitlines())


def table(headers: list[str], rows: list[dict[str, str]]) -> str:
    """A ruled table whose header cells are td, as editors make it."""
    head = "".join(f"<td><b>{escape(header)}</b></td>" for header in headers)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(row[header])}</td>" for header in headers) + "</tr>\r\n" for row in rows
    )
    return f'<table border="1"><tr>{head}</tr>\r\n{body}</table>'
