"""One archived body → what a page can show of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _
from markupsafe import Markup

from webapp.rendition import decoding, inert, sheets, texts
from webapp.rendition.masking import Masking


@dataclass(frozen=True)
class Rendition:
    """``form`` says which other is filled: ``page``, ``grid``, ``text``; ``none`` has its reason in ``note``."""

    form: str
    markup: Markup = field(default_factory=Markup)
    sheets: list[sheets.Sheet] = field(default_factory=list)
    text: str = ""
    removed: dict[str, int] = field(default_factory=dict)
    masked: int = 0
    note: str = ""


def render(body: bytes, content_type: str, places: Sequence[str], masking: Masking, most: int) -> Rendition:
    """The body as an inert page, grids or text; bodies above ``most`` bytes are only described."""
    if not body:
        return Rendition("none", note=_("存档中没有正文：来源规定只保留摘要，或应答为空。"))
    if len(body) > most:
        return Rendition("none", note=_("原件过大，不在页面中呈现。"))
    if sheets.format_of(body):
        return _grids(body, places, masking)
    if b"\x00" in body[:4096] or content_type.lower().startswith(("image/", "audio/", "video/")):
        return Rendition("none", note=_("这是二进制文件，不在页面中呈现。"))
    return _written(decoding.text(body, content_type), content_type, places, masking)


def _grids(body: bytes, places: Sequence[str], masking: Masking) -> Rendition:
    try:
        found = sheets.sheets(body, places, masking)
    except sheets.UNREADABLE as error:
        return Rendition("none", note=_("文件无法解读：%(error)s", error=" ".join(str(error).split())[:200]))
    return Rendition("grid", sheets=found, masked=masking.count)


def _written(text: str, content_type: str, places: Sequence[str], masking: Masking) -> Rendition:
    looks_like_markup = text.lstrip()[:1] == "<"
    if "json" in content_type.lower() or not looks_like_markup:
        as_json = texts.json_text(text, masking)
        if as_json is not None:
            return Rendition("text", text=as_json, masked=masking.count)
    if looks_like_markup or "html" in content_type.lower():
        page = inert.inert(text, masking, places)
        return Rendition("page", markup=page.markup, removed=page.removed, masked=masking.count)
    return Rendition("text", text=texts.plain(text, masking), masked=masking.count)
