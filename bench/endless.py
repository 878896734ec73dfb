"""A directory of any number of enterprises on loopback, made up as it is asked: a list, a page and a module of each.

python -m bench.endless ENTERPRISES PORT_FILE
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import yaml

ROWS = 20
"""Enterprises a page of the list."""
NAME = "endless"


def requests(enterprises: int) -> int:
    """Requests of a crawl: pages of the list, a page and a module of each enterprise, robots.txt."""
    return -(-enterprises // ROWS) + 2 * enterprises + 1


def definition(url: str) -> str:
    """The source's YAML."""
    facts: dict[str, Any] = {
        "name": NAME, "title": "无尽名录", "publisher": {"name": "某省生态环境厅", "level": "province"},
        "family": "directory", "base_url": url, "robots": {"note": "its own"}, "licence": "made up", "cadence": "daily",
        "channel": "city_bureau", "loopback": True, "demo": True,
        "pace": {"delay": 0, "concurrency": 16, "autothrottle": False, "timeout": 60, "retries": 0},
        "covers": [{"kinds": ["listing", "profile", "emission"], "classes": ["KPU"], "regions": ["99"]}],
        "walk": {
            "list": {
                "url": "/list", "method": "GET", "page_param": "page", "table": "table", "required": ["单位名称"],
                "header": ["单位名称", "区县"], "id": r"\('([^']+)'\)", "pages": r"共\s*(\d+)\s*页",
                "total": r"共\s*(\d+)\s*条", "max_pages": 1_000_000, "kind": "listing",
                "subject": {"name": "单位名称", "region": "区县"},
            },
            "info": {"url": "/info?id={id}", "kind": "profile", "required": ["污染源编码"], "subject": {}},
            "feeds": [{
                "name": "排放项目", "url": "/rows?code={污染源编码}", "method": "GET", "kind": "emission",
            }],
        },
    }  # fmt: skip
    return yaml.safe_dump(facts, allow_unicode=True, sort_keys=False)


def answer(target: str, enterprises: int) -> tuple[str, str]:
    """Content type and text of an address."""
    parts = urlsplit(target)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    match parts.path:
        case "/list":
            return "text/html;charset=utf-8", _list(int(asked["page"]), enterprises)
        case "/info":
            return "text/html;charset=utf-8", _info(asked["id"])
        case "/rows":
            row = f'{{"stProject": "化学需氧量", "stPfxz": "{asked["code"]}"}}'
            return "application/json;charset=utf-8", f'{{"total": 1, "rows": [{row}]}}'
        case _:
            return "text/plain", ""


def _list(page: int, enterprises: int) -> str:
    numbers = range(ROWS * (page - 1), min(ROWS * page, enterprises))
    rows = "".join(f"<tr onclick=\"show('{n}')\"><td>企业{n}有限公司</td><td>某区</td></tr>" for n in numbers)
    head = "<tr><th>单位名称</th><th>区县</th></tr>"
    end = f"第{page}页 共{-(-enterprises // ROWS)}页 共{enterprises}条"
    return f"<html><body><table>{head}{rows}</table>{end}</body></html>"


def _info(number: str) -> str:
    pairs = {"单位名称": f"企业{number}有限公司", "污染源编码": f"c{number}", "地址": f"某区某路{number}号" * 3}
    rows = "".join(f"<tr><th>{header}</th><td>{value}</td></tr>" for header, value in pairs.items())
    return f"<html><body><table>{rows}</table></body></html>"


class _Site(asyncio.Protocol):
    """HTTP/1.1 as far as a crawl of it needs: GET, kept alive."""

    def __init__(self, enterprises: int) -> None:
        self.enterprises, self._waiting = enterprises, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        while b"\r\n\r\n" in self._waiting:
            head, self._waiting = self._waiting.split(b"\r\n\r\n", 1)
            kind, text = answer(head.split(b" ", 2)[1].decode(), self.enterprises)
            body = text.encode()
            top = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
            self._transport.write(top.encode() + body)


async def serve(enterprises: int, port_file: Path) -> None:
    """Serve until the process is ended; the port is written into ``port_file``."""
    server = await asyncio.get_running_loop().create_server(lambda: _Site(enterprises), "127.0.0.1", 0)
    port_file.write_text(str(server.sockets[0].getsockname()[1]), encoding="ascii")
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
