"""What people make of a name when they type it. Written from how people type, not from how the index folds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from random import Random

import opencc
from pypinyin import Style, lazy_pinyin

LEGAL = ("股份有限公司", "有限责任公司", "有限公司", "集团公司", "总公司", "公司")
_PLACE = re.compile(r"^上海(?:市)?|^[甲乙丙丁戊己庚辛壬癸]川(?:市)?|[（(](?:上海|中国|[甲-癸]川市?)[）)]")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_HAN = re.compile(r"[一-鿿]")


def core(name: str) -> str:
    """Without the place before it or in brackets, and without the legal form: what colleagues say."""
    text = _BRACKETS.sub("", _PLACE.sub("", name))
    for word in LEGAL:
        text = text.replace(word, "")
    return text


def short(name: str) -> str | None:
    """The core where it is short; of six characters the first two and the last two: 赫腾精细化工 → 赫腾化工."""
    said = core(name)
    if len(said) == 6 and name.startswith("上海") and all(map(_HAN.match, said)):
        return said[:2] + said[-2:]
    return said if 3 <= len(said) <= 8 else None


def pinyin(text: str, blank: str = "") -> str:
    """As typed without an input method."""
    return blank.join(lazy_pinyin(text)).lower()


def initials(text: str) -> str:
    """First letters, as typed by somebody in a hurry."""
    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER)).lower()


@lru_cache(maxsize=4)
def _converter(variant: str) -> opencc.OpenCC:
    return opencc.OpenCC(variant)


def traditional(text: str, variant: str) -> str:
    """As typed in Taiwan (``s2tw``), Hong Kong (``s2hk``) or elsewhere (``s2t``)."""
    return str(_converter(variant).convert(text))


def without_one(text: str, chance: Random) -> str:
    """One character forgotten, not the first."""
    place = chance.randrange(1, len(text))
    return text[:place] + text[place + 1 :]


class Mistyping:
    """One wrong character: half of them of the same sound, as an input method gives them, half any other."""

    def __init__(self, names: Iterable[str]) -> None:
        self._all = sorted({character for name in names for character in name if _HAN.match(character)})
        self._same: dict[str, list[str]] = defaultdict(list)
        for character in self._all:
            self._same[pinyin(character)].append(character)

    def mistyped(self, text: str, chance: Random) -> str:
        """The text with one Chinese character replaced; without another of the same sound by any other."""
        place = chance.choice([at for at, character in enumerate(text) if _HAN.match(character)])
        right = text[place]
        same = [other for other in self._same[pinyin(right)] if other != right]
        other = [character for character in self._all if character != right]
        wrong = chance.choice(same if same and chance.random() < 0.5 else other)
        return text[:place] + wrong + text[place + 1 :]
