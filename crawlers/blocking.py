"""Challenge, refusal and login pages, recognised by their marks so that they are never taken for content.

They are reported, never answered: no script is run, no cookie computed, no captcha solved.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from crawlers import webforms
from crawlers.kinds import Outcome

Verdict = tuple[Outcome, str]
_HEAD = 20_000
_LOGIN = re.compile(rb"""<input[^>]+type\s*=\s*['"]?password""", re.IGNORECASE)
_SMALL = 4_000
_SOFT: tuple[tuple[str, Outcome, str], ...] = (
    ("请刷新后重试", "blocked", "blocked: 请刷新后重试 page"),
    ("未找到对应文件", "unreadable", "file missing: 未找到对应文件"),
)
PRIVATE_USE = re.compile("[\ue000-\uf8ff]|&#x[eE][0-9a-fA-F]{3};")


def verdict(status: int, url: str, headers: Mapping[str, str], body: bytes) -> Verdict | None:
    """Why an answer is no content: (outcome, reason), or None where it may be content.

    ``headers`` have lower-case names; ``body`` is decoded of its content coding. Reasons of outcome ``blocked`` begin
    with ``blocked:`` and name the guard.
    """
    head = body[:_HEAD]
    return (
        _river_security(status, head)
        or _jiasule(status, headers, head)
        or _webshield(url)
        or _soft(body)
        or _login(head)
        or _webforms(status, body)
        or _status(status, headers)
    )


def _river_security(status: int, head: bytes) -> Verdict | None:
    """瑞数: status 412 or 202 with a ``$_ts`` script, or its long ``meta content="{qqqq…"`` head."""
    marked = b"$_ts" in head or re.search(rb'<meta\s+content="\{?q{4,}', head) is not None
    if marked or status == 412:
        return "blocked", "blocked: 瑞数 challenge"
    return None


def _jiasule(status: int, headers: Mapping[str, str], head: bytes) -> Verdict | None:
    """加速乐: ``__jsl_clearance`` cookies set by script or header, status 521, 307 or 500."""
    cookie = headers.get("set-cookie", "")
    if (
        status == 521
        or b"__jsl_clearance" in head
        or "__jsl_clearance" in cookie
        or ("x-via-jsl" in headers and status >= 300)
    ):
        return "blocked", "blocked: 加速乐 challenge"
    return None


def _webshield(url: str) -> Verdict | None:
    """WebShield: status 200 at ``errorinfo.jsp`` after a redirect, without session or referer."""
    return ("blocked", "blocked: WebShield errorinfo") if "errorinfo." in url.split("?")[0] else None


def _soft(body: bytes) -> Verdict | None:
    """Status 200 with a sentence instead of the page."""
    if len(body) > _SMALL:
        return None
    for encoding in ("utf-8", "gb18030"):
        text = body.decode(encoding, "ignore")
        for words, outcome, reason in _SOFT:
            if words in text:
                return outcome, reason
    return None


def _login(head: bytes) -> Verdict | None:
    """A login wall: a password field in a small page."""
    return ("blocked", "blocked: login wall") if len(head) < _HEAD and _LOGIN.search(head) else None


def _webforms(status: int, body: bytes) -> Verdict | None:
    """ASP.NET does not take back a page's hidden state: an error page, not a broken site."""
    said = webforms.refusal(body) if status >= 500 else None
    return ("failed", said) if said else None


def _status(status: int, headers: Mapping[str, str]) -> Verdict | None:
    """The status alone: refusals are blocks, absence, errors and redirects that cannot be followed are failures."""
    if 300 <= status < 400:
        return (
            "failed",
            f"status {status} leads to {headers.get('location', 'nowhere')[:200]}, where it is not followed",
        )
    if status in (401, 403, 429):
        return "blocked", f"blocked: status {status}"
    return ("failed", f"status {status}") if status >= 400 else None


def enciphered(text: str) -> bool:
    """Whether digits are hidden in a font of their own (private-use characters): the text cannot be read."""
    return PRIVATE_USE.search(text) is not None
