"""A bureau's site that no source of ours knows: GBK pages, a list over two pages, a table, an old workbook attached."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.crawlers.readers import biff

HEADER = ["序号", "企业名称", "统一社会信用代码", "所在区县", "备注"]
WATER = [
    ["1", "示例第一化工有限公司", "913500000000000011", "东城区", ""],
    ["2", "示例第二印染有限公司", "913500000000000022", "西城区", ""],
]
AIR = [
    [str(n), f"示例第{n}钢铁有限公司", f"91350000000000{n:04}", "东城区", "新增" if n == 3 else ""] for n in range(3, 9)
]
LISTS = {"水环境": WATER, "大气环境": AIR}
NOTICES = (
    ("t20220315_1", "某某市2022年水环境重点排污单位名录", "2022-03-15"),
    ("t20220320_3", "关于召开全市生态环境工作会议的通知", "2022-03-20"),
    ("t20220321_4", "某某市生态环境局2022年政府信息公开指南", "2022-03-21"),
    ("t20220322_5", "某某市重点排污单位名录征求意见的公告", "2022-03-22"),
    ("t20220315_2", "某某市2022年大气环境重点排污单位名录", "2022-03-15"),
)
API = "/api/units?page=1&size=6"
OWN = "/company/hbxx.html"
_OWN = """<div><p><b>企业名称：</b>示例第九化工有限公司<br>统一社会信用代码：913500000000000099<br>
法定代表人：（略）<br>生产地址：东城区某路9号<p>主要产品：硫酸</div>"""
FIRST = 4
"""Notices on the list's first page."""
ATTACHMENT = "大气环境重点排污单位名录.xls"


def pages() -> dict[str, tuple[str, bytes]]:
    """Path → (content type, bytes) of everything that the site has."""
    found = {
        "/robots.txt": ("text/plain", b"User-agent: *\nDisallow: /admin/\n"),
        "/xxgk/zdpwdw/index.html": _html(_list(NOTICES[:FIRST])),
        "/xxgk/zdpwdw/index_1.html": _html(_list(NOTICES[FIRST:])),
        "/xxgk/zdpwdw/P02022.xls": ("application/vnd.ms-excel", _workbook()),
    }
    rows = [dict(zip(HEADER, row, strict=True)) for row in AIR]
    found[API] = ("application/json", json.dumps({"total": 60, "data": {"list": rows}}, ensure_ascii=False).encode())
    found[OWN] = _html(f"<title>环境信息公开</title></head><body>{_OWN}</body>")
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in [HEADER, *LISTS["水环境"]])
    water = f"<p>水环境重点排污单位名录（{len(LISTS['水环境'])}家）</p><table border=1>{table}</table>"
    count = len(LISTS["大气环境"])
    air = f'<p>现公布名录，共{count}家。</p><p>附件：<a href="./P02022.xls">{ATTACHMENT}</a></p>'
    for name, title, day in NOTICES:
        body = water if "水环境" in title else air if "大气环境" in title else "<p>略</p>"
        found[f"/xxgk/zdpwdw/{name}.html"] = _html(_notice(title, day, body))
    return found


def _html(text: str) -> tuple[str, bytes]:
    return "text/html", f'<html><head><meta charset="gb2312">{text}</html>'.encode("gbk")


def _list(notices: tuple[tuple[str, str, str], ...]) -> str:
    items = "".join(
        f'<li><a href="./{name}.html" title="{title}">{title[:12]}…</a><span>{day}</span></li>'
        for name, title, day in notices
    )
    menu = "".join(f'<a href="/{name}/">{name}</a>' for name in ("首页", "机构概况"))
    script = "<script>createPageHTML(2, 0, 'index', 'html');</script>"
    body = f"<div>{menu}</div><ul class='news_list'>{items}</ul>{script}"
    return f"<title>重点排污单位名录</title></head><body>{body}</body>"


def _notice(title: str, day: str, body: str) -> str:
    head = f"<title>{title}</title></head><body><h1>{title}</h1><p>发布时间：{day}</p>"
    return f"{head}<div class='TRS_Editor'>{body}</div></body>"


def _workbook() -> bytes:
    rows: list[list[biff.Cell]] = [["大气环境重点排污单位名录（6家）"], list(HEADER)]
    rows += [list(row) for row in AIR]
    return biff.workbook(biff.Sheet("名录", rows))


@contextmanager
def standing() -> Iterator[str]:
    """The site's address while the block lasts."""
    held = pages()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, body = held.get(self.path, ("text/html", b"<html>404</html>"))
            self.send_response(200 if self.path in held else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
