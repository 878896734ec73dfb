"""One enterprise's own web site, made by hand: GBK declared as gb2312, tables for layout, open tags, fonts instead of
headings, several disclosures on a page, news and products beside them, a link to somebody else's platform."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from ..identity import stream
from ..model import World
from ..pages.http import Request, Response, not_found, page, robots
from .site import FamilySite, Planted

NAME, USCC, REGION = "辛川示范精细化工有限公司", "91990802MA900010XM", "辛东区"
EIA = "批复文号辛环审〔2012〕88号，2014年通过竣工环境保护验收"
POINTS = (("废水总排口", "化学需氧量", 50.0, "mg/L"), ("1#锅炉排气筒", "二氧化硫", 50.0, "mg/m3"))
RESULTS = ("监测点位", "监测日期", "监测项目", "监测结果", "标准限值", "单位", "是否达标")
ARCHIVE = date(2023, 1, 1)
"""First month whose results the site has kept."""
GBK = "text/html;charset=gb2312"
Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Told:
    """One disclosure on a page: its heading as printed, pairs or a table or sentences, its files."""

    kind: str
    heading: str
    pairs: dict[str, str] | None = None
    rows: tuple[dict[str, str], ...] = ()
    text: str = ""
    file: str = ""

    def records(self, day: date | None) -> Iterator[Planted]:
        """What a careful person would copy."""
        own = [dict(row) for row in ([self.pairs] if self.pairs else self.rows) or [{}]]
        if self.file:
            own[0]["附件"] = self.file
        whom = {"name": NAME, "uscc": USCC, "region": REGION}
        for fields in own:
            yield Planted(self.kind, fields, whom, self.heading, day.isoformat() if day else None)


def _profile(day: date) -> list[Told]:
    pairs = {
        "企业名称": NAME, "统一社会信用代码": USCC, "法定代表人": "甄示甲", "生产地址": "辛川市辛东区示例大道8号",
        "所属行业": "有机化学原料制造", "主要产品": "丙烯酸酯", "发布日期": _zh(_published(day)),
    }  # fmt: skip
    return [Told("profile", "企业基本信息", pairs)]


def _discharge(day: date) -> list[Told]:
    ports = (("DW001", "废水总排口", "化学需氧量", "50mg/L"), ("DA001", "1#锅炉排气筒", "二氧化硫", "50mg/m3"))
    plants = (("污水处理站", "A/O生化处理", "正常运行"), ("1#锅炉脱硫塔", "石灰石－石膏法", "正常运行"))
    head = ("排放口编号", "排放口名称", "主要污染物", "排放限值")
    return [
        Told("emission", "一、排污信息", rows=_table(head, ports), text="本公司共有废水排放口1个、废气排放口1个。"),
        Told("facility", "二、防治污染设施的建设和运行情况", rows=_table(("设施名称", "处理工艺", "运行情况"), plants)),
        Told("eia", "三、建设项目环境影响评价情况", text=f"年产2万吨丙烯酸酯项目于2012年取得批复，{EIA}。"),
        Told("emergency_plan", "四、突发环境事件应急预案", text="预案已备案。", file="突发环境事件应急预案备案表"),
    ]  # fmt: skip


def _results(world: World, day: date) -> list[Told]:
    rng = stream(world.seed, "own-site", day)
    rows = [
        (point, str(day - timedelta(days=7 * back)), item, f"{limit * rng.uniform(0.1, 0.9):.2f}", f"{limit:g}", unit,
         "达标")
        for point, item, limit, unit in POINTS
        for back in (1, 2, 3)
    ]  # fmt: skip
    return [Told("monitoring", f"{day.year}年自行监测结果公示", rows=_table(RESULTS, rows))]


def _month(world: World, first: date) -> list[Told]:
    """The results of one month, as they were put up after its end and stay up."""
    rng = stream(world.seed, "own-site", first)
    rows = [
        (point, str(first.replace(day=day)), item, f"{limit * rng.uniform(0.1, 0.9):.2f}", f"{limit:g}", unit, "达标")
        for point, item, limit, unit in POINTS
        for day in (5, 12, 19, 26)
    ]  # fmt: skip
    return [Told("monitoring", f"{first.year}年{first.month}月自行监测结果公示", rows=_table(RESULTS, rows))]


def _report(day: date) -> list[Told]:
    year = day.year - 1
    text = f"根据《企业环境信息依法披露管理办法》，我公司编制了{year}年度环境信息依法披露报告，现予公开。"
    return [Told("annual_report", f"{year}年度环境信息依法披露报告", text=text, file=f"{NAME}{year}年度报告.pdf")]


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> tuple[dict[str, str], ...]:
    return tuple(dict(zip(head, row, strict=True)) for row in rows)


def _published(day: date) -> date:
    return date(day.year, 3, 12)


def _zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


PAGES: dict[str, Callable[[World, date], list[Told]]] = {
    "/hbgk/jbxx.html": lambda world, day: _profile(day),
    "/hbgk/pwxx.html": lambda world, day: _discharge(day),
    "/hbgk/zxjc/": _results,
    "/hbgk/bg.asp?id=7": lambda world, day: _report(day),
}
DATED = {"/hbgk/jbxx.html", "/hbgk/pwxx.html"}
"""Pages that state their day."""


def _months(day: date) -> list[date]:
    """The first days of the months that were over by ``day``, the latest first."""
    whole = (day.year - ARCHIVE.year) * 12 + day.month - ARCHIVE.month
    return [date(ARCHIVE.year + n // 12, n % 12 + 1, 1) for n in reversed(range(whole))]


def _pages(day: date) -> dict[str, Callable[[World, date], list[Told]]]:
    """Every page that discloses something on ``day``."""
    kept = {f"/hbgk/zxjc/{first:%Y%m}.html": partial(_kept, first) for first in _months(day)}
    return {**PAGES, **kept}


def _kept(first: date, world: World, _day: date) -> list[Told]:
    return _month(world, first)


def answer(world: World, day: date, request: Request) -> Response:
    """One page of the site."""
    path = request.path + (f"?{request.raw_query}" if request.raw_query else "")
    if path == "/robots.txt":
        return robots()
    if path in ("/", "/index.html"):
        return _frame(
            "首页",
            "<p><font size=4 color=red><b>公司简介</b></font><p>本公司成立于2009年，" + "专业生产精细化学品。" * 9,
        )
    if path == "/hbgk/index.html":
        return _frame("环境信息公开", _column(day))
    pages = _pages(day)
    if path in pages:
        made = "".join(_shown(told, path) for told in pages[path](world, day))
        dated = f"<p align=right>发布日期：{_zh(_published(day))}" if path == "/hbgk/pwxx.html" else ""
        return _frame(f"环境信息公开－{NAME}", dated + made)
    if path.endswith((".pdf", ".doc")):
        return Response(b"%PDF-1.4\n% an invented file\n%%EOF\n", "application/pdf")
    return not_found()


def _column(day: date) -> str:
    links = (
        ("jbxx.html", "企业基本信息"), ("pwxx.html", "排污信息"), ("zxjc/", f"{day.year}年自行监测结果公示"),
        ("bg.asp?id=7", f"{day.year - 1}年度环境信息依法…"),
        ("http://platform.example/monitor/", "自行监测信息公开平台"),
        *((f"zxjc/{m:%Y%m}.html", f"{m.year}年{m.month}月自行监测结果公示") for m in _months(day)),
    )  # fmt: skip
    return "<ul>" + "".join(f'<li>&middot;<a href="{href}" title="{text}">{text}</a>' for href, text in links) + "</ul>"


def _shown(told: Told, path: str) -> str:
    """Headings are bold or large letters, cells are left open, the first pages' tables miss their ends."""
    heading = f"<div align=center><font size=4><b>{told.heading}</b></font></div>"
    body = f"<p>&nbsp;&nbsp;{told.text}</p>" if told.text else ""
    if told.pairs:
        body += "".join(f"<span><b>{name}：</b>&nbsp;{value}</span><br>" for name, value in told.pairs.items())
    if told.rows:
        head = "".join(f"<td><b>{name}</b>" for name in told.rows[0])
        body += f"<table border=1><tr>{head}" + "".join(_row(row, told.rows, n) for n, row in enumerate(told.rows))
        body += "</table>"
    if told.file:
        href = "/upload/" + ("report.pdf" if told.file.endswith(".pdf") else "plan.doc")
        body += f'<p>附件：<a href="{href}">{told.file}</a>'
    return heading + body


def _row(row: dict[str, str], rows: tuple[dict[str, str], ...], number: int) -> str:
    """The first column's equal cells are one cell over their rows."""
    (first, value), *others = row.items()
    same = sum(1 for other in rows if other[first] == value)
    begins = number == 0 or rows[number - 1][first] != value
    span = f" rowspan={same}" if same > 1 else ""
    return "<tr>" + (f"<td{span}>{value}" if begins else "") + "".join(f"<td>{text}" for _, text in others)


def _frame(title: str, content: str) -> Response:
    menu = "".join(
        f'<tr><td><a href="{href}">{text}</a></td></tr>'
        for href, text in (("/index.html", "首页"), ("/about.html", "公司简介"), ("/product.html", "产品中心"),
                           ("/hbgk/index.html", "环境信息公开"), ("/news/list.html", "新闻动态"))
    )  # fmt: skip
    return page(
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
        f"<title>{title}</title></head><body>"
        f"<table width=960><tr><td colspan=2>{NAME}</td></tr><tr><td><table>{menu}</table></td><td>{content}</td></tr>"
        "<tr><td colspan=2>版权所有 备案号：辛ICP备00000000号</td></tr></table></body></html>",
        encoding="gb18030", content_type=GBK,
    )  # fmt: skip


def planted(world: World, day: date) -> Iterable[Planted]:
    """Every disclosure of every page."""
    for path, told in _pages(day).items():
        for one in told(world, day):
            yield from one.records(_published(day) if path in DATED else None)


def total(world: World, day: date) -> dict[str, int]:
    """Such a site states none."""
    return {}


SITE = FamilySite("own-site", answer, planted, total)
