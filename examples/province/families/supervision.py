"""A bureau's results of supervisory monitoring: rows by offset from 0 that state neither total nor pages, the end being
a page without rows; a page of pairs behind each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from ..identity import stream
from ..model import World
from ..pages.http import Request, Response, data, not_found, page, robots
from .guests import Guest, guests
from .site import FamilySite, Planted

NOTICES, LIMIT = 22, 5
Row = dict[str, str]


def answer(world: World, day: date, request: Request) -> Response:
    """The list or one result."""
    if request.path == "/robots.txt":
        return robots()
    if request.path == "/mzsl/importantPollution/pageControl":
        start = int(request.form.get("start", "0"))
        return data({"rows": _rows(world, day)[start : start + LIMIT]})
    found = next((guest for guest in _firms(world) if _id(guest) == request.query.get("id")), None)
    if request.path != "/mzsl/vmdetail/polutionDetail" or found is None:
        return not_found()
    cells = list(_behind(world, found, day).items())
    rows = "".join(
        "<tr>"
        + "".join(f"<td class='k'>{name}：</td><td>{value}&nbsp;</td>" for name, value in cells[at : at + 2])
        + "</tr>"
        for at in range(0, len(cells), 2)
    )
    return page(f"<html><head><title>监测结果</title></head><body><table>{rows}</table></body></html>")


def _firms(world: World) -> tuple[Guest, ...]:
    return guests(world, NOTICES, skip=10)


def _id(guest: Guest) -> str:
    return str(88000 + guest.number)


def _rows(world: World, day: date) -> list[Row]:
    return [
        {
            "id": _id(guest),
            "title": f"{guest.name}{day.year}年第三季度监督性监测结果",
            "dateT": str(_published(guest, day)),
        }
        for guest in _firms(world)
    ]


def _published(guest: Guest, day: date) -> date:
    return day - timedelta(days=guest.number)


def _behind(world: World, guest: Guest, day: date) -> Row:
    rng = stream(world.seed, guest.id, "supervision")
    published = _published(guest, day)
    return {
        "企业名称": guest.name, "统一社会信用代码": guest.uscc, "监测日期": str(published - timedelta(days=12)),
        "监测项目": "化学需氧量" if guest.water else "二氧化硫", "监测结果": f"{rng.uniform(2, 48):.1f}",
        "标准限值": "50", "是否达标": "达标", "公示日期": str(published),
    }  # fmt: skip


def planted(world: World, day: date) -> Iterable[Planted]:
    """Each row of the list and the page behind it."""
    for guest, row in zip(_firms(world), _rows(world, day), strict=True):
        yield Planted("inspection", row, {"name": guest.name}, published_at=row["dateT"])
        told = _behind(world, guest, day)
        yield Planted("inspection", told, {"name": guest.name, "uscc": guest.uscc}, published_at=told["公示日期"])


def total(world: World, day: date) -> dict[str, int]:
    """The site states none."""
    return {}


SITE = FamilySite("supervision", answer, planted, total)
