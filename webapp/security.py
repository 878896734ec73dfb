"""Headers that keep a page from running or loading anything foreign, and the limit on requests an address may make."""

from __future__ import annotations

from flask import Flask, Response
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from webapp.settings import Settings

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FRAME_POLICY = (
    "sandbox; default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""Of an archived page: nothing runs, nothing is loaded but our own style sheet, and only our pages may frame it."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}

csrf = CSRFProtect()


def init(app: Flask, settings: Settings) -> Limiter:
    """Cookies, form tokens, headers and limits; returns the limiter for routes with limits of their own."""
    app.config.update(
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_NAME="qingce",
        MAX_CONTENT_LENGTH=1_000_000,
        RATELIMIT_HEADERS_ENABLED=True,
    )
    if settings.proxy_hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxy_hops, x_proto=1)  # type: ignore[method-assign]
    csrf.init_app(app)
    app.after_request(_headers)
    return _limiter(app, settings)


def _limiter(app: Flask, settings: Settings) -> Limiter:
    limits: list[str] = [settings.rate_limit] if settings.rate_limit else []
    limiter = Limiter(get_remote_address, default_limits=limits, storage_uri="memory://")  # type: ignore[arg-type]
    limiter.init_app(app)
    return limiter


def _headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", PAGE_POLICY)
    return response
