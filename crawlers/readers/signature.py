"""What a file is, by its first bytes: suffixes lie (``.xls`` that is HTML, ``.xlsx`` that is text)."""

from __future__ import annotations

import io
import re
import zipfile

from crawlers.readers.document import Kind

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")
_IMAGES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|table|meta|div|style|title|script|tr|form|p)[\s>/]", re.IGNORECASE
)
_JSON = re.compile(rb'(?:[\w.$]+\s*\(\s*)?(?:\[\s*)*\{\s*(?:"|\}\s*\])|\[\s*\]\s*$|\[\s*\[?\s*["\d]')
_SHEETML = re.compile(rb"<(?:\w+:)?Workbook[\s>]")


def kind_of(data: bytes, *, filename: str = "", content_type: str = "") -> Kind:
    """The kind of ``data``; name and content type decide only among texts (CSV, JSON, plain) that have no signature."""
    head = data[:8192].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _of_zip(data, filename)
    if data.startswith(OLE):
        return _of_ole(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_BIFF):
        return "xls"
    if data.startswith(_ARCHIVES):
        return "archive"
    if data.startswith(_IMAGES):
        return "image"
    return _of_text(_narrow(head), filename.lower(), content_type.lower())


def _narrow(head: bytes) -> bytes:
    """UTF-16 heads without their zero bytes, so that markup shows."""
    return head.replace(b"\x00", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head


def _of_zip(data: bytes, filename: str) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            names = set(container.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        # A truncated container has lost its directory: the first member's name still says what it was.
        names = {part for part in ("xl/", "word/") if part.encode() in data}
        return "docx" if "word/" in names or filename.lower().endswith(".docx") else "xlsx"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    return "docx" if "word/document.xml" in names else "archive"


def _of_ole(data: bytes) -> Kind:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "xlsx"
    return "doc" if "WordDocument".encode("utf-16-le") in data else "xls"


def _of_text(head: bytes, filename: str, content_type: str) -> Kind:
    if _SHEETML.search(head):
        return "sheetml"
    if _JSON.match(head) or (head[:1] in (b"{", b"[") and ("json" in content_type or filename.endswith(".json"))):
        return "json"
    if _MARKUP.search(head) or "html" in content_type:
        return "html"
    if filename.endswith((".csv", ".tsv")) or "csv" in content_type or _separated(head):
        return "csv"
    return "text" if b"\x00" not in head[:1024] else "unknown"


def _separated(head: bytes) -> bool:
    """Whether the first lines are rows: each of the first (up to five) holds the same number of tabs or commas."""
    lines = [line for line in head.splitlines()[:6] if line.strip()]
    lines = lines[:-1] if len(lines) > 5 else lines
    for mark in (b"\t", b",", "，".encode(), "，".encode("gb18030")):
        counts = {line.count(mark) for line in lines}
        if len(lines) > 1 and len(counts) == 1 and counts != {0}:
            return True
    return False
