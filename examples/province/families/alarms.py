"""辛川市's alarms of online monitoring: a list asked by a JSON body from page 0, alarms as lists in its rows, an object
behind each row, repairs as JSONP. Without the session that a first page opens it answers 200 with code 401."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from ..identity import stream
from ..model import World
from ..pages.http import Request, Response, data, not_found, page, robots
from .guests import Guest, guests
from .site import FamilySite, Planted

ENTERPRISES, SIZE = 13, 5
COOKIE = "ALARMSESSION"
FACTORS = {
    "w01018": ("化学需氧量", 50.0),
    "w21003": ("氨氮", 5.0),
    "a21026": ("二氧化硫", 50.0),
    "a21002": ("氮氧化物", 100.0),
}
Row = dict[str, str]


def answer(world: World, day: date, request: Request) -> Response:
    """One page or answer of the site."""
    if request.path == "/robots.txt":
        return robots()
    if request.path == "/alarm/index.html":
        opened = page("<html><head><title>报警信息</title></head><body><div id=app></div></body></html>")
        return Response(opened.body, opened.content_type, 200, (("Set-Cookie", f"{COOKIE}=opened; Path=/"),))
    if request.cookies.get(COOKIE) != "opened":
        return data({"code": 401, "message": "会话已超时，请刷新页面", "data": None})
    if request.path == "/alarm/api/company/page":
        return _list(world, day, json.loads(request.body or b"{}"))
    if request.path == "/alarm/api/repair":
        return _repairs(world, day, request)
    _, _, found = request.path.rpartition("/alarm/api/company/")
    guest = next((one for one in _firms(world) if one.id == found), None)
    return data({"code": 200, "data": _behind(world, guest)}) if guest else not_found()


def _firms(world: World) -> tuple[Guest, ...]:
    return guests(world, ENTERPRISES, skip=5)


def _list(world: World, day: date, asked: dict[str, Any]) -> Response:
    number, size = asked["pageNum"], asked["pageSize"]
    # An interface that is typed: a page's number in quotes is an error there.
    if not isinstance(number, int) or asked.get("condition", {}).get("regionCode") != "9908":
        return data({"code": 500, "message": "参数类型不正确", "data": None})
    firms = _firms(world)[number * size : (number + 1) * size]
    rows = [{**_row(one), "alarms": _alarms(world, one, day)} for one in firms]
    return data({"code": 200, "message": None, "data": {"list": rows, "total": ENTERPRISES}})


def _row(guest: Guest) -> Row:
    return {"companyId": guest.id, "companyName": guest.name, "creditCode": guest.uscc, "regionName": guest.county}


def _codes(guest: Guest) -> list[str]:
    return [code for code in FACTORS if (code[0] == "w" and guest.water) or (code[0] == "a" and guest.air)]


def _alarms(world: World, guest: Guest, day: date) -> list[Row]:
    rng = stream(world.seed, guest.id, "alarms")
    rows = []
    for code in _codes(guest)[: guest.number % 3]:
        name, limit = FACTORS[code]
        value, hour = (
            limit * rng.uniform(1.05, 2.5),
            f"{day - timedelta(days=rng.randint(1, 20))} {rng.randint(0, 23):02d}:00:00",
        )
        rows.append({
            "fatorName": name, "alarmValueScope": f"{value:.2f}~{value:.2f}", "standardValue": f"{limit:g}",
            "overTimesScope": f"{value / limit - 1:.2f}", "hour": hour, "portId": f"{guest.number}01",
            "portName": f"{'废水' if code[0] == 'w' else '废气'}总排口",
        })  # fmt: skip
    return rows


def _behind(world: World, guest: Guest) -> dict[str, Any]:
    """Numbers stand as numbers: 50.0 keeps its digits."""
    media = [("废水", "w")] * guest.water + [("废气", "a")] * guest.air
    ports = [
        {"portId": f"{guest.number}{number:02d}", "portName": f"{medium}总排口", "factors": _factors(guest, letter)}
        for number, (medium, letter) in enumerate(media, 1)
    ]
    return {
        "info": {**_row(guest), "industry": guest.industry, "address": guest.address, "remark": None, "ports": ports}
    }


def _factors(guest: Guest, letter: str) -> list[dict[str, Any]]:
    return [
        {"factorCode": code, "factorName": FACTORS[code][0], "limit": FACTORS[code][1], "online": True}
        for code in _codes(guest) if code[0] == letter
    ]  # fmt: skip


def _repair_rows(world: World, guest: Guest, day: date) -> list[Row]:
    return [
        {"facilityName": f"{number}#治理设施", "running": "检修", "beginTime": str(day - timedelta(days=9 * number))}
        for number in range(1, 1 + (guest.number % 4) * 2)
    ]


def _repairs(world: World, day: date, request: Request) -> Response:
    guest = next(one for one in _firms(world) if one.id == request.value("companyId"))
    rows, number = _repair_rows(world, guest, day), request.number("pageNo", 1)
    shown = {"content": rows[(number - 1) * 4 : number * 4], "totalPages": -(-len(rows) // 4), "number": number}
    text = f"/**/{request.value('callback')}({json.dumps(shown, ensure_ascii=False)});"
    return Response(text.encode(), "application/javascript;charset=UTF-8")


def planted(world: World, day: date) -> Iterable[Planted]:
    """Rows, their alarms, what stands behind each with its outlets' factors, repairs."""
    for guest in _firms(world):
        whom = {"name": guest.name, "uscc": guest.uscc, "external_id": guest.id, "region": guest.county}
        yield Planted("listing", _row(guest), whom)
        for row in _alarms(world, guest, day):
            yield Planted("monitoring", row, whom)
        yield Planted("profile", {**_row(guest), "industry": guest.industry, "address": guest.address}, whom)
        for port in _behind(world, guest)["info"]["ports"]:
            around = {"portId": port["portId"], "portName": port["portName"]}
            for factor in port["factors"]:
                told = {name: str(value) for name, value in factor.items() if name != "online"}
                yield Planted("emission", {**around, **told, "online": "true"}, whom)
        for row in _repair_rows(world, guest, day):
            yield Planted("facility", row, whom)


def total(world: World, day: date) -> dict[str, int]:
    """The list's ``total``."""
    return {"listing": ENTERPRISES}


SITE = FamilySite("alarms", answer, planted, total, cached=False)
