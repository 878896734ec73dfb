"""Bytes of a text file to text: byte order mark, then the header's charset, then the page's own, then detection.

``gb2312`` and ``gbk`` are always decoded as ``gb18030``: pages that declare the small set use the large one.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from crawlers.readers.document import ReadIssue

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META = re.compile(
    rb"<meta[^>]+?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]+?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE
)
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "hz": "hz",
    "big5": "big5hkscs",
    "iso8859-1": "cp1252",
    "ascii": "utf-8",
}
_SAMPLE = 256 * 1024
# What Chinese agencies publish in; detection over all of Python's code pages takes short GBK text for others.
_LIKELY = ["utf_8", "gb18030", "big5", "utf_16_le", "utf_16_be"]


@dataclass(frozen=True)
class Decoded:
    """Text, the encoding it was decoded with, and an issue where bytes did not fit it."""

    text: str
    encoding: str
    issues: tuple[ReadIssue, ...] = ()


def decode(data: bytes, content_type: str = "", *, markup: bool = False) -> Decoded:
    """Decode ``data``; ``markup`` also believes a ``<meta charset>`` or an XML declaration in the first 4 KB.

    Bytes that fit no stated encoding are decoded with the detected one; what still does not fit becomes U+FFFD with a
    warning ``encoding`` that counts them.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _forced(data[len(mark) :], encoding)
    stated = [name for name in (_header_charset(content_type), _meta_charset(data) if markup else None) if name]
    for encoding in [*stated, "utf-8"]:
        try:
            return Decoded(data.decode(encoding), encoding)
        except UnicodeDecodeError:
            continue
    # A stray broken byte in a long page must not make a detector guess: keep the stated encoding where nearly all fits.
    detected = _detected(data)
    best = min([*stated, detected], key=lambda encoding: data.decode(encoding, "replace").count("\ufffd"))
    return _forced(data, best)


def _forced(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    bad = text.count("\ufffd") - (data.count("\ufffd".encode()) if encoding == "utf-8" else 0)
    if bad <= 0:
        return Decoded(text, encoding)
    issue = ReadIssue("warning", "encoding", f"{bad} characters do not fit {encoding}; shown as U+FFFD", None, encoding)
    return Decoded(text, encoding, (issue,))


def _header_charset(content_type: str) -> str | None:
    found = _CHARSET.search(content_type)
    return canonical(found.group(1)) if found else None


def _meta_charset(data: bytes) -> str | None:
    found = _META.search(data[:4096])
    return canonical((found.group(1) or found.group(2)).decode("ascii", "replace")) if found else None


def canonical(name: str) -> str | None:
    """Python's name of an encoding, widened (``gb2312`` → ``gb18030``); None where the name is unknown."""
    try:
        known = codecs.lookup(name.strip()).name
    except LookupError:
        return None
    return _WIDER.get(known, known)


def _detected(data: bytes) -> str:
    best = from_bytes(data[:_SAMPLE], cp_isolation=_LIKELY).best()
    return (canonical(best.encoding) if best else None) or "gb18030"
