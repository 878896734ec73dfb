"""The scripted sites of the session's crawl: one good, the others each ill in one way that real sites are."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests.crawlers import prosesites
from tests.crawlers.scripted import (
    DIRECTORY,
    Answer,
    Asked,
    Script,
    directory_walk,
    info_page,
    list_page,
    rows_answer,
    serving,
    write_source,
)

FIRMS = [("11", "甲钢铁有限公司"), ("12", "乙水泥有限公司"), ("13", "丙水务有限公司")]
CHALLENGE = (
    "<html><head><meta content='x'><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};</script></head><body></body></html>"
)


def good(asked: Asked) -> Answer:
    """Two pages of three firms: one with three items over two pages, one with none, one whose module is broken."""
    if asked.path == "/robots.txt":
        return Answer("User-agent: *\nDisallow: /manage/\n", content_type="text/plain")
    if asked.path == "/list.jsp":
        first = asked.values["currentPage"] == "1"
        text = list_page(FIRMS[:2] if first else FIRMS[2:], 1 if first else 2, 2, 3)
        return Answer(gzip.compress(text.encode()), headers={"Content-Encoding": "gzip"})
    if asked.path == "/info.jsp":
        name = dict(FIRMS)[asked.values["id"]]
        return Answer(info_page(name, f"code{asked.values['id']}"))
    if asked.values["wryCode"] == "code12":
        return Answer(b"")
    if asked.values["wryCode"] == "code13":
        return Answer("<h1>500</h1>", 500)
    rows = [{"stProject": "化学需氧量", "stPfxz": "50 "}] * 2 + [{"stProject": "氨氮", "stPfxz": None}]
    page = int(asked.values["currentPage"])
    return rows_answer(rows[2 * page - 2 : 2 * page], 3)


def _with(path: str, answer: Callable[[Asked], Answer]) -> Script:
    """The good site with another answer at one path."""
    return lambda asked: answer(asked) if asked.path == path else good(asked)


def _notices(asked: Asked) -> Answer:
    """Two lists as notices, of which one states more rows than it has, and one outside the wanted titles."""
    head = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body>'
    if asked.path == "/index.html":
        items = ("a", "2021年某市重点排污单位名录"), ("b", "2020年某市重点排污单位名录"), ("c", "会议通知")
        links = "".join(f'<li><a href="./{n}.html" title="{t}">{t[:8]}...</a><span>2021-03-2{i}</span></li>'
                        for i, (n, t) in enumerate(items))  # fmt: skip
        body = f"<ul>{links}</ul><script>createPageHTML(1, 0, 'index', 'html');</script>"
    elif asked.path in ("/a.html", "/b.html"):
        count = 2 if asked.path == "/a.html" else 5
        rows = "".join(f"<tr><td>{i}</td><td>企业{i}有限公司</td><td>城厢区</td></tr>" for i in (1, 2))
        body = (f"<h1>名录</h1><div id='zoom'><p><b>水环境重点排污单位（{count}家）</b></p><table>"
                f"<tr><td>序号</td><td>企业名称</td><td>区县</td></tr>{rows}</table></div>")  # fmt: skip
    else:
        return Answer("not here", 404)
    return Answer((head + body + "</body></html>").encode("gb18030"), content_type="text/html")


NOTICES: dict[str, Any] = {
    "family": "notices",
    "covers": [{"kinds": ["listing"], "classes": ["KPU"], "regions": ["3503"]}],
    "walk": {
        "list": {"urls": ["/index.html"], "items": "ul li", "include": "重点排污单位名录"},
        "notice": {
            "kind": "listing", "body": "#zoom", "required": ["企业名称"],
            "subject": {"name": "企业名称", "region": "区县"},
        },
    },
}  # fmt: skip


def _soft_block(asked: Asked) -> Answer:
    """WebShield: the list redirects to an error page that answers 200."""
    if asked.path == "/errorinfo.jsp":
        return Answer("<p>请访问首页，点击许可信息公开查询。</p>")
    return Answer("", 302, headers={"Location": "/errorinfo.jsp"})


def _changed_feed(_: Asked) -> Answer:
    return Answer('{"code":0,"data":{"count":1,"list":[]}}', content_type="application/json")


def _glyphs(_: Asked) -> Answer:
    return rows_answer([{"stProject": "化学需氧量", "stPfxz": "\ue0ad\ue1b2"}])


BY_TYPE: dict[str, Any] = {
    **DIRECTORY,
    "covers": [{"kinds": ["listing", "profile", "permit", "eia"], "classes": ["KPU"], "regions": ["31"]}],
    "walk": directory_walk(kind=None, kind_by={"column": "stType", "map": {"排污许可证": "permit", "环评": "eia"}}),
}
for _feed in BY_TYPE["walk"]["feeds"]:
    del _feed["kind"]


def _by_type(_: Asked) -> Answer:
    return rows_answer([{"stType": "排污许可证", "stId": "1"}, {"stType": "新设的类别", "stId": "2"}])


FILES: dict[str, Any] = {
    **DIRECTORY,
    "walk": directory_walk(
        via="table", method="GET", url="/files.jsp", form={}, required=["文件名称"], files="fetch", page_param=None
    ),
}


def _files(_: Asked) -> Answer:
    links = ("http://192.168.7.7/a.pdf", "http://elsewhere.example/b.pdf", "/manage/c.pdf", "../../d.pdf")
    rows = "".join(f'<tr><td>方案{i}.pdf</td><td><a href="{link}">下载</a></td></tr>' for i, link in enumerate(links))
    return Answer(f"<table><tr><th>文件名称</th><th>操作</th></tr>{rows}</table>")


ALL: dict[str, tuple[Script, dict[str, Any]]] = {
    "decisions": (prosesites.decisions, prosesites.DECISIONS),
    "permits": (prosesites.permits, prosesites.PERMITS),
    "good": (good, DIRECTORY),
    "refused": (lambda _: Answer(status=0), DIRECTORY),
    "down": (lambda _: Answer("<h1>503</h1>", 503), DIRECTORY),
    "challenge": (lambda _: Answer(CHALLENGE, 412), DIRECTORY),
    "challenge-later": (_with("/jcdw.do", lambda _: Answer(CHALLENGE, 202)), DIRECTORY),
    "soft-block": (_soft_block, DIRECTORY),
    "changed": (_with("/list.jsp", lambda _: Answer("<table class='cards'><tr><td>x</td></tr></table>")), DIRECTORY),
    "changed-feed": (_with("/jcdw.do", _changed_feed), DIRECTORY),
    "empty-list": (_with("/list.jsp", lambda _: Answer(b"")), DIRECTORY),
    "short": (_with("/list.jsp", lambda _: Answer(list_page(FIRMS, total=9))), DIRECTORY),
    "below-floor": (good, {**DIRECTORY, "floors": {"rows": {"listing": 900}, "fill": {}}}),
    "unfilled": (good, {**DIRECTORY, "floors": {"rows": {}, "fill": {"profile": {"主管部门": 0.9}}}}),
    "glyphs": (_with("/jcdw.do", _glyphs), DIRECTORY),
    "by-type": (_with("/jcdw.do", _by_type), BY_TYPE),
    "files": (_with("/files.jsp", _files), FILES),
    "notices": (_notices, NOTICES),
    "digest-only": (good, {**DIRECTORY, "keep": "digest"}),
}


@contextmanager
def standing(folder: Path) -> Iterator[None]:
    """All sites serving, their source files in ``folder``."""
    with ExitStack() as stack:
        for name, (script, facts) in ALL.items():
            write_source(folder, name, stack.enter_context(serving(script)).url, **facts)
        yield
