"""行政处罚 as a province's bureau publishes it: decisions as sentences, some of them as PDF, and a table of many."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from ..identity import stream
from ..model import Firm, World
from ..pages import pdf
from ..pages.http import Request, Response
from . import bulletin
from .bulletin import Bulletin
from .decision_texts import ACTS, SUMS, Decision, decision, facts, text
from .site import FamilySite, Planted

ROOT = "/wryjg/xzcf/xzcfjd/"
HEADERS = ["序号", "行政处罚决定书文号", "行政相对人名称", "统一社会信用代码", "处罚事由", "处罚依据", "处罚结果",
           "罚款金额（万元）", "处罚决定日期", "处罚机关"]  # fmt: skip


@lru_cache(maxsize=8)
def _decisions(world: World, day: date) -> tuple[Decision, ...]:
    firms = bulletin.settled(world, day)[:20]
    return tuple(decision(world, firm, turn, day) for turn, firm in enumerate(firms))


def _shown(made: Decision) -> date:
    return made.decided + timedelta(days=5)


def _path(made: Decision, suffix: str) -> str:
    return f"{_shown(made):%Y%m}/t{_shown(made):%Y%m%d}_{1000 + made.turn}.{suffix}"


def _is_file(made: Decision) -> bool:
    """Every fifth decision hangs on its notice as a PDF."""
    return made.turn % 5 == 4


def _bulletin(made: Decision) -> Bulletin:
    body = bulletin.paragraphs(text(made))
    if _is_file(made):
        name = _path(made, "pdf").rpartition("/")[2]
        body = f'<p>附件：<a href="./{name}">行政处罚决定书.pdf</a></p>'
    return Bulletin(_path(made, "shtml"), made.title, _shown(made), body)


@lru_cache(maxsize=8)
def _table(world: World, day: date) -> tuple[Bulletin, tuple[Planted, ...]]:
    """One notice with a table of the month's decisions; a natural person stands among the parties by role alone."""
    firms = bulletin.settled(world, day)[20:30]
    shown = day - timedelta(days=9)
    title = f"示例省{shown.year}年{shown.month}月行政处罚信息公示表"
    rows = [_row(world, firm, number, shown) for number, firm in enumerate(firms, 1)]
    person = {**_row(world, firms[0], len(rows) + 1, shown), "行政相对人名称": "某某", "统一社会信用代码": ""}
    planted = [_of_table(row, firm.name, firm.uscc, title, shown) for row, firm in zip(rows, firms, strict=True)]
    planted.append(_of_table({**person, "行政相对人名称": ""}, "", "", title, shown))
    body = bulletin.paragraphs("现将本月行政处罚信息公示如下：") + bulletin.table(HEADERS, [*rows, person])
    return Bulletin(f"{shown:%Y%m}/t{shown:%Y%m%d}_2000.shtml", title, shown, body), tuple(planted)


def _row(world: World, firm: Firm, number: int, shown: date) -> dict[str, str]:
    rng = stream(world.seed, firm.key, "penalty-row")
    law, _, article, fact = ACTS[number % len(ACTS)]
    _, wan = SUMS[number % len(SUMS)]
    decided = shown - timedelta(days=rng.randint(3, 28))
    values = (str(number), f"示环罚〔{decided.year}〕{300 + number}号", firm.name, firm.uscc, fact, law + article,
              f"罚款{wan}万元", wan, decided.isoformat(), "示例省生态环境厅")  # fmt: skip
    return dict(zip(HEADERS, values, strict=True))


def _of_table(row: dict[str, str], name: str, uscc: str, title: str, shown: date) -> Planted:
    subject = {key: value for key, value in (("name", name), ("uscc", uscc)) if value}
    return Planted("penalty", row, subject, f"{title} 现将本月行政处罚信息公示如下：", shown.isoformat())


def _bulletins(world: World, day: date) -> list[Bulletin]:
    found = [_bulletin(made) for made in _decisions(world, day)] + [_table(world, day)[0]]
    other = Bulletin(
        "202601/t20260105_1.shtml", "关于开展执法大练兵活动的通知", date(2026, 1, 5), bulletin.paragraphs("略")
    )
    return sorted([*found, other], key=lambda one: (one.day, one.path), reverse=True)


def _answer(world: World, day: date, request: Request) -> Response:
    file = next((made for made in _decisions(world, day) if request.path == ROOT + _path(made, "pdf")), None)
    if file is not None and _is_file(file):
        return Response(pdf.written(file.title, text(file)), "application/pdf")
    return bulletin.answer(ROOT, _bulletins(world, day), request, total=True)


def _planted(world: World, day: date) -> Iterable[Planted]:
    for made in _decisions(world, day):
        subject = {"name": made.firm.name, "uscc": made.firm.uscc}
        yield Planted("penalty", facts(made), subject, made.title, _shown(made).isoformat())
    yield from _table(world, day)[1]


SITE = FamilySite("penalty", _answer, _planted, lambda _world, _day: {})
