"""A third party's records of violations: answers that only look like JSON, with single quotes and bare keys, whose
content is a table written by JavaScript's ``escape``; 201 where a login is wanted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import quote

from ..identity import stream
from ..model import World
from ..pages.http import Request, Response, not_found, robots
from .guests import Guest, guests
from .site import FamilySite, Planted

SIZE = 8
TYPES = {"0": ("废水", 19), "1": ("废气", 6), "2": ("固废", 0)}
HEADERS = ("企业名称", "所在地区", "记录年份", "违规类型", "数据来源")


def escape(text: str) -> str:
    """As JavaScript's ``escape``: ``%uXXXX`` above 255, ``%XX`` below."""
    return "".join(
        char if char.isascii() and (char.isalnum() or char in "@*_+-./")
        else f"%u{ord(char):04X}" if ord(char) > 255 else quote(char, safe="", encoding="latin-1")
        for char in text
    )  # fmt: skip


def answer(world: World, day: date, request: Request) -> Response:
    """One answer; no other command than ``getrecords`` is open to all."""
    if request.path == "/robots.txt":
        return robots()
    if request.path != "/data_ashx/GetData.ashx" or request.method != "POST":
        return not_found()
    if request.query.get("xx") != "getrecords":
        return _said("{isSuccess:'201',content:'%u8BF7%u767B%u5F55',}")
    rows, number = _rows(world, day, request.form.get("type", "0")), request.number("pageindex", 1)
    shown = rows[(number - 1) * SIZE : number * SIZE]
    content = escape(_table(shown)) if shown else ""
    return _said(f"{{isSuccess:'1',count:'{len(rows)}',content:'{content}',}}")


def _said(text: str) -> Response:
    return Response(text.encode("ascii"), "text/plain;charset=utf-8")


def _table(rows: list[dict[str, str]]) -> str:
    head = "".join(f"<th>{name}</th>" for name in HEADERS)
    body = "".join(_cells(row) for row in rows)
    return f"<table><tr>{head}</tr>{body}</table>"


def _cells(row: dict[str, str]) -> str:
    shown = "".join(f"<td>{value}</td>" for value in row.values())
    return f"<tr>{shown}</tr>"


def _rows(world: World, day: date, kind: str) -> list[dict[str, str]]:
    medium, count = TYPES[kind]
    return [_row(world, day, guest, medium) for guest in guests(world, count, skip=8)]


def _row(world: World, day: date, guest: Guest, medium: str) -> dict[str, str]:
    rng = stream(world.seed, guest.id, "record", medium)
    values = (
        guest.name, guest.county, str(day.year - rng.randint(1, 6)), f"{medium}：超标排放'{rng.randint(1, 9)}次'",
        f"{guest.county}生态环境局 & 示例省生态环境厅",
    )  # fmt: skip
    return dict(zip(HEADERS, values, strict=True))


def planted(world: World, day: date) -> Iterable[Planted]:
    """Every record of every type."""
    for kind in TYPES:
        for row in _rows(world, day, kind):
            yield Planted("penalty", row, {"name": row["企业名称"], "region": row["所在地区"]})


def total(world: World, day: date) -> dict[str, int]:
    """The sum of the counts that the queries state."""
    return {"penalty": sum(count for _, count in TYPES.values())}


SITE = FamilySite("pseudo", answer, planted, total)
