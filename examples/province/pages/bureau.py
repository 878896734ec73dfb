"""A city bureau's site (市生态环境局): GBK notices, paging by arithmetic, yearly lists as table, XLSX or PDF."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape

from ..identity import stream
from ..lists import HEADINGS, all_lists
from ..model import Firm, World
from ..places import CITIES
from ..script import FIRST_DAY, LAST_DAY
from . import pdf, xlsx
from .http import FOOTER, Request, Response, not_found, redirect

ROOT = "/hbj/zwgk/tzgg/"
ROWS = 15
COLUMNS: dict[str, tuple[str, ...]] = {
    "A": ("序号", "企业名称", "统一社会信用代码", "区县"),
    "B": ("序号", "单位名称", "统一社会信用代码", "所在区县", "类别", "备注"),
    "C": ("序号", "企业详细名称", "县(市、区)", "监管类别"),
    "D": ("序号", "排污单位名称", "统一社会信用代码", "行政区", "备注"),
    "E": ("序号", "企业名称", "组织机构代码", "区县", "要素类别", "地址"),
    "F": ("序号", "单位名称", "行政区", "环境要素", "地址"),
}
FORMS = {"A": "html", "B": "xlsx", "C": "pdf", "D": "html", "E": "xlsx", "F": "pdf"}
OTHER_NOTICES = (
    "关于开展{y}年六五环境日宣传活动的通知",
    "{y}年{m}月{c}环境空气质量状况",
    "关于{c}某建设项目环境影响评价文件受理的公示",
    "{c}生态环境局{y}年{m}月行政处罚信息公示",
    "关于公开征求《{c}噪声污染防治办法》意见的公告",
)


@dataclass(frozen=True)
class Notice:
    """One notice: ``what`` is ``main``, ``supplement``, ``el`` or ``other``."""

    day: date
    number: int
    title: str
    what: str
    year: int

    @property
    def path(self) -> str:
        """Relative to the list page."""
        return f"{self.day:%Y%m}/t{self.day:%Y%m%d}_{self.number}.html"

    @property
    def file(self) -> str:
        """Stem of the attachment's name."""
        return f"W0{self.day:%Y%m%d}{self.number:06d}"


def answer(world: World, site: str, day: date, request: Request) -> Response:
    """Any page of the bureau of city ``site[-1]``."""
    letter = site[-1].upper()
    if request.path in ("/", "/hbj/", "/index.html", ROOT):
        return redirect(ROOT + "index.html")
    shown = [notice for notice in notices(world, letter) if notice.day <= day]
    if match := re.fullmatch(re.escape(ROOT) + r"index(?:_(\d+))?\.html", request.path):
        return _index(letter, shown, int(match[1] or 0))
    name = request.path.removeprefix(ROOT)
    for notice in shown:
        if name == notice.path:
            return _notice(world, letter, notice)
        if name in (f"{notice.day:%Y%m}/{notice.file}.xlsx", f"{notice.day:%Y%m}/{notice.file}.pdf"):
            return _attachment(world, letter, notice)
    return not_found()


@lru_cache(maxsize=32)
def notices(world: World, letter: str) -> tuple[Notice, ...]:
    """Every notice the bureau ever publishes, newest first; a list that would name nobody is not published."""
    city = CITIES[letter].name
    found: list[Notice] = []
    for day, year, what in all_lists(world.seed, letter):
        words = {
            "main": "重点排污单位名录",
            "supplement": "重点排污单位名录（增补）",
            "el": "企业环境信息依法披露企业名单",
        }
        found.append(Notice(day, 1000 + len(found), f"{year}年{city}{words[what]}", what, year))
    for year in range(FIRST_DAY.year, LAST_DAY.year + 1):
        for month in range(1, 13):
            rng = stream(world.seed, "notice", letter, year, month)
            day = date(year, month, rng.randint(1, 28))
            title = rng.choice(OTHER_NOTICES).format(y=year, m=month, c=city)
            found.append(Notice(day, 1000 + len(found), title, "other", year))
    kept = [notice for notice in found if notice.what == "other" or members(world, letter, notice)]
    return tuple(sorted(kept, key=lambda n: (n.day, n.number), reverse=True))


def _gbk(text: str) -> Response:
    return Response(text.encode("gb18030"), "text/html")


def _frame(title: str, body: str) -> str:
    return (
        '<html>\r\n<head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
        f'<meta name="ArticleTitle" content="{escape(title)}"><title>{escape(title)}</title></head>\r\n'
        f"<body>\r\n{body}\r\n{FOOTER}</body></html>"
    )


def _index(letter: str, shown: list[Notice], number: int) -> Response:
    pages = max(1, -(-len(shown) // ROWS))
    if number >= pages:
        return not_found()
    links = "\r\n".join(
        f'<li><a href="./{n.path}" title="{escape(n.title)}" target="_blank">'
        f"{escape(n.title if len(n.title) < 24 else n.title[:22] + '...')}</a>&nbsp;<span>{n.day}</span></li>"
        for n in shown[number * ROWS : (number + 1) * ROWS]
    )
    script = f'<script>createPageHTML({pages}, {number}, "index", "html");</script>'
    title = f"{CITIES[letter].name}生态环境局-通知公告"
    return _gbk(_frame(title, f'<a href="../../index.html">首页</a><ul class="list">{links}</ul>{script}'))


def members(world: World, letter: str, notice: Notice) -> dict[str, list[Firm]]:
    """Class → enterprises on that list, in the order of their keys."""
    wanted = ("EL",) if notice.what == "el" else tuple(name for name in HEADINGS if name != "EL")
    firms = [
        firm
        for firm in world.of_city(letter)
        if notice.what == "el" or (notice.year in firm.supplement) == (notice.what == "supplement")
    ]
    found = {cls: [f for f in firms if cls in f.lists.get(notice.year, frozenset())] for cls in wanted}
    return {cls: named for cls, named in found.items() if named}


def _cells(firm: Firm, letter: str, cls: str, number: int, day: date) -> tuple[str, ...]:
    """One row under the city's own column names."""
    name = firm.name_on(day)
    if letter == "A":
        name = name.replace("（", "(").replace("）", ")")
    code = "" if letter == "D" and int(firm.key[2:]) % 4 == 0 else firm.uscc
    values = {
        "序号": str(number),
        "统一社会信用代码": code,
        "组织机构代码": f"{firm.organisation[:8]}-{firm.organisation[8]}",
        "备注": "",
        "地址": firm.address,
        "类别": HEADINGS[cls],
        "监管类别": HEADINGS[cls],
        "要素类别": HEADINGS[cls],
        "环境要素": HEADINGS[cls],
    }
    names = {"企业名称", "单位名称", "企业详细名称", "排污单位名称"}
    return tuple(name if c in names else values.get(c, firm.county) for c in COLUMNS[letter])


def _rows(world: World, letter: str, notice: Notice) -> tuple[tuple[str, ...], ...]:
    """All classes one below the other, for the attachments."""
    pairs = [(cls, firm) for cls, firms in members(world, letter, notice).items() for firm in firms]
    return tuple(_cells(firm, letter, cls, n, notice.day) for n, (cls, firm) in enumerate(pairs, 1))


def _attachment(world: World, letter: str, notice: Notice) -> Response:
    merged = next(n for n, c in enumerate(COLUMNS[letter]) if c in ("类别", "监管类别", "要素类别", "环境要素"))
    note = "1.名录实行动态管理；2.同一企业列入多个类别的分别列出。"
    arguments = (notice.title, COLUMNS[letter], _rows(world, letter, notice), merged, note)
    if FORMS[letter] == "xlsx":
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return Response(xlsx.workbook(*arguments), kind)
    return Response(pdf.ruled(*arguments), "application/pdf")


def _notice(world: World, letter: str, notice: Notice) -> Response:
    body = (
        f'<h1>{escape(notice.title)}</h1><div class="info">来源：{CITIES[letter].name}生态环境局&nbsp;&nbsp;'
        f'发布时间：{notice.day}</div><div class="TRS_Editor">{_text(world, letter, notice)}</div>'
    )
    return _gbk(_frame(notice.title, body))


def _text(world: World, letter: str, notice: Notice) -> str:
    if notice.what == "other":
        return "<p>各有关单位：</p><p>现将有关事项公告如下，详情请咨询我局。</p>"
    groups = members(world, letter, notice)
    total = sum(len(firms) for firms in groups.values())
    split = "、".join(f"{HEADINGS[cls]}{len(firms)}家" for cls, firms in groups.items())
    intro = f"<p>&nbsp;&nbsp;根据有关规定，现公布{escape(notice.title)}，共{total}家（{split}）。</p>"
    if FORMS[letter] == "html":
        return intro + "".join(_table(letter, cls, firms, notice) for cls, firms in groups.items())
    suffix = FORMS[letter]
    return f'{intro}<p>附件：<a href="./{notice.file}.{suffix}">{escape(notice.title)}.{suffix}</a></p>'


def _table(letter: str, cls: str, firms: list[Firm], notice: Notice) -> str:
    head = "".join(f"<td><b>{c}</b></td>" for c in COLUMNS[letter])
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(c)}&nbsp;</td>" for c in _cells(firm, letter, cls, n, notice.day)) + "</tr>\r\n"
        for n, firm in enumerate(firms, 1)
    )
    heading = f'<p align="center"><b>{HEADINGS[cls]}（{len(firms)}家）</b></p>'
    return f'{heading}<table border="1"><tr>{head}</tr>\r\n{rows}</table>'
