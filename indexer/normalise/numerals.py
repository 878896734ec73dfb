"""Chinese numerals of dates as digits: ``二〇一九年十二月五日`` → ``2019年12月5日``."""

from __future__ import annotations

import re
import unicodedata

_ZEROS = "〇○零ＯOoОо"
"""Zeros as they are typed: the numeral, a circle, Latin and Cyrillic letters."""
_DIGITS = str.maketrans(f"{_ZEROS}一二三四五六七八九", "0" * len(_ZEROS) + "123456789")
_YEAR = re.compile(rf"[二一][{_ZEROS}0一二三四五六七八九]{{3}}(?=\s*年)")
_SMALL = re.compile(r"[一二三四五六七八九十百〇○零]{1,5}(?=\s*(?:年|月|日|号|季|个?季度))")
_ONE = "[一二三四五六七八九]"
_PARTS = re.compile(rf"(?:(?P<hundred>{_ONE})百零?)?(?P<ten>{_ONE}?十)?(?P<one>{_ONE})?")


def fold(text: str) -> str:
    """NFKC, blanks folded, and the Chinese numerals before 年, 月, 日, 季 as digits."""
    folded = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()
    if not re.search(r"[一二三四五六七八九十]\s*(?:年|月|日|号|季|个季)", folded):
        return folded
    folded = _YEAR.sub(lambda match: match[0].translate(_DIGITS), folded)
    return _SMALL.sub(lambda match: small(match[0]), folded)


def small(word: str) -> str:
    """A Chinese numeral below a thousand as digits (``二十五`` → ``25``); what is none stays."""
    match = _PARTS.fullmatch(word)
    if match is None:
        return word.translate(_DIGITS) if len(word) in (2, 3) and "十" not in word and "百" not in word else word
    hundred, ten, one = match["hundred"], match["ten"], match["one"]
    hundreds = int(hundred.translate(_DIGITS)) if hundred else 0
    tens = 0 if not ten else (1 if ten == "十" else int(ten[0].translate(_DIGITS)))
    return str(hundreds * 100 + tens * 10 + (int(one.translate(_DIGITS)) if one else 0))


def digit(word: str) -> int:
    """A single digit, Chinese or not."""
    return int(word.translate(_DIGITS))
