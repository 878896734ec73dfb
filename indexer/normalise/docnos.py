"""Document numbers (文号) of all bracket shapes → one form: ``沪环罚[2019] 第045号`` → ``沪环罚〔2019〕45号``.

The form is that of GB/T 9704-2012: issuing word, year in hexagonal brackets, number without 第 and leading zeros.
A number of another make (a register's own digits, a permit's) is kept as printed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_OPEN, _CLOSE = r"[〔\[({〖【〘﹝<《「]", r"[〕\])}〗】〙﹞>》」]"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_REST = (
    rf"\s*(?:-|第)?\s*{_OPEN}?(?P<number>[A-Z]{{0,3}}\d{{1,6}}(?:-\d{{1,6}})?){_CLOSE}?\s*"
    r"(?:号(?:文)?)?(?P<part>之[一二三四五六七八九十\d]+)?"
)
_KIND = rf"{_OPEN}[一-鿿]+{_CLOSE}"
_WORD = rf"(?P<word>(?:[一-鿿A-Z0-9、-]|{_KIND})*(?:[一-鿿]|{_KIND})[A-Z0-9]*?)\s*-?"
_BRACKETED = re.compile(rf"^{_WORD}{_OPEN}\s*{_YEAR}\s*(?:年度?)?\s*{_CLOSE}{_REST}$")
# 松环保许管2011 1780号: without brackets only where something parts the year from the number.
_BARE = re.compile(rf"^{_WORD}{_YEAR}(?:\s+|字第?|第|-){_REST}$")
_LIST = re.compile(r"\s*[;；、\n]\s*|\s*[,，]\s*(?=[一-鿿])")
_SAYS_YEAR = re.compile(rf"{_OPEN}\s*(?:19|20)\d\d\s*{_CLOSE}")


@dataclass(frozen=True)
class DocNo:
    """One document number; ``value`` its canonical form."""

    word: str
    year: int
    number: str
    part: str = ""

    @property
    def value(self) -> str:
        """``穗番环罚〔2019〕156号``, ``…12号之一``."""
        return f"{self.word}〔{self.year}〕{self.number}号{self.part}"


@lru_cache(maxsize=50_000)
def parse(text: str) -> DocNo | None:
    """The one document number that ``text`` is, or None."""
    folded = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip(" 。.").upper()
    if re.fullmatch(r"\([^()]*(?:\([^()]*\)[^()]*)*\)", folded):
        folded = folded[1:-1]
    found = _BRACKETED.match(folded.replace(" ", "")) or _BARE.match(folded)
    if found is None:
        return None
    number = "-".join(re.sub(r"^([A-Z]*)0+(?=\d)", r"\1", part) for part in found["number"].split("-"))
    word = re.sub(_CLOSE, ")", re.sub(_OPEN, "(", found["word"].replace(" ", "")))
    return DocNo(word, int(found["year"]), number, found["part"] or "")


@lru_cache(maxsize=50_000)
def canonical(text: str) -> tuple[str, str | None]:
    """(the numbers, each canonical or as printed, joined by 、; the first part that should be one and is not, or None).

    Only a part that carries a year in brackets should be one: registers number in ways of their own.
    """
    parts = [part for part in _LIST.split(text.strip()) if part]
    found = [(part, parse(part)) for part in parts]
    strange = next((part for part, number in found if number is None and _SAYS_YEAR.search(part)), None)
    return "、".join(number.value if number else part for part, number in found), strange
