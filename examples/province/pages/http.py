"""What a page is asked and what it answers."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

HTML = "text/html;charset=UTF-8"
JSON = "application/json;charset=UTF-8"


@dataclass(frozen=True)
class Request:
    """One request: ``query`` and ``form`` hold the last value of each name."""

    method: str
    path: str
    query: dict[str, str] = field(default_factory=dict)
    form: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    raw_query: str = ""
    """The query as sent, for sites that take another encoding than UTF-8."""
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    """Header names in lower case."""

    def value(self, name: str, default: str = "") -> str:
        """A parameter wherever it stands, the form first."""
        return self.form.get(name, self.query.get(name, default))

    def number(self, name: str, default: int) -> int:
        """A positive whole number; ``default`` where it is absent or no number, as such sites do."""
        text = self.value(name)
        return max(1, int(text)) if text.isdecimal() else default


@dataclass(frozen=True)
class Response:
    """One answer; ``status`` 0 means that the connection is dropped without a word."""

    body: bytes = b""
    content_type: str = HTML
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


def page(text: str, status: int = 200, encoding: str = "utf-8", content_type: str = HTML) -> Response:
    """An HTML page in the site's encoding."""
    return Response(text.encode(encoding), content_type, status)


def data(value: object) -> Response:
    """A JSON answer."""
    return Response(json.dumps(value, ensure_ascii=False).encode(), JSON)


def redirect(location: str, *headers: tuple[str, str]) -> Response:
    """302 to a path of the same site."""
    return Response(b"", HTML, 302, (("Location", location), *headers))


def not_found() -> Response:
    """A site's 404 page."""
    return page("<html><head><title>404</title></head><body><h1>404 您访问的页面不存在</h1></body></html>", 404)


def server_error() -> Response:
    """A page that is broken on purpose."""
    return page("<html><head><title>500</title></head><body>java.lang.NullPointerException</body></html>", 500)


def robots() -> Response:
    """Allows everything but ``/manage/``, which every site links."""
    return Response(b"User-agent: *\nDisallow: /manage/\nAllow: /\n", "text/plain;charset=UTF-8")


FOOTER = '<div class="foot">主办：示例省生态环境厅&nbsp;<a href="/manage/login.jsp">后台管理</a></div>'
