"""监督性监测 of a provincial department: a TRS list that mixes notices and files, its attachments on another host that
wants the list as Referer, in every format that such departments use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from html import escape
from urllib.parse import quote

from ..dues import quarter_start
from ..facts import AIR, WATER
from ..identity import stream
from ..model import Firm, World
from ..pages import pdf, xlsx
from ..pages.http import FOOTER, Request, Response, not_found, page, redirect, robots
from ..pages.officefiles import docx, html_xls, zipped
from ..pages.oldexcel import xls
from ..pages.oldword import doc
from ..pages.rar import rar, rar5
from .bulletin import APART
from .site import FamilySite, Planted

ROOT, FILES = "/zwgk/jdxjc/", "/upload/"
LINES = 12
QUARTERS = tuple(f"{year}Q{quarter}" for year in (2018, 2019) for quarter in (1, 2, 3, 4))
"""Before the first quarter whose results a permit holder must publish itself: they meet no duty."""
MEDIA = ("废水", "废气")
HEADERS = {
    "废水": ("行政区", "企业名称", "行业名称", "受纳水体", "监测点名称", "执行标准名称", "执行标准条件名称", "监测日期",
             "生产负荷(%)", "监测点流量(吨/天)", "监测项目名称", "污染物浓度", "标准限值", "单位", "是否达标",
             "超标倍数", "备注"),
    "废气": ("行政区", "企业名称", "行业名称", "监测点名称", "执行标准名称", "监测日期", "工况负荷（%）", "流量（m3/h)",
             "烟气温度(℃)", "含氧量(%)", "监测项目名称", "实测浓度(mg/m3)", "折算浓度(mg/m3)", "标准限值(mg/m3)",
             "排放单位", "是否超标", "超标倍数", "备注"),
}  # fmt: skip
"""Brackets as such sheets really mix them; 是否达标 and 是否超标 are opposites."""
NARROW = ("行政区", "企业名称", "监测日期", "监测项目名称", "污染物浓度", "标准限值", "单位", "是否达标")
"""Of a PDF, which a page of A4 must hold."""
NOTE = "注：监测数据由驻市监测中心提供。"
Row = dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """The results of one quarter and medium as a table."""

    quarter: str
    medium: str
    title: str
    rows: tuple[Row, ...]

    def table(self, first: int = 0, last: int | None = None) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        """Header and rows ``first`` to ``last`` (half open)."""
        return tuple(self.rows[0]), tuple(tuple(row.values()) for row in self.rows[first:last])


@dataclass(frozen=True)
class Notice:
    """One line of the list: ``path`` relative to it; ``form`` is how the sheet is attached, None without one."""

    path: str
    title: str
    day: date
    form: str | None = None
    sheet: Sheet | None = None


def _xlsx(sheet: Sheet, first: int = 0, last: int | None = None) -> bytes:
    return xlsx.workbook(sheet.title, *sheet.table(first, last), 0, "监测数据由驻市监测中心提供。")


def _halves(sheet: Sheet) -> dict[str, bytes]:
    half = len(sheet.rows) // 2
    return {
        f"{sheet.medium}/结果（一）.xls": xls(sheet.title, *sheet.table(0, half)),
        f"{sheet.medium}/结果（二）.xlsx": _xlsx(sheet, half),
    }


FORMS: dict[str, Callable[[Sheet], bytes]] = {
    "xlsx": _xlsx,
    "xls": lambda sheet: xls(sheet.title, *sheet.table()),
    "html": lambda sheet: html_xls(sheet.title, *sheet.table()),
    "docx": lambda sheet: docx(sheet.title, *sheet.table(), NOTE),
    "doc": lambda sheet: doc(sheet.title, *sheet.table(), NOTE),
    "pdf": lambda sheet: pdf.ruled(sheet.title, *sheet.table(), 0, NOTE),
    "zip": lambda sheet: zipped(_halves(sheet)),
    "rar": lambda sheet: rar(_halves(sheet)),
    "rar5": lambda sheet: rar5(_halves(sheet)),
    "nested": lambda sheet: zipped({"内层.zip": zipped(_halves(sheet))}),
    "unnamed": _xlsx,
    "listed": lambda sheet: pdf.ruled(sheet.title, *sheet.table(), 0, NOTE),
}
ORDER = ("xlsx", "xls", "html", "docx", "doc", "pdf", "zip", "rar", "listed", "rar5", "nested", "unnamed", "listed",
         "xls", "zip", "html")  # fmt: skip
SUFFIXES = {"html": "xls", "rar5": "rar", "nested": "zip", "listed": "pdf", "unnamed": "xlsx"}
TYPES = {"html": "application/vnd.ms-excel", "pdf": "application/pdf", "listed": "application/pdf"}


@lru_cache(maxsize=8)
def notices(world: World) -> tuple[Notice, ...]:
    """Every line of the list, newest first: results, files without a notice, and news between."""
    made = []
    for number, (quarter, medium) in enumerate((q, m) for q in QUARTERS for m in MEDIA):
        form = ORDER[number]
        title = f"{quarter[:4]}年第{quarter[-1]}季度国控企业{medium}监督性监测结果"
        sheet = Sheet(quarter, medium, title, _rows(world, quarter, medium, form in ("pdf", "listed")))
        day = quarter_start(quarter) + timedelta(days=100 + number)
        made.append(Notice(_path(day, number, form), title, day, form, sheet))
        made.append(
            Notice(_path(day, 500 + number, None), f"关于{quarter[:4]}年环境监测工作的通知（第{number + 1}号）", day)
        )
    return tuple(sorted(made, key=lambda one: (one.day, one.path), reverse=True))


def _path(day: date, number: int, form: str | None) -> str:
    if form == "listed":
        return f"{day:%Y%m}/P0{day:%Y%m%d}{number:06d}.pdf"
    below = "../../wryjc/" if number % 3 == 0 else "./"
    return f"{below}{day:%Y%m}/t{day:%Y%m%d}_{1000 + number}.html"


def _rows(world: World, quarter: str, medium: str, narrow: bool) -> tuple[Row, ...]:
    rng = stream(world.seed, "supervised", quarter, medium)
    firms = [firm for firm in world.firms if medium in firm.sector and firm.role not in APART]
    chosen = sorted(rng.sample(firms, min(6, len(firms))), key=lambda firm: firm.region)
    header = NARROW if narrow else HEADERS[medium]
    rows = [_values(world, firm, quarter, medium, item) for firm in chosen for item in range(2)]
    return tuple({name: row[name] for name in header} for row in rows)


def _values(world: World, firm: Firm, quarter: str, medium: str, item: int) -> Row:
    """One result under every header that a sheet may have."""
    rng = stream(world.seed, "supervised", firm.key, quarter, medium, item)
    pollutant, limit, unit = (WATER if medium == "废水" else AIR)[item]
    over = rng.random() < 0.15
    figure = limit * (rng.uniform(1.1, 1.9) if over else rng.uniform(0.05, 0.9))
    day = quarter_start(quarter) + timedelta(days=rng.randint(3, 80))
    times = f"{figure / limit - 1:.2f}" if over else ""
    return {
        "行政区": firm.county, "企业名称": firm.name, "行业名称": firm.industry, "受纳水体": "示例江",
        "监测点名称": "废水总排口" if medium == "废水" else "1#锅炉排气筒",
        "执行标准名称": f"GB {rng.randint(3544, 31570)}-2011", "执行标准条件名称": "表2 直接排放",
        "监测日期": day.isoformat(), "生产负荷(%)": str(rng.randint(75, 100)),
        "工况负荷（%）": str(rng.randint(75, 100)), "监测点流量(吨/天)": str(rng.randint(20, 9000)),
        "流量（m3/h)": str(rng.randint(9000, 90000)), "烟气温度(℃)": str(rng.randint(40, 160)),
        "含氧量(%)": f"{rng.uniform(4, 15):.1f}", "监测项目名称": pollutant, "污染物浓度": f"{figure:.3g}",
        "实测浓度(mg/m3)": f"{figure * 0.9:.3g}", "折算浓度(mg/m3)": f"{figure:.3g}", "标准限值": f"{limit:g}",
        "标准限值(mg/m3)": f"{limit:g}", "单位": unit, "排放单位": unit, "是否达标": "否" if over else "是",
        "是否超标": "是" if over else "否", "超标倍数": times, "备注": "" if rng.random() < 0.7 else "/",
    }  # fmt: skip


def answer(world: World, _: date, request: Request) -> Response:
    """The list, its notices, and the files behind their Referer."""
    if request.path == "/robots.txt":
        return robots()
    if request.path == "/":
        return redirect(ROOT + "index.html")
    if match := re.fullmatch(re.escape(ROOT) + r"index(?:_(\d+))?\.html", request.path):
        return _index(notices(world), int(match[1] or 0))
    for number, notice in enumerate(notices(world)):
        if request.path == FILES + _file(notice):
            return _attachment(notice, request)
        if request.path == _address(notice):
            return _sent(notice, notice.title) if notice.form == "listed" else _notice(notice, number, request)
    return not_found()


def _address(notice: Notice) -> str:
    """Path of a line on the site."""
    return (
        notice.path.replace("../../", "/")
        if notice.path.startswith("../../")
        else ROOT + notice.path.removeprefix("./")
    )


def _file(notice: Notice) -> str:
    return f"W0{notice.day:%Y%m%d}{stream(0, 'file', notice.title).randint(0, 999_999):06d}"


def _index(lines: tuple[Notice, ...], number: int) -> Response:
    pages = -(-len(lines) // LINES)
    if number >= pages:
        return not_found()
    items = "\r\n".join(
        f'<li><span>{one.day}</span><a href="{one.path}" title="{escape(one.title)}">'
        f"{escape(one.title[:20])}...</a></li>"
        for one in lines[number * LINES : (number + 1) * LINES]
    )
    script = f"<script>createPageHTML({pages}, {number}, 'index', 'html');</script>"
    return page(_frame("监督性监测", f'<ul class="list-details">{items}</ul>{script}', None))


def _frame(title: str, body: str, day: date | None) -> str:
    dated = f'<meta name="PubDate" content="{day} 09:30">' if day else ""
    return (
        f'<html><head><meta charset="utf-8"><meta name="SiteName" content="示例省生态环境厅">{dated}'
        f'<meta name="ArticleTitle" content="{escape(title)}"><title>{escape(title)}</title></head>\r\n'
        f"<body>{body}{FOOTER}</body></html>"
    )


def _notice(notice: Notice, number: int, request: Request) -> Response:
    text = "<p>各有关单位：</p><p>现将有关事项通知如下，请遵照执行。</p>"
    if notice.sheet is not None:
        port = request.headers.get("host", "").partition(":")[2]
        link = f"http://localhost:{port}{FILES}{_file(notice)}"
        name = "点击查看文件" if notice.form == "unnamed" else f"附件：{notice.title}.{_suffix(notice)}"
        shown = name if number % 2 or notice.form == "unnamed" else name.rpartition(".")[0]
        text = f'<p>现将{escape(notice.title)}予以公布。</p><p><a href="{link}" appendix="true">{escape(shown)}</a></p>'
    body = f'<h1>{escape(notice.title)}</h1><div class="TRS_PreAppend" id="zoom">{text}</div>'
    return page(_frame(notice.title, body, notice.day))


def _suffix(notice: Notice) -> str:
    form = notice.form or ""
    return SUFFIXES.get(form, form)


def _attachment(notice: Notice, request: Request) -> Response:
    """Given to who comes from the list; to others a page that says so, with status 200."""
    if not request.headers.get("referer", "").endswith(f"{ROOT}index.html"):
        return page("<html><body><p>非法链接，请从监督性监测栏目进入！</p></body></html>")
    return _sent(notice, f"{notice.title}.{_suffix(notice)}")


def _sent(notice: Notice, name: str) -> Response:
    """The file with its name: in raw GBK, percent-encoded GBK, or as RFC 6266 has it."""
    assert notice.form is not None and notice.sheet is not None
    ways = (
        f'attachment; filename="{name.encode("gbk").decode("latin-1")}"',
        f"attachment; filename={quote(name.encode('gbk'))}",
        f"attachment; filename*=UTF-8''{quote(name)}",
    )
    header = ways[ORDER.index(notice.form) % 3]
    kind = TYPES.get(notice.form, "application/octet-stream")
    return Response(FORMS[notice.form](notice.sheet), kind, 200, (("Content-Disposition", header),))


def planted(world: World, _: date) -> Iterator[Planted]:
    """Every row of every sheet."""
    for notice in notices(world):
        for row in notice.sheet.rows if notice.sheet else ():
            subject = {"name": row["企业名称"], "region": row["行政区"]}
            yield Planted("monitoring", row, subject, published_at=notice.day.isoformat())


def total(_: World, __: date) -> dict[str, int]:
    """Such lists state none."""
    return {}


SITE = FamilySite("monitoring", answer, planted, total)
