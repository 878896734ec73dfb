"""The forms that a name is searched by, made when a document is built: the engine has no synonyms, pinyin or folding.

A name is cut into place, core and legal form as people cut it: 上海赫腾精细化工有限公司 is 赫腾精细化工.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pypinyin import lazy_pinyin

from indexer.normalise import data, names, regions

_BRACKETS = re.compile(r"\([^()]*\)")
_PLACE = re.compile(r"^[一-鿿]{2,7}?(?:省|自治区|市|自治州|地区|县|区)(?=[一-鿿]{2,})")
_SUFFIXED = re.compile(r"(?:省|自治区|市|自治州|地区|县|区)$")
_LATIN = re.compile(r"[0-9A-Za-z]+")
_SHORTEST = 2
_TOWN = 2
"""Characters of a place before the name that no table knows (a town, a zone): its initials are left out too."""
_LONGEST_PLACE = 9


@dataclass(frozen=True)
class Forms:
    """What the search fields of an enterprise hold; all in a stable order, each once."""

    names: list[str]
    """Every name folded, then every short form."""
    abbreviations: list[str]
    """Place and trade by one character each: 宝钢 of 宝山钢铁股份有限公司."""
    pinyin: list[str]
    """Pinyin without tones or blanks of every form."""
    initials: list[str]
    syllables: list[str]
    """Pinyin of every full name, its syllables apart: found from the middle of a name too."""


def of(printed: Iterable[str]) -> Forms:
    """The forms of an enterprise's names, the present one first."""
    own = _once(printed)
    folded = _once(names.fold(name) for name in own)
    spoken = _once([*folded, *(form for name in own for form in short(name))])
    return Forms(
        names=spoken,
        abbreviations=_once(word for name in own for word in abbreviations(name)),
        pinyin=_once("".join(sounds(form)).lower() for form in spoken),
        initials=_once([*map(_initials, spoken), *(_initials(_formless(name)[_TOWN:]) for name in folded)]),
        syllables=_once(" ".join(sounds(name)).lower() for name in folded),
    )


def _once(values: Iterable[str]) -> list[str]:
    return [value for value in dict.fromkeys(values) if value]


@lru_cache(maxsize=1)
def _habits() -> dict[str, Any]:
    return data.load("shortening")


@lru_cache(maxsize=20_000)
def short(name: str) -> tuple[str, ...]:
    """Folded shorter forms, longest first: without bracket, legal form, place or all of them, and contracted."""
    whole = names.fold(name)
    bare = _BRACKETS.sub("", whole) or whole
    formless = _formless(bare)
    made = {bare, formless, *_placeless(bare), *_placeless(formless)}
    made |= {_contracted(form) for form in made}
    kept = (form for form in made if len(form) >= _SHORTEST and form != whole)
    return tuple(sorted(kept, key=lambda form: (-len(form), form)))


def _formless(text: str) -> str:
    """Without the words of its legal form, also before a branch: 甲有限公司乙厂 → 甲乙厂."""
    for word in _habits()["legal_forms"]:
        text = text.replace(word, "") or text
    return text


def _placeless(text: str) -> list[str]:
    """Without the leading place, step by step: 上海市金山区某厂 → 金山区某厂, 某厂."""
    found = []
    while place := _place(text):
        text = text[len(place) :]
        found.append(text)
        if not _SUFFIXED.search(place):
            break  # 上海金山石化: one place without its suffix; the next may be part of the name
    return found


def _place(text: str) -> str:
    """The region named at the beginning, longest first; by its suffix alone where no table knows it."""
    for size in range(min(_LONGEST_PLACE, len(text) - _SHORTEST), 1, -1):
        if text[:size] in _region_words():
            return text[:size]
    match = _PLACE.match(text)
    return match.group(0) if match else ""


@lru_cache(maxsize=1)
def _region_words() -> frozenset[str]:
    """Every region's name, with and without its suffix."""
    table = regions.china()
    full = {*table.names.values(), *table.former}
    return frozenset(full | {_SUFFIXED.sub("", name) for name in full if len(_SUFFIXED.sub("", name)) >= _SHORTEST})


def _contracted(text: str) -> str:
    for word, shorter in _habits()["contracted"].items():
        text = text.replace(word, shorter)
    return text


def abbreviations(name: str) -> list[str]:
    """宝山钢铁股份有限公司 → 宝钢, 宝钢股份: only where the name is a place and a trade and nothing else."""
    folded = names.fold(name)
    core = _formless(_BRACKETS.sub("", folded))
    place = _place(core)
    trade = _habits()["initialled"].get(core[len(place) :]) if place else None
    said = [f"{place[0]}{trade}"] if trade else []
    return [*said, *(f"{word}股份" for word in said if "股份" in folded)]


@lru_cache(maxsize=20_000)
def sounds(folded: str) -> tuple[str, ...]:
    """Pinyin of a folded name, a syllable or Latin word each: ``宝钢ABB股份`` → bao, gang, ABB, gu, fen."""
    return tuple(" ".join(lazy_pinyin(folded, errors=_latin)).split())


def _latin(text: str) -> str:
    return " ".join(_LATIN.findall(text))


def _initials(folded: str) -> str:
    """The first letter of each syllable; a Latin word of the name (upper case) stays whole."""
    return "".join(sound[0] if sound.islower() else sound for sound in sounds(folded)).lower()
