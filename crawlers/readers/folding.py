"""Texts of cells: whitespace folded, headers compared, counts and notes recognised."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\x00-\x08\x0e-\x1f]")
_SPACE = re.compile(r"\s+")
_CJK = "\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_WRAP = re.compile(f"(?<=[{_CJK}])[ \t]*\r?\n[ \t]*(?=[{_CJK}])")
_COUNT = re.compile(
    r"[（(]\s*(?:共计?|合计|总计)?\s*(\d{1,7})\s*[家个户名条件起宗]\s*(?:企业|单位)?\s*[）)]|(?:共计?|合计|总计)\s*[:：]?\s*(\d{1,7})\s*[家个户条]"
)
_NOTE = re.compile(
    r"^\s*[（(*※]?\s*(?:注|备注|附注|说明|填表说明|填报说明|数据来源|资料来源|来源|制表|审核|填报人?|联系人|填表人)\s*(?:\d+)?\s*[:：.．、]"
)
_TOTAL = re.compile(r"^\s*(?:合\s*计|总\s*计|共\s*计|小\s*计|总数)\s*[:：]?")


def fold(text: str) -> str:
    """Whitespace of every sort folded to one space, invisible characters dropped, ends stripped."""
    # Every blank but the plain space, and every invisible character, counts as not printable.
    if text.isprintable():
        return " ".join(text.split()) if " " in text else text
    return _SPACE.sub(" ", _INVISIBLE.sub("", text)).strip()


def unwrap(text: str) -> str:
    """As ``fold``, but a line break between two Chinese characters is a wrapped word and leaves no space."""
    return fold(_WRAP.sub("", text))


def header_key(text: str) -> str:
    """A header in the form in which headers are compared: NFKC, no whitespace, lower case."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))).lower()


def stated_count(text: str | None) -> int | None:
    """The number of items a heading states: ``水环境重点排污单位（251家）`` and ``共251家`` give 251; else None."""
    found = _COUNT.search(text or "")
    return int(found.group(1) or found.group(2)) if found else None


def is_note(text: str) -> bool:
    """Whether a line under a table is a note (``注：…``, ``填表说明：…``), not data."""
    return _NOTE.match(text) is not None


def is_total(text: str) -> bool:
    """Whether a row's first text says that the row is a sum (``合计``, ``总计``)."""
    return _TOTAL.match(text) is not None


def joined(row: list[str]) -> str:
    """The distinct texts of a row in order, joined by a space: a title row as one line."""
    return " ".join(dict.fromkeys(cell for cell in row if cell))
