"""Scripted sites of many CMS: lists as data, addresses in handlers, searches, attachments that cannot all be read."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from examples.province.pages.rar import rar
from tests.crawlers.scripted import Answer, Asked, Script, Site, serving, write_source

TITLES = [f"{year}年某市重点排污单位名录" for year in (2021, 2020, 2019, 2018, 2017)]
NOTICE: dict[str, Any] = {
    "kind": "listing", "body": "#zoom", "required": ["企业名称"],
    "subject": {"name": "企业名称", "region": "区县"},
}  # fmt: skip


def source(notice: dict[str, Any] | None = None, encoding: str = "utf-8", **walked: Any) -> dict[str, Any]:
    """The facts of a source of notices."""
    return {
        "family": "notices", "encoding": encoding, "key": {},
        "covers": [{"kinds": ["listing"], "classes": ["KPU"], "regions": ["3503"]}],
        "walk": {"list": {"include": "名录", **walked}, "notice": {**NOTICE, **(notice or {})}},
    }  # fmt: skip


def table(name: str = "甲厂有限公司") -> str:
    """A list of one."""
    return f"<table><tr><td>企业名称</td><td>区县</td></tr><tr><td>{name}</td><td>城厢区</td></tr></table>"


def notice(body: str | None = None) -> Answer:
    """A notice with a list of one."""
    return Answer(f"<html><body><h1>名录</h1><div id='zoom'>{table() if body is None else body}</div></body></html>")


def page(body: str) -> Answer:
    """A page of a site."""
    return Answer(f"<html><body>{body}</body></html>")


def data(value: Any) -> Answer:
    """A JSON answer."""
    return Answer(json.dumps(value, ensure_ascii=False), content_type="application/json;charset=UTF-8")


# -- lists as data ------------------------------------------------------------------------------------------------


def zero_based(asked: Asked) -> Answer:
    """辽宁: POST, pages from 0, no total; only with the cookie of the page before."""
    if asked.path == "/start":
        return Answer("<html>ok</html>", headers={"Set-Cookie": "JSESSIONID=7EFB"})
    if asked.path == "/pageControl":
        if "JSESSIONID=7EFB" not in asked.headers.get("Cookie", "") or not asked.headers["Referer"].endswith("/start"):
            return data({"error": "no session"})
        first = 2 * int(asked.values["pageIndex"])
        rows = [{"id": 700 + n, "title": t, "dateT": f"2021-03-0{n + 1}"} for n, t in enumerate(TITLES)]
        return data({"rows": rows[first : first + int(asked.values["limit"])]})
    return notice() if asked.path == "/detail" else Answer("404", 404)


ZERO_BASED = source(
    start="/start", urls=["/pageControl"], method="POST", form={"pageIndex": "{n}", "limit": "2"}, referer="/start",
    via="json", size=2, end="short", link="/detail?id={id}", day="dateT",
)  # fmt: skip


def pieces(asked: Asked) -> Answer:
    """大汉 jsearchfront: POST, JSON whose lines are pieces of HTML, the words sought marked in the titles."""
    if asked.path != "/jsearchfront/interfaces/cateSearch.do":
        return notice()
    first = 2 * (int(asked.values["p"]) - 1)
    lines = [
        f"<div class='news'><a href='visit/link.do?url={n}' title=''>{t.replace('名录', '<em>名录</em>')}</a>"
        f"<span>2021-03-0{n + 1}</span></div>"
        for n, t in enumerate(TITLES[:3])
    ]
    return data({"success": True, "total": "3", "result": lines[first : first + 2]})


PIECES = source(
    urls=["/jsearchfront/interfaces/cateSearch.do"], method="POST", form={"q": "名录", "p": "{n}", "pg": "2"}, step=1,
    via="json", rows="result", size=2, total='"total"\\s*:\\s*"?(\\d+)', items="div.news a",
)  # fmt: skip


def objects(asked: Asked) -> Answer:
    """TRS IGS: GET, JSON objects below ``page.content``."""
    if asked.path != "/igs/front/search.jhtml":
        return notice()
    number = int(asked.values["pageNumber"])
    rows = [{"DOCTITLE": f"<font color='red'>{t}</font>", "url": f"/n/{n}.html", "PUBDATE": f"2021-03-0{n + 1} 09:00"}
            for n, t in enumerate(TITLES[:4])]  # fmt: skip
    return data({"page": {"content": rows[3 * number - 3 : 3 * number], "totalPages": 2, "total": 4}})


OBJECTS = source(
    urls=["/igs/front/search.jhtml?code=0f94&pageSize=3&searchWord=名录&pageNumber={n}"],
    next="/igs/front/search.jhtml?code=0f94&pageSize=3&searchWord=名录&pageNumber={n}", step=1, via="json",
    rows="page.content", title="DOCTITLE|title", link="{url}", day="PUBDATE", pages='"totalPages"\\s*:\\s*(\\d+)',
    total='"total"\\s*:\\s*(\\d+)',
)  # fmt: skip


def posted(asked: Asked) -> Answer:
    """广东 统一搜索: a JSON body asks."""
    if asked.path != "/api/search/all":
        return notice()
    told = json.loads(asked.raw.lstrip("&"))
    rows = [{"title": TITLES[0], "url": "/n/1.html", "pub_time": "2021-03-01"}] if told["keywords"] == "名录" else []
    return data({"code": 0, "data": {"news": {"list": rows if told["page"] == "1" else [], "total": 1}}})


POSTED = source(
    urls=["/api/search/all"], method="POST", send="json", form={"keywords": "名录", "page": "{n}"}, step=1, via="json",
    rows="data.news.list", day="pub_time", size=20, total='"total"\\s*:\\s*(\\d+)',
)  # fmt: skip

# -- addresses in handlers, GBK queries ---------------------------------------------------------------------------


def handlers(asked: Asked) -> Answer:
    """广东: docId only in a handler; the file only in another, its name sent in GBK as the query wants it."""
    if asked.path == "/left.jsp":
        return page("<table><tr><td id='SLC' onclick=\"javascript:view('235016')\">2021年重点排污单位名录</td></tr>"
                    "<tr><td id='SLC'>2020年重点排污单位名录</td></tr></table>")  # fmt: skip
    if asked.path == "/view.jsp":
        return notice("<a href='#' onclick=\"isLogin('1333','名录.csv');\"><img alt='点击下载'></a>")
    if asked.path == "/download" and f"fileName={quote('名录.csv'.encode('gb18030'))}" in asked.raw:
        return Answer("企业名称,区县\n甲厂有限公司,城厢区\n", content_type="application/octet-stream")
    return Answer("404", 404)


HANDLERS = source(
    {"hidden": {"match": r"isLogin\('(\d+)','([^']+)'\)", "url": "/download?RECORDID={id}&fileName={2}"}}, "gb18030",
    urls=["/left.jsp"], items="td#SLC", hidden={"match": r"view\('(\d{6})'\)", "url": "/view.jsp?docId={id}&kwStr="},
)  # fmt: skip


def searched(asked: Asked) -> Answer:
    """TRS WAS: GET with the word sought in GBK."""
    if asked.path != "/was5/web/search":
        return notice()
    if quote("重点排污单位".encode("gb18030")) not in asked.raw:
        return page("没有检索到相关结果")
    return page(f"<li><a href='../../n/1.html'>{TITLES[0]}</a><span>2021.03.01</span></li>共<b>1</b>条 共1页")


SEARCHED = source(
    urls=["/was5/web/search?channelid=237677&searchword=重点排污单位&page={n}"], next="/was5/web/search?page={n}",
    step=1, items="li a", pages=r"共(\d+)页", encoding="gb18030",
)  # fmt: skip

# -- lists that do not say what they say they do -----------------------------------------------------------------


def short(_: Asked) -> Answer:
    """A list that states more lines than it has."""
    return notice() if _.path.startswith("/n/") else page(f"<ul><li><a href='/n/1.html'>{TITLES[0]}</a></li></ul>共5条")


def unstated(_: Asked) -> Answer:
    """A second page is linked, but nothing states how many there are."""
    return page(f"<ul><li><a href='/n/1.html'>{TITLES[0]}</a></li></ul><a href='index_1.html'>下一页</a>")


def archive(files: dict[str, bytes]) -> bytes:
    """A ZIP."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, content in files.items():
            target.writestr(name, content)
    return buffer.getvalue()


def attached(asked: Asked) -> Answer:
    """Attachments of which some cannot be read: a picture in an archive, a locked file, one that is gone."""
    if asked.path == "/index.html":
        return page("".join(f"<li><a href='/n/{n}.html'>{t}</a></li>" for n, t in enumerate(TITLES[:3])))
    if asked.path.startswith("/n/"):
        number = asked.path[3]
        link = {"0": "/a.zip", "1": "/b.rar", "2": "/gone.xlsx"}[number]
        return notice(f"<p>共1家</p><a href='{link}'>附件</a>" if number == "1" else f"<a href='{link}'>附件</a>")
    csv = "企业名称,区县\n甲厂有限公司,城厢区\n".encode()
    if asked.path == "/a.zip":
        return Answer(archive({"名录.csv": csv, "扫描件.png": b"\x89PNG\r\n\x1a\n" + bytes(50)}))
    if asked.path == "/b.rar":
        return Answer(rar({"名录.csv": csv, "说明.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}))
    return Answer("404", 404)


# -- ASP.NET ------------------------------------------------------------------------------------------------------


def grid(number: int, shown: int | None = None) -> Answer:
    """A page of three, as WebForms prints it."""
    rows = f"<tr><td>企业{shown or number}有限公司</td></tr>"
    return page(f"<form><input type='hidden' name='__VIEWSTATE' value='s{number}'><table id='t'><tr><th>企业名称</th>"
                f"</tr>{rows}</table>共3页</form>")  # fmt: skip


def stuck(asked: Asked) -> Answer:
    """Whatever is posted, the first page is shown again."""
    return grid(int(asked.values.get("__EVENTARGUMENT") or 1), 1)


def forgetful(asked: Asked) -> Answer:
    """States of page 2 and later are always refused; page 2 itself comes with a fresh one."""
    asked_for = int(asked.values.get("__EVENTARGUMENT") or 1)
    if asked_for == 3:
        return Answer("<title>Validation of viewstate MAC failed.</title>", 500)
    return grid(asked_for)


WEBFORMS: dict[str, Any] = {
    "family": "viewstate",
    "covers": [{"kinds": ["other"], "classes": [], "regions": ["41"]}],
    "walk": {
        "list": {
            "url": "/x.aspx", "target": "Pager", "table": "table#t", "required": ["企业名称"], "kind": "other",
            "pages": r"共(\d+)页", "subject": {"name": "企业名称"},
        }
    },
}  # fmt: skip

SHORT = source(urls=["/index.html"], items="ul li a", total=r"共(\d+)条")
UNSTATED = source(urls=["/index.html"], items="ul li a")
ATTACHED = source(urls=["/index.html"], items="li a")
ALL: dict[str, tuple[Script, dict[str, Any]]] = {
    "zero-based": (zero_based, ZERO_BASED), "pieces": (pieces, PIECES), "objects": (objects, OBJECTS),
    "posted": (posted, POSTED), "handlers": (handlers, HANDLERS), "searched": (searched, SEARCHED),
    "short-list": (short, SHORT), "unstated": (unstated, UNSTATED), "attached": (attached, ATTACHED),
    "stuck": (stuck, WEBFORMS), "forgetful": (forgetful, WEBFORMS),
}  # fmt: skip


def _robots(script: Script) -> Script:
    return lambda asked: Answer("", content_type="text/plain") if asked.path == "/robots.txt" else script(asked)


@contextmanager
def standing(folder: Path) -> Iterator[dict[str, Site]]:
    """All sites serving, their source files in ``folder``."""
    with ExitStack() as stack:
        sites: dict[str, Site] = {}
        for name, (script, facts) in ALL.items():
            sites[name] = stack.enter_context(serving(_robots(script)))
            write_source(folder, name, sites[name].url, **facts)
        yield sites
