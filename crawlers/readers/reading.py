"""One entry for every file: the reader is chosen by the file's signature."""

from __future__ import annotations

from crawlers.readers.delimited import read_delimited
from crawlers.readers.document import LIMITS, Document, Kind, Limits, Text, unreadable
from crawlers.readers.encodings import decode
from crawlers.readers.excel import read_xlsx
from crawlers.readers.html import read_html
from crawlers.readers.jsonrows import read_json
from crawlers.readers.oldexcel import read_xls
from crawlers.readers.oldword import read_doc
from crawlers.readers.pdf import read_pdf
from crawlers.readers.sheetml import read_sheetml
from crawlers.readers.signature import OLE, kind_of
from crawlers.readers.word import read_docx
from crawlers.readers.zips import refusal

_REFUSED: dict[Kind, str] = {
    "image": "an image has no text layer; it needs character recognition (OCR)",
    "archive": "an archive; unpack it and read its files one by one",
    "unknown": "not a file of a known kind (its first bytes match none of XLSX, XLS, PDF, DOCX, HTML, CSV, text)",
}


def read(data: bytes, *, filename: str = "", content_type: str = "", limits: Limits = LIMITS) -> Document:
    """Read a file whole.

    The reader is chosen by the bytes; ``filename`` and ``content_type`` (which may carry a charset) only decide among
    kinds of text. Never raises on bad content: a file of which nothing can be read gives a document with one error
    issue ``unreadable`` that names the reason (``password-protected``, ``no text layer``, ``truncated`` …).
    """
    kind = kind_of(data, filename=filename, content_type=content_type)
    if not data:
        return unreadable(kind, "the file is empty")
    if len(data) > limits.bytes:
        return unreadable(kind, f"{len(data)} bytes are more than the limit of {limits.bytes}")
    if reason := _REFUSED.get(kind):
        return unreadable(kind, reason)
    document = _read(kind, data, filename, content_type, limits)
    if not document.grids and not document.texts and not document.issues:
        return unreadable(kind, "it holds no cell and no line with text")
    return document


def _read(kind: Kind, data: bytes, filename: str, content_type: str, limits: Limits) -> Document:
    if kind in ("xlsx", "docx") and data.startswith(OLE):
        return unreadable(kind, "password-protected; ask for it without the password")
    if kind in ("xlsx", "docx") and (reason := refusal(data, limits)):
        return unreadable(kind, reason)
    if kind == "xlsx":
        return read_xlsx(data, limits)
    if kind == "xls":
        return read_xls(data, limits)
    if kind == "sheetml":
        return read_sheetml(data, limits)
    if kind == "doc":
        return read_doc(data, limits)
    if kind == "pdf":
        return read_pdf(data, limits)
    if kind == "docx":
        return read_docx(data, limits)
    if kind == "html":
        return read_html(data, content_type, limits)
    if kind == "json":
        return read_json(data, content_type, limits)
    if kind == "csv":
        return read_delimited(data, content_type, limits)
    return _read_text(kind, data, content_type)


def _read_text(kind: Kind, data: bytes, content_type: str) -> Document:
    source = decode(data, content_type)
    return Document(kind, texts=[Text(source.text, "body")], issues=list(source.issues), encoding=source.encoding)
