"""Names of files as text: from bytes of unknown encoding, from Content-Disposition; for people, never for paths."""

from __future__ import annotations

import re
from email.errors import HeaderParseError
from email.header import decode_header
from pathlib import PurePosixPath
from urllib.parse import unquote_to_bytes, urlsplit

SUFFIXES = re.compile(r"(?i)\.(?:xlsx?|et|pdf|docx?|wps|csv|html?|txt|zip|rar|7z)$")
_EXTENDED = re.compile(r"""(?i)filename\*\s*=\s*"?([\w-]*)'[^']*'([^;"]+)""")
_PLAIN = re.compile(r"""(?i)filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]+))""")


def decoded(raw: bytes) -> str:
    """A name's bytes as text: UTF-8, else GB 18030 (what Windows writes), with U+FFFD for what fits neither."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def shown(name: str | bytes | None) -> str:
    """A path as text for people: bytes decoded, ``\\`` as ``/``, no part that leads out; 无名 where nothing is left."""
    text = name if isinstance(name, str) else decoded(name or b"")
    parts = [part for part in PurePosixPath(text.replace("\\", "/")).parts if part not in ("/", "..", ".")]
    return "/".join(parts) or "无名"


def of_disposition(header: str) -> str | None:
    """The file's name in a Content-Disposition header, percent-encoded or raw, in UTF-8 or GBK; None without one."""
    if found := _EXTENDED.search(header):
        return _last(decoded(unquote_to_bytes(found[2].strip())))
    if found := _PLAIN.search(header):
        name = found[1] if found[1] is not None else found[2].strip()
        return _last(_worded(decoded(unquote_to_bytes(name))))
    return None


def of_address(url: str) -> str:
    """The last part of an address, percent-decoded; a name in its query where the path's part has no suffix."""
    parts = urlsplit(url)
    last = _last(decoded(unquote_to_bytes(parts.path))) or ""
    if SUFFIXES.search(last):
        return last
    values = (decoded(unquote_to_bytes(pair.partition("=")[2])) for pair in parts.query.split("&"))
    return next((value for value in values if SUFFIXES.search(value)), last)


def best(*names: str | None) -> str:
    """The first name with a known suffix, else the first that is not empty: a link's text may be 点击下载."""
    given = [name for name in names if name]
    return next((name for name in given if SUFFIXES.search(name)), given[0] if given else "")


def _worded(name: str) -> str:
    """A name sent as MIME's encoded words (``=?utf-8?B?…?=``), as some servers do; any other as it is."""
    if "=?" not in name:
        return name
    try:
        return "".join(part if isinstance(part, str) else decoded(part) for part, _ in decode_header(name))
    except HeaderParseError:
        return name


def _last(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name
