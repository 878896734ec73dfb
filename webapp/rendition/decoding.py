"""Bytes of a page → text: the charset the server states, the one the page states, UTF-8, GB 18030."""

from __future__ import annotations

import codecs
import re

_STATED = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_IN_PAGE = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_CHINESE = {"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936", "hz-gb-2312"}


def text(body: bytes, content_type: str) -> str:
    """The text; bytes that no charset fits become U+FFFD, never an error: evidence must stay visible."""
    for charset in _candidates(body, content_type):
        try:
            return body.decode(charset)
        except UnicodeDecodeError:
            continue
    return body.decode("utf-8", "replace")


def _candidates(body: bytes, content_type: str) -> list[str]:
    stated = _STATED.search(content_type)
    inside = _IN_PAGE.search(body[:4096])
    names = [stated[1] if stated else "", inside[1].decode("ascii", "ignore") if inside else "", "utf-8-sig", "gb18030"]
    return [charset for name in names if (charset := _known(name))]


def _known(name: str) -> str:
    """A charset Python can decode; gb2312 and gbk are read as their superset, since sites use its characters."""
    if not name:
        return ""
    if name.lower() in _CHINESE:
        return "gb18030"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""
