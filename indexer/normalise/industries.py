"""Industries (国民经济行业分类, GB/T 4754-2017): names and codes of sites → code; those of 2011 are led to 2017.

A code alone is read as one of 2017 unless the edition is said; a name printed beside it decides.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from indexer.normalise.data import load

_CODE = re.compile(r"^(?P<section>[A-T])?\s*(?P<code>\d{2,4})?$")
_BOTH = re.compile(
    r"^(?P<code>[A-T]?\d{2,4})[\s:、.\-()]*(?P<name>[^\d\s,;][^,;]*?)\)?$"
    r"|^(?P<name2>[^,;]*?[^\d\s(,;])[\s(:-]*(?P<code2>[A-T]?\d{2,4})\)?$"
)


@lru_cache(maxsize=1)
def names() -> dict[str, str]:
    """Code (``C``, ``26``, ``261``, ``2614``) → name of 2017."""
    data = load("industries")
    sections = {code: str(entry["name"]) for code, entry in data["sections"].items()}
    return {**sections, **data["divisions"], **data["groups"], **data["classes"]}


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    """Folded name → code; of a group and its one class of the same name the class."""
    listed = {_fold(name): code for code, name in names().items()}
    return {**listed, **{_fold(word): str(code) for word, code in load("industries")["as"].items()}}


@lru_cache(maxsize=1)
def _none() -> frozenset[str]:
    return frozenset(_fold(word) for word in load("industries")["none"])


def _fold(text: str) -> str:
    """Compared without blanks and enumeration marks, 及 and 和 as one, without 业 at the end."""
    folded = re.sub(r"[\s、,·]+", "", unicodedata.normalize("NFKC", text)).replace("及", "和").replace("的", "")
    return folded.removesuffix("业") or folded


@lru_cache(maxsize=20_000)
def resolve(text: str, edition: int = 2017) -> str | None:
    """The code of 2017 that one printed name, code or both mean (``D4411 火力发电``), or None.

    ``edition`` 2011 reads a bare code by the older table.
    """
    word = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()
    found = _by_name().get(_fold(word))
    if found:
        return found
    if match := _CODE.match(word):
        return _code(match["section"], match["code"], edition)
    match = _BOTH.match(word)
    if match is None:
        return None
    named = _by_name().get(_fold(match["name"] or match["name2"]))
    return named or resolve(match["code"] or match["code2"], edition)


def _code(section: str | None, code: str | None, edition: int) -> str | None:
    """A code that the table has, else its nearest parent there (a class of a known group)."""
    if code is None:
        return section if section in names() else None
    if edition == 2011:
        code = _moved(code)
    while len(code) >= 2:
        if code in names():
            return code if section in (None, section_of(code)) else None
        code = code[:-1]
    return None


def _moved(code: str) -> str:
    data = load("industries")
    moved = data["codes_2011"].get(code)
    return str(moved) if moved else data["divisions_2011"].get(code[:2], code[:2]) + code[2:]


def section_of(code: str) -> str | None:
    """The section letter of a division, group or class."""
    for letter, entry in load("industries")["sections"].items():
        if entry["from"] <= code[:2] <= entry["to"]:
            return str(letter)
    return None


def path(code: str | None) -> list[str]:
    """Codes from section to ``code``: ``2614`` → [``C``, ``26``, ``261``, ``2614``]."""
    if not code:
        return []
    if code.isalpha():
        return [code]
    section = section_of(code)
    return [*([section] if section else []), *(code[:size] for size in (2, 3, 4) if size <= len(code))]


@lru_cache(maxsize=20_000)
def listed(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(codes, words not understood) of a printed value that may join several industries; 其他 says nothing.

    The whole is tried first: names hold enumeration marks of their own (酒、饮料和精制茶制造业).
    """
    if _fold(text) in _none() or not text.strip():
        return (), ()
    whole = resolve(text)
    if whole:
        return (whole,), ()
    words = [part for part in re.split(r"[,，;；/|]+|、(?=[A-T]?\d{2})|\s{2,}", text.strip()) if part.strip()]
    found = [(word.strip(), resolve(word)) for word in words if _fold(word) not in _none()]
    codes = tuple(dict.fromkeys(code for _, code in found if code))
    return codes, tuple(dict.fromkeys(word for word, code in found if code is None))
