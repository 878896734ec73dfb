"""Sites that would fill memory or disk, never end, or lead elsewhere: each is refused within its limit, by name."""

from __future__ import annotations

import resource
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import brotli
import pytest

from crawlers.run import crawl
from tests.crawlers.scripted import DIRECTORY, Told, directory_walk, info_page, list_page, read_run, write_source

MEGABYTES = 300
"""What the bombs become once inflated; the crawl may take one."""
ZEROS = bytes(1024 * 1024)
Behaviour = Callable[[BaseHTTPRequestHandler, str], None]


def _gzip(wbits: int) -> bytes:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, wbits)
    return b"".join([*(squeeze.compress(ZEROS) for _ in range(MEGABYTES)), squeeze.flush()])


def _brotli() -> bytes:
    squeeze = brotli.Compressor(quality=5)
    return b"".join([*(squeeze.process(ZEROS) for _ in range(MEGABYTES)), squeeze.finish()])


def _answer(to: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    to.send_response(status)
    for name, value in {"Content_Type": "text/html", "Content_Length": str(len(body)), **headers}.items():
        to.send_header(name.replace("_", "-"), value)
    to.end_headers()
    to.wfile.write(body)


def _coded(coding: str, body: bytes) -> Behaviour:
    return lambda to, path: _answer(to, body, Content_Encoding=coding)


def _endless(to: BaseHTTPRequestHandler, path: str) -> None:
    """A body without a length that never ends."""
    to.send_response(200)
    to.send_header("Connection", "close")
    to.end_headers()
    for _ in range(200):
        to.wfile.write(ZEROS[:65536])
    to.close_connection = True


def _drip(to: BaseHTTPRequestHandler, path: str) -> None:
    """A byte every fifth of a second: never silent, never done."""
    to.send_response(200)
    to.send_header("Content-Length", "100000")
    to.end_headers()
    for _ in range(60):
        to.wfile.write(b" ")
        to.wfile.flush()
        time.sleep(0.2)


def _claims(to: BaseHTTPRequestHandler, path: str) -> None:
    _answer(to, b"", Content_Length=str(10**12))


def _circle(to: BaseHTTPRequestHandler, path: str) -> None:
    _answer(to, b"", 302, Location=f"{path.split('?')[0]}?{time.monotonic_ns()}")


def _to(address: str) -> Behaviour:
    return lambda to, path: _answer(to, b"", 302, Location=address)


def _many_pages(to: BaseHTTPRequestHandler, path: str) -> None:
    """One firm whose module always has one more page."""
    if path.startswith("/list.jsp"):
        _answer(to, list_page([("1", "甲钢铁有限公司")]).encode(), Content_Type="text/html;charset=UTF-8")
    elif path.startswith("/info.jsp"):
        _answer(to, info_page("甲钢铁有限公司", "c").encode(), Content_Type="text/html;charset=UTF-8")
    else:
        _answer(to, b'{"total": 1000000, "rows": [{"stProject": "COD"}]}', Content_Type="application/json")


def _long_link(to: BaseHTTPRequestHandler, path: str) -> None:
    identifier = "9" * 5000
    _answer(to, list_page([(identifier, "甲钢铁有限公司")]).encode(), Content_Type="text/html;charset=UTF-8")


ENDLESS_MODULE = {**DIRECTORY, "walk": directory_walk(max_pages=7)}
SITES: dict[str, tuple[Behaviour, dict[str, Any]]] = {
    "gzip-bomb": (_coded("gzip", _gzip(31)), DIRECTORY),
    "deflate-bomb": (_coded("deflate", _gzip(15)), DIRECTORY),
    "brotli-bomb": (_coded("br", _brotli()), DIRECTORY),
    "endless": (_endless, DIRECTORY),
    "drip": (_drip, DIRECTORY),
    "claims": (_claims, DIRECTORY),
    "circle": (_circle, DIRECTORY),
    "to-metadata": (_to("http://169.254.169.254/latest/meta-data/"), DIRECTORY),
    "to-file": (_to("file:///etc/passwd"), DIRECTORY),
    "to-mapped": (_to("http://[::ffff:127.0.0.1]/"), DIRECTORY),
    "many-pages": (_many_pages, ENDLESS_MODULE),
    "long-link": (_long_link, DIRECTORY),
}


@contextmanager
def _serving(behave: Behaviour) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            self.rfile.read(length)
            try:
                if self.path == "/robots.txt":
                    _answer(self, b"", Content_Type="text/plain")
                else:
                    behave(self, self.path)
            except OSError:
                # The crawl has hung up, which is what is asked of it.
                self.close_connection = True

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: Any) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def met(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Told]:
    """Every hostile site's run."""
    folder = tmp_path_factory.mktemp("hostile")
    pace = {"delay": 0, "concurrency": 4, "autothrottle": False, "timeout": 2, "retries": 0}
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        patch.setenv("QINGCE_SOURCES", str(folder / "sources"))
        patch.setenv("QINGCE_CRAWL_MAX_MB", "1")
        for name, (behave, facts) in SITES.items():
            url = stack.enter_context(_serving(behave))
            write_source(folder / "sources", name, url, **{**facts, "pace": pace})
        results = crawl(list(SITES), folder / "var")
    return {result.source: read_run(result.folder) for result in results}


REASONS = {
    "gzip-bomb": "larger than allowed",
    "deflate-bomb": "larger than allowed",
    "brotli-bomb": "larger than allowed",
    "endless": "larger than allowed",
    "claims": "larger than allowed",
    "drip": "no answer",
    "circle": "max redirections reached",
    "to-metadata": "169.254.169.254 is not among the source's hosts",
    "to-file": "status 302 leads to file:///etc/passwd",
    "to-mapped": "is not among the source's hosts",
}


@pytest.mark.parametrize("name", REASONS)
def test_a_hostile_list_ends_its_run_for_a_named_reason(met: dict[str, Told], name: str) -> None:
    run = met[name]
    assert run.facts["status"] == "stopped" and REASONS[name] in run.facts["reason"], run.facts["reason"]
    assert run.records == [] and all(not visit["complete"] for visit in run.visits if visit["scope"] == "walk")


def test_no_bomb_goes_off_in_memory(met: dict[str, Told]) -> None:
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    assert met and peak < 600, f"{peak:.0f} MB, one bomb alone would have taken {MEGABYTES} more"
    stored = sum(path.stat().st_size for run in met.values() for path in run.folder.glob("captures-*"))
    assert stored < 8 * 1024 * 1024


def test_a_module_without_end_is_left_at_its_limit_and_the_rest_is_said_to_be_missing(met: dict[str, Told]) -> None:
    run = met["many-pages"]
    assert [i["code"] for i in run.issues] == ["rows-missing"]
    assert run.facts["counts"]["requests"] < 15


def test_an_address_too_long_to_ask_is_a_bad_look_not_a_silent_gap(met: dict[str, Told]) -> None:
    run = met["long-link"]
    assert run.looks("profile") == {"甲钢铁有限公司": "failed"}
    assert "address of 50" in next(v["reason"] for v in run.visits if v["kind"] == "profile")
