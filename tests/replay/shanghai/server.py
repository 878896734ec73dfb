"""The site on a loopback port, in the foreground or, for tests, as a context manager."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

from tests.replay.shanghai.site import Answer, Site

LOOPBACK = "127.0.0.1"
_LARGEST_FORM = 64 * 1024


class _Handler(BaseHTTPRequestHandler):
    """One kept-alive connection; ``site`` is set on a subclass by the server."""

    site: Site
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    """Without it each answer waits for the client's delayed acknowledgement (40 ms)."""
    wbufsize = -1
    """Buffered: head and body leave in one packet."""

    def do_GET(self) -> None:
        self._send(self.site.answer("GET", self.path))

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > _LARGEST_FORM:
            self.send_error(413)
            return
        self._send(self.site.answer("POST", self.path, self.rfile.read(length)))

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:
        """Thirteen thousand lines a crawl would only slow it."""


class ShanghaiServer:
    """Serves a site: ``with ShanghaiServer(site) as server: server.url``; port 0 takes a free one."""

    def __init__(self, site: Site, port: int = 0) -> None:
        handler = type("Handler", (_Handler,), {"site": site})
        self.http = ThreadingHTTPServer((LOOPBACK, port), handler)
        self.http.daemon_threads = True

    @property
    def url(self) -> str:
        """The site's address without a final slash."""
        return f"http://{LOOPBACK}:{self.http.server_address[1]}"

    def serve(self) -> None:
        """Answer until interrupted."""
        try:
            self.http.serve_forever()
        finally:
            self.http.server_close()

    def __enter__(self) -> ShanghaiServer:
        self.thread = threading.Thread(target=self.http.serve_forever, daemon=True)
        self.thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.http.shutdown()
        self.http.server_close()
        self.thread.join(timeout=5)
