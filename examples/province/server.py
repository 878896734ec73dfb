"""Serves every site of the province on loopback, one port a site, in one process, for any date of the script."""

from __future__ import annotations

import json
import socket
from collections import OrderedDict
from datetime import date
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from .families import FAMILIES
from .model import World
from .pages import pdf
from .pages.http import Request, Response
from .sites import ALL, Answer, answer

HOST = "127.0.0.1"
CACHE_ENTRIES = 20_000
MAX_FORM = 1 << 20
"""Largest request body taken (bytes)."""
UNCACHED = frozenset({"permit", "platform-d", *(name for name, site in FAMILIES.items() if not site.cached)})
"""Sites whose answer depends on the session or the turn."""


class PortTakenError(RuntimeError):
    """Raised by ``start`` where a port cannot be bound; names the port and what to do."""


class ProvinceServer:
    """The running province. ``port_base`` 0 picks free ports; else control is on it and the sites on those after it.

    ``sites`` and ``answers`` are another set of sites over the same world, where one is to be served.
    """

    def __init__(
        self, world: World, day: date, port_base: int = 0, sites: tuple[str, ...] = ALL, answers: Answer = answer
    ) -> None:
        self.world, self.port_base = world, port_base
        self._sites, self._answers = sites, answers
        self._day = day
        self._servers: dict[str, _Server] = {}
        self._cache: OrderedDict[tuple[Any, ...], Response] = OrderedDict()
        self._lock = Lock()

    @property
    def day(self) -> date:
        """The date whose state is served."""
        return self._day

    @property
    def urls(self) -> dict[str, str]:
        """Address of every site and of ``control``, without a slash at the end."""
        return {name: f"http://{HOST}:{server.server_port}" for name, server in self._servers.items()}

    def set_date(self, day: date) -> None:
        """Serves the state of ``day`` from the next request on."""
        with self._lock:
            self._day = day
            self._cache.clear()

    def start(self) -> None:
        """Binds every port and serves in threads; raises PortTakenError, or MissingLibraryError without reportlab."""
        pdf.require()
        try:
            for offset, name in enumerate(("control", *self._sites)):
                port = self.port_base + offset if self.port_base else 0
                self._servers[name] = _bind(self, name, port)
        except PortTakenError:
            self.stop()
            raise
        for server in self._servers.values():
            server.begin()

    def stop(self) -> None:
        """Ends all threads and frees the ports; harmless where nothing runs."""
        for server in self._servers.values():
            server.end()
        self._servers.clear()

    def __enter__(self) -> ProvinceServer:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def answer(self, site: str, request: Request) -> Response:
        """One page of one site on the present day, from the cache where it was made before."""
        day = self._day
        if site in UNCACHED:
            return self._answers(self.world, site, day, request)
        key = (
            site,
            day,
            request.method,
            request.path,
            request.raw_query,
            request.body,
            request.headers.get("referer", ""),
        )
        with self._lock:
            if (kept := self._cache.get(key)) is not None:
                return kept
        made = self._answers(self.world, site, day, request)
        with self._lock:
            self._cache[key] = made
            if len(self._cache) > CACHE_ENTRIES:
                self._cache.popitem(last=False)
        return made


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    allow_reuse_address = True

    def __init__(self, province: ProvinceServer, site: str, port: int) -> None:
        self.province, self.site = province, site
        self._thread: Thread | None = None
        super().__init__((HOST, port), _Control if site == "control" else _Handler)

    def begin(self) -> None:
        self._thread = Thread(target=self.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        self._thread.start()

    def end(self) -> None:
        if self._thread is not None:
            self.shutdown()
            self._thread.join()
        self.server_close()


def _bind(province: ProvinceServer, site: str, port: int) -> _Server:
    try:
        return _Server(province, site, port)
    except OSError as error:
        raise PortTakenError(f"port {port} on {HOST} for {site} cannot be bound ({error.strerror}); "
                        "choose another --port-base, or 0 for free ports") from error  # fmt: skip


class _Handler(BaseHTTPRequestHandler):
    """One connection to one site."""

    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16  # one segment an answer: header and body leave together
    disable_nagle_algorithm = True
    timeout = 60
    server: _Server

    def do_GET(self) -> None:
        self._serve(b"")

    def do_HEAD(self) -> None:
        self._serve(b"")

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > MAX_FORM:
            self.close_connection = True
            self.write(Response(b"", status=400))
            return
        self._serve(self.rfile.read(int(length)))

    def _serve(self, body: bytes) -> None:
        parts = urlsplit(self.path)
        method = "GET" if self.command == "HEAD" else self.command
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(method, parts.path, _pairs(parts.query), _pairs(body.decode("utf-8", "replace")),
                          _cookies(headers.get("cookie")), parts.query, body, headers)  # fmt: skip
        self.write(self.server.province.answer(self.server.site, request))

    def write(self, response: Response) -> None:
        """Sends one answer; status 0 drops the connection."""
        if response.status == 0:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response(response.status)
        self.send_header("Content-Type", response.content_type)
        self.send_header("Content-Length", str(len(response.body)))
        for name, value in response.headers:
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: a crawl makes thousands of requests."""


class _Control(_Handler):
    """``GET /clock`` and ``POST /clock {"date": "YYYY-MM-DD"}``."""

    def _serve(self, body: bytes) -> None:
        province = self.server.province
        if urlsplit(self.path).path != "/clock":
            self._json({"error": f"no such page: {self.path}; there is only /clock"}, 404)
            return
        if self.command == "POST":
            try:
                province.set_date(date.fromisoformat(json.loads(body)["date"]))
            except (ValueError, KeyError, TypeError):
                self._json({"error": 'send {"date": "YYYY-MM-DD"}'}, 400)
                return
        self._json({"date": province.day.isoformat()}, 200)

    def _json(self, value: dict[str, str], status: int) -> None:
        self.write(Response(json.dumps(value, ensure_ascii=False).encode(), "application/json", status))


def _pairs(text: str) -> dict[str, str]:
    return dict(parse_qsl(text, keep_blank_values=True)) if text else {}


def _cookies(text: str | None) -> dict[str, str]:
    return {name: morsel.value for name, morsel in SimpleCookie(text).items()} if text else {}
