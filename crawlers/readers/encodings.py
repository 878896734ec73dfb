"""Bytes of a text file to text: byte order mark, then the header's charset, then the page's own, then detection.

``gb2312`` and ``gbk`` are always decoded as ``gb18030``: pages that declare the small set use the large one.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote_to_bytes

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
_WESTERN = {"cp1252", "latin-1", "iso8859-15"}
_NARROW = re.compile("[\x00-\x7f]+")
_SAMPLE = 256 * 1024
_THREE = re.compile(rb"[\xe3-\xe9][\x80-\xbf][\x80-\xbf]")
_SURE = 8
"""So many characters can hardly be good UTF-8 by chance; two can (the GBK bytes of 联通 are)."""
_SHORT = 32
"""Below so many wide characters a detector guesses: it takes two characters of GBK for Big5."""
_READABLE = 0.8
"""Share of wide characters that belong to the common set GB 2312, in a text that is really GB 18030."""


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
    if set(stated) & _WESTERN:
        # Servers state Western by default, and any bytes at all fit it: what is good Chinese is read as such.
        stated = [*(name for name in stated if name not in _WESTERN), "utf-8", "gb18030", "cp1252"]
    for encoding in ["utf-8", *stated] if _surely_utf8(data) else [*stated, "utf-8"]:
        try:
            return Decoded(data.decode(encoding), encoding)
        except UnicodeDecodeError:
            continue
    # A stray broken byte in a long page must not make a detector guess: keep the stated encoding where nearly all fits.
    detected = _detected(data)
    best = min([*stated, detected], key=lambda encoding: data.decode(encoding, "replace").count("\ufffd"))
    return _forced(data, best)


def _surely_utf8(data: bytes) -> bool:
    """Whether so many characters of three bytes are good UTF-8 that a page that states GBK is wrong about itself."""
    return sum(1 for _ in islice(_THREE.finditer(data, 0, _SAMPLE), _SURE)) == _SURE


def unquoted(text: str) -> str:
    """A percent-encoded name (of an attachment, in an address) as text: UTF-8, else GB 18030, else as it stands."""
    raw = unquote_to_bytes(text)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return text


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
    """Chinese agencies publish in GB 18030; only a text that reads badly in it is left to the detector."""
    sample = data[:_SAMPLE]
    if sample.count(0) > len(sample) // 20:
        return _guess(sample, ["utf_16_le", "utf_16_be"])
    wide = _NARROW.sub("", sample.decode("gb18030", "replace"))
    common = len(wide.encode("gb2312", "ignore")) // 2
    if len(wide) < _SHORT or common >= _READABLE * len(wide):
        return "gb18030"
    return _guess(sample, ["gb18030", "big5"])


def _guess(sample: bytes, likely: list[str]) -> str:
    best = from_bytes(sample, cp_isolation=likely).best()
    return (canonical(best.encoding) if best else None) or "gb18030"
