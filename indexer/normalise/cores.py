"""What is left of a name (企业字号) without place, legal form and brackets; its branch, its numbers; slips of the pen.

For comparing identities only: nothing here is ever shown.
"""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.normalise import names, regions
from indexer.normalise.data import load

_FORMS = ("股份有限公司", "有限责任公司", "有限公司", "股份公司", "集团公司", "总公司", "公司", "集团")
_GROUP = re.compile(r"\((?:集团|股份|中国|控股)\)|集团(?=(?:股份|控股)?有限)|(?:股份|控股)(?=有限)")
_BRANCH = re.compile(r"^(?P<parent>.{2,}?(?:公司|集团))-?\(?(?P<branch>[^()]{2,}?)\)?$")
_ORDINAL = re.compile(
    r"第?[一二三四五六七八九十]+(?=[厂分期号车区院污水场矿])|\d+(?=[#号厂期])|第[一二三四五六七八九十\d]+"
    r"|[东南西北](?=[厂区院场矿站])"
)
_SERIAL = frozenset("一二三四五六七八九十〇零0123456789东南西北上下左右甲乙丙丁ABCDEF")
_SHORTEST = 3


_SUFFIX = re.compile(r"(?:省|自治区|自治州|市|地区|盟|县|区|旗)$")
_PARTS = re.compile(r"[一-鿿]{1,12}?(?:省|自治区|自治州|市|地区|盟|县|区|旗)")


@lru_cache(maxsize=20_000)
def core(name: str, place: str = "") -> str:
    """``上海赫腾（集团）精细化工有限责任公司`` → ``赫腾精细化工``; too short a rest keeps its place (``宝山钢铁``).

    ``place`` is the full name of the region that the firm is in: its words are places too (``甲川市甲东区``).
    """
    parted = branch(name)
    if parted is not None:
        return f"{core(parted[0], place)}#{parted[1]}"
    return _cut(name, place)[0]


def places(name: str, place: str = "") -> frozenset[str]:
    """The divisions that a name itself names, without their suffix: ``上海市松江区精神卫生中心`` → 上海, 松江."""
    parted = branch(name)
    found = _cut(parted[0] if parted else name, place)[1]
    return frozenset(_SUFFIX.sub("", word) if len(word) > 2 else word for word in found)


@lru_cache(maxsize=20_000)
def _cut(name: str, place: str) -> tuple[str, tuple[str, ...]]:
    """(what is left of a name, the places taken out of it)."""
    own, found = _words(place), []
    text = _GROUP.sub("", names.fold(name))
    for word in re.findall(r"\(([^()]*)\)", text):
        if _is_place(word, own):
            found.append(word)
            text = text.replace(f"({word})", "", 1)
    text = text.replace("(", "").replace(")", "")
    text = next((text.removesuffix(form) for form in _FORMS if text.endswith(form)), text)
    for _ in range(3):
        size = _place_size(text, own)
        found.append(text[:size])
        text = text[size:]
    return text, tuple(word for word in found if word)


@lru_cache(maxsize=5_000)
def _words(place: str) -> frozenset[str]:
    """The divisions that a region's full name joins, with and without their suffix."""
    parts = _PARTS.findall(place)
    stems = (_SUFFIX.sub("", part) for part in parts)
    return frozenset([*parts, *(stem for stem in stems if len(stem) >= 2)])


def _is_place(word: str, own: frozenset[str]) -> bool:
    return word in own or regions.china().is_name(word)


def _place_size(text: str, own: frozenset[str]) -> int:
    """Length of the division in front of a text, the longest; 0 where hardly anything would be left."""
    longest = min(11, len(text) - _SHORTEST)
    return next((n for n in range(longest, 1, -1) if _is_place(text[:n], own)), 0)


@lru_cache(maxsize=20_000)
def branch(name: str) -> tuple[str, str] | None:
    """(parent, branch) of a name that a branch ends (分公司, 分厂, a works in brackets), folded; else None.

    ``3M中国有限公司新桥工厂`` → (``3M中国有限公司``, ``新桥工厂``). A company behind a group's name is no branch.
    """
    match = _BRANCH.match(names.fold(name))
    if match is None or (match["branch"].endswith("公司") and not match["branch"].endswith("分公司")):
        return None
    return match["parent"], match["branch"]


@lru_cache(maxsize=20_000)
def numbers(name: str) -> frozenset[str]:
    """What tells works of one firm apart: 第一, 二厂, 3#, 东区."""
    return frozenset(word.removeprefix("第") for word in _ORDINAL.findall(names.fold(name)))


@lru_cache(maxsize=20_000)
def is_generic(name: str, place: str = "") -> bool:
    """True where the name without its place only says what is done there (污水处理厂)."""
    generic = load("likeness")["generic"]
    bare = re.sub(r"^(?:第?[一二三四五六七八九十]+|[东南西北]|城[东南西北区])", "", core(name, place))
    return bare in generic


def near(one: str, other: str) -> bool:
    """True where one slip parts two folded texts: a character changed, missing, added, or two swapped.

    A slip that changes a number or a direction is none: 一厂 is not a mistyped 二厂.
    """
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 4 or one == other:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    if len(a) == len(b) and a[1:] == b[1:]:
        return not {a[0], b[0]} & _SERIAL
    if len(a) == len(b) and len(a) > 1 and a[:2] == b[1::-1] and a[2:] == b[2:]:
        return True
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return len(longer) == len(shorter) + 1 and longer[1:] == shorter and longer[0] not in _SERIAL


def slips(text: str) -> set[str]:
    """The text and it without each of its characters: two texts one slip apart share one of these."""
    return {text, *(text[:i] + text[i + 1 :] for i in range(len(text)))} if len(text) >= 4 else {text}
