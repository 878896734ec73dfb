"""Traditional characters (繁体) → simplified ones, one for one, so that a name typed either way is one name.

The table is OpenCC's (``t2s``), read once. Characters that simplified writing uses too (乾 of 乾坤) stay as they are:
GB 2312, the standard set of simplified writing, has them. Words that change as a whole (軟體 → 软件) are left alone:
names are compared, not translated.
"""

from __future__ import annotations

from functools import lru_cache

import opencc

_BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000))
"""Ideographs that stand in names: CJK Unified Ideographs and Extension A."""


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    characters = [chr(code) for first, end in _BLOCKS for code in range(first, end)]
    simplified = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    pairs = zip(characters, simplified, strict=True)
    return {ord(one): other for one, other in pairs if one != other and not _in_use(one)}


def _in_use(character: str) -> bool:
    return bool(character.encode("gb2312", errors="ignore"))


def simplified(text: str) -> str:
    """The text with every traditional character as its simplified one; of the same length."""
    return text.translate(_table())
