"""环评与验收公示: accepted and approved projects as tables, proposed approvals and acceptances as sentences."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from ..identity import stream
from ..model import Firm, World
from ..pages.http import Request, Response, not_found
from . import bulletin
from .bulletin import Bulletin
from .site import FamilySite, Planted

ROOT = "/hjgl/hjyxpj/"
ACCEPTED = ["序号", "项目名称", "建设地点", "建设单位", "环境影响评价机构", "受理日期", "公示时间"]
APPROVED = ["序号", "建设项目名称", "建设单位", "建设地点", "审批文号", "审批日期"]
AGENCY = "示例环保科技有限公司"


def _project(firm: Firm, number: int) -> str:
    act = ("扩建", "技术改造", "迁建", "新建")[number % 4]
    return f"年产{number + 2}万吨{firm.product}生产线{act}项目"


def _place(firm: Firm) -> str:
    return f"{firm.county[:1]}川市{firm.county}示例大道{len(firm.name)}号"


def _subject(firm: Firm) -> dict[str, str]:
    return {"name": firm.name, "region": firm.county}


def _show(start: date, number: int) -> tuple[str, str]:
    """A showing in several hands: (as a label's value, as a sentence)."""
    end = start + timedelta(days=11)
    whole = f"{start.year}年{start.month}月{start.day}日至{end.year}年{end.month}月{end.day}日"
    short = f"{start.year}年{start.month}月{start.day}日-{end.month}月{end.day}日"
    words = (whole + "（10个工作日）", f"{start}～{end}", "自公示之日起5个工作日")
    return short, words[number % 3]


Made = tuple[Bulletin, tuple[Planted, ...]]


@lru_cache(maxsize=8)
def _made(world: World, day: date) -> tuple[Made, ...]:
    firms = bulletin.settled(world, day)
    found = [_accepted(world, list(firms[n : n + 5]), n, day - timedelta(days=30 + 9 * n)) for n in (0, 5)]
    found += [
        _proposed(firm, number, day - timedelta(days=20 + 7 * number)) for number, firm in enumerate(firms[10:18])
    ]
    found.append(_approvals(world, list(firms[18:24]), day - timedelta(days=12)))
    found += [_done(firm, number, day - timedelta(days=15 + 11 * number)) for number, firm in enumerate(firms[24:30])]
    return tuple(found)


def _accepted(world: World, firms: list[Firm], number: int, shown: date) -> Made:
    title = f"示例省生态环境厅{shown.year}年{shown.month}月{shown.day}日受理建设项目环境影响评价文件公示"
    rows = []
    for line, firm in enumerate(firms, 1):
        accepted = shown - timedelta(days=stream(world.seed, firm.key, "eia-accepted").randint(1, 3))
        values = (str(line), _project(firm, number + line), _place(firm), firm.name, AGENCY, accepted.isoformat(),
                  _show(shown, line)[0])  # fmt: skip
        rows.append(dict(zip(ACCEPTED, values, strict=True)))
    planted = tuple(
        Planted("eia", row, _subject(firm), title, shown.isoformat()) for row, firm in zip(rows, firms, strict=True)
    )
    return Bulletin(_path(shown, 10 + number), title, shown, bulletin.table(ACCEPTED, rows)), planted


def _proposed(firm: Firm, number: int, shown: date) -> Made:
    project = _project(firm, number)
    title = f"关于{firm.name}{project}环境影响报告书拟批准的公示"
    label, sentence = _show(shown, number)
    by_label = number % 2 == 0
    lines = ["根据建设项目环境影响评价审批程序的有关规定，现将拟作出审批意见的环境影响评价文件情况予以公示。"]
    lines += (
        [f"公示期限：{label}"]
        if by_label
        else [f"公示期为{sentence}。" if "自" not in sentence else f"{sentence}内可提出公示意见。"]
    )
    lines += [f"项目名称：{project}", f"建设地点：{_place(firm)}", f"建 设 单 位：{firm.name}", f"环评机构：{AGENCY}"]
    lines += ["项目概况：建设生产线一条及配套环保设施。", "联系电话：0990-8000000"]
    file = f"{project}环境影响报告书.pdf"
    body = bulletin.paragraphs("\n".join(lines)) + f'<p>附件：<a href="./W0{number:06d}.pdf">{file}</a></p>'
    fields = {
        "项目名称": project, "建设地点": _place(firm), "建设单位": firm.name, "环评机构": AGENCY,
        "项目概况": "建设生产线一条及配套环保设施", "公示起止": label if by_label else sentence, "附件": file,
    }  # fmt: skip
    planted = Planted("eia", fields, _subject(firm), title, shown.isoformat())
    return Bulletin(_path(shown, 100 + number), title, shown, body), (planted,)


def _approvals(world: World, firms: list[Firm], shown: date) -> Made:
    title = f"示例省生态环境厅{shown.year}年{shown.month}月建设项目环境影响评价文件审批决定公告"
    rows = []
    for line, firm in enumerate(firms, 1):
        day = shown - timedelta(days=stream(world.seed, firm.key, "eia-approved").randint(2, 25))
        values = (
            str(line),
            _project(firm, line),
            firm.name,
            _place(firm),
            f"示环审〔{day.year}〕{line}号",
            day.isoformat(),
        )
        rows.append(dict(zip(APPROVED, values, strict=True)))
    planted = tuple(
        Planted("eia", row, _subject(firm), title, shown.isoformat()) for row, firm in zip(rows, firms, strict=True)
    )
    return Bulletin(_path(shown, 300), title, shown, bulletin.table(APPROVED, rows)), planted


def _done(firm: Firm, number: int, shown: date) -> Made:
    project = _project(firm, number)
    title = f"{firm.name}{project}竣工环境保护验收公示"
    end = shown + timedelta(days=28)
    term = (
        f"{shown.year}年{shown.month}月{shown.day}日至{end.year}年{end.month}月{end.day}日"
        if number % 2
        else "20个工作日"
    )
    text = (
        f"项目名称：{project}\n建设单位：{firm.name}\n建设地点：{_place(firm)}\n验收监测单位：{AGENCY}\n公示时间：{term}\n"
        "现将验收报告及验收意见公示如下。"
    )
    files = ("竣工环境保护验收监测报告.pdf", "验收意见.docx")
    links = "".join(f'<a href="./W1{number:05d}{n}.pdf">{name}</a>' for n, name in enumerate(files))
    fields = {
        "项目名称": project, "建设单位": firm.name, "建设地点": _place(firm), "验收监测单位": AGENCY, "公示起止": term,
        "附件": "；".join(files),
    }  # fmt: skip
    planted = Planted("eia", fields, _subject(firm), title, shown.isoformat())
    return Bulletin(_path(shown, 400 + number), title, shown, bulletin.paragraphs(text) + f"<p>{links}</p>"), (planted,)


def _path(shown: date, number: int) -> str:
    return f"{shown:%Y%m}/t{shown:%Y%m%d}_{number}.html"


def _answer(world: World, day: date, request: Request) -> Response:
    if request.path.endswith((".pdf", ".docx")):
        return not_found()
    found = [one for one, _ in _made(world, day)]
    other = Bulletin("202603/t20260301_1.html", "建设项目环评审批流程图", date(2026, 3, 1), bulletin.paragraphs("略"))
    ordered = sorted([*found, other], key=lambda one: (one.day, one.path), reverse=True)
    return bulletin.answer(ROOT, ordered, request)


def _planted(world: World, day: date) -> Iterable[Planted]:
    yield from (planted for _, rows in _made(world, day) for planted in rows)


SITE = FamilySite("eia-notices", _answer, _planted, lambda _world, _day: {})
