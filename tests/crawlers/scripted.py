"""Small sites on loopback that answer as a test says, and the source files that describe them."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import yaml

from crawlers.segments import read_lines


@dataclass
class Asked:
    """What a site was asked."""

    method: str
    path: str
    values: dict[str, str]
    headers: dict[str, str]
    raw: str = ""
    """Query and body as they were sent."""


@dataclass
class Answer:
    """What it answers; ``status`` 0 drops the connection."""

    body: bytes | str = b""
    status: int = 200
    content_type: str = "text/html;charset=UTF-8"
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


Script = Callable[[Asked], Answer]


@dataclass
class Site:
    """A running site: its address and everything it was asked."""

    url: str
    asked: list[Asked]


@contextmanager
def serving(script: Script) -> Iterator[Site]:
    """Serve ``script`` on a free port of loopback until the block ends."""
    asked: list[Asked] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            parts = urlsplit(self.path)
            text = f"{parts.query}&{self.rfile.read(length).decode()}"
            asked.append(
                Asked(self.command, parts.path, dict(parse_qsl(text, keep_blank_values=True)), dict(self.headers), text)
            )
            told = script(asked[-1])
            if told.status == 0:
                self.close_connection = True
                return
            self.send_response(told.status)
            for name, value in {"Content-Type": told.content_type, **told.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(told.data)))
            self.end_headers()
            self.wfile.write(told.data)

        do_GET = do_POST = answer  # noqa: N815

        def log_message(self, *_: Any) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield Site(f"http://127.0.0.1:{server.server_port}", asked)
    finally:
        server.shutdown()
        server.server_close()


COMMON: dict[str, Any] = {
    "title": "试验站点",
    "publisher": {"name": "某市生态环境局", "level": "city"},
    "robots": {"note": "its own"},
    "licence": "invented",
    "pace": {"delay": 0, "concurrency": 4, "autothrottle": False, "timeout": 5, "retries": 0},
    "cadence": "daily",
    "channel": "city_bureau",
    "loopback": True,
    "enabled": True,
    "floors": {"rows": {}, "fill": {}},
}


def write_source(folder: Path, name: str, url: str, **facts: Any) -> None:
    """A source file for a scripted site."""
    folder.mkdir(exist_ok=True)
    text = yaml.safe_dump({**COMMON, "name": name, "base_url": url, **facts}, allow_unicode=True, sort_keys=False)
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


def directory_walk(**feed: Any) -> dict[str, Any]:
    """A directory with one enterprise page and one JSON module."""
    return {
        "list": {
            "url": "/list.jsp", "page_param": "currentPage", "table": "table.Llist", "required": ["单位名称"],
            "header": ["单位名称", "区县"], "id": r"\('([^']+)'\)", "pages": r"共\s*(\d+)\s*页",
            "total": r"共\s*(\d+)\s*条", "kind": "listing", "subject": {"name": "单位名称", "region": "区县"},
        },
        "info": {
            "url": "/info.jsp?id={id}", "kind": "profile", "required": ["污染源编码"],
            "subject": {"name": "单位名称", "uscc": "信用代码"},
        },
        "feeds": [
            {"name": "排放项目", "url": "/jcdw.do", "form": {"wryCode": "{污染源编码}", "pageSize": "2"},
             "page_param": "currentPage", "kind": "emission", "empty": "absent", **feed},
        ],
    }  # fmt: skip


DIRECTORY = {
    "family": "directory",
    "covers": [{"kinds": ["listing", "profile", "emission", "social_report"], "classes": ["KPU"], "regions": ["31"]}],
    "walk": directory_walk(),
}


def list_page(firms: list[tuple[str, str]], page: int = 1, pages: int = 1, total: int | None = None) -> str:
    """A page of a directory: (id, name) of each firm."""
    rows = "".join(f"<tr onclick=\"showInfo('{i}')\"><td title='{n}'>{n}</td><td>徐汇区</td></tr>" for i, n in firms)
    stated = len(firms) if total is None else total
    head = "<tr><th>单位名称</th><th>区县</th></tr>"
    return f"<html><body><table class='Llist'>{head}{rows}</table>第{page}页 共{pages}页 共{stated}条</body></html>"


def info_page(name: str, code: str) -> str:
    """An enterprise's page."""
    pairs = {"单位名称": name, "信用代码": "91310000607220405X", "污染源编码": code, "主管部门": "null"}
    rows = "".join(f"<tr><th>{h}</th><td>\r\n\t{v}&nbsp;</td></tr>" for h, v in pairs.items())
    return f"<html><body><table>{rows}</table></body></html>"


def rows_answer(rows: list[dict[str, Any]], total: int | None = None) -> Answer:
    """EasyUI's answer."""
    data = {"total": len(rows) if total is None else total, "rows": rows}
    return Answer(json.dumps(data, ensure_ascii=False), content_type="application/json;charset=UTF-8")


@dataclass
class Told:
    """Everything a run folder tells."""

    folder: Path
    facts: dict[str, Any]
    records: list[dict[str, Any]]
    visits: list[dict[str, Any]]
    issues: list[dict[str, Any]]

    def looks(self, kind: str) -> dict[str, str]:
        """Outcome of each page visit of a kind, by the subject's name."""
        return {v["subject"]["name"]: v["outcome"] for v in self.visits if v["scope"] == "page" and v["kind"] == kind}

    def walk(self, kind: str) -> dict[str, Any]:
        """The walk visit of a kind."""
        (found,) = [v for v in self.visits if v["scope"] == "walk" and v["kind"] == kind]
        return found


def read_run(folder: Path) -> Told:
    """A run folder as a whole."""
    facts = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    return Told(folder, facts, *(list(read_lines(folder, sort)) for sort in ("records", "visits", "issues")))
