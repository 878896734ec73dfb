"""Printed values (监测值, 限值) → numbers: ``<0.05``, ``0.05L``, 未检出, ``6~9``, ``50倍``, ``1.2万``, ``1,234.5``.

What cannot be read gives ``problem`` in words; nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from indexer.normalise import units

_NUMBER = r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?(?:[eE][-+]?\d+)?|[-+]?\.\d+"
_SINGLE = re.compile(
    rf"^(?P<sign><=|>=|<|>|≤|≥|小于|低于|大于|高于)?\s*(?P<number>{_NUMBER})\s*(?P<many>万|亿)?\s*(?P<unit>\D.*)?$"
)
_RANGE = re.compile(rf"^(?P<low>{_NUMBER})\s*(?:~|至|-|—|–|到)\s*(?P<high>{_NUMBER})\s*(?P<unit>\D.*)?$")
_BELOW = re.compile(
    rf"^(?:ND|N\.D\.?|未检出|低于检出限|<DL|<检出限)(?:\((?P<dl>[<]?{_NUMBER})[^)]*\))?$", re.IGNORECASE
)
_LIMIT_MARK = re.compile(rf"^(?P<number>{_NUMBER})\s*\(?L\)?$")
_MANY = {"万": 10_000.0, "亿": 100_000_000.0}

ABSENT = frozenset(
    [
        "",
        "-",
        "--",
        "---",
        "—",
        "——",
        "―",
        "/",
        "//",
        "\\",
        "null",
        "none",
        "nan",
        "n/a",
        "na",
        "暂无",
        "暂缺",
        "待补充",
        "待定",
        "空",
        "xxx",
        "xxxx",
        "x",
        "***",
        "****",
        "*",
        "…",
        "...",
        "一",
        "未填写",
        "未填报",
        "-9999",
        "-9999.0",
    ]
)
_STARS = re.compile(r"^[*x.…\-—/\\_\s]+$", re.IGNORECASE)
_SEE_ATTACHMENT = re.compile(r"^(?:内容)?(?:详见|见)(?:附件|附表|附图|附)\d*[。.]?$")
_NOT_PRODUCED = re.compile(
    r"^(?:(?:没有|不涉及|不适用|未产生|未发生|未安装|未排放|不排放|不产生).*"
    r"|无(?:[。.;,:( ].*|(?:此|该|相关|任何|环保|环境|行政|处罚|违法|超标|突发|其他|新增|产生|排放|临时|上述).*)?)$"
)


@dataclass(frozen=True)
class Value:
    """A reading. ``value`` is None below the detection limit (``censored`` = ``lt``, ``dl`` the limit) and for a range.

    ``low``..``high`` hold a range; ``unit`` is what stood behind the number; ``problem`` says why it was not read.
    """

    raw: str
    value: float | None = None
    censored: str | None = None
    dl: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    problem: str | None = None


def fold(text: str) -> str:
    """NFKC without blanks around and with one kind of dash and tilde: ``６～９`` → ``6~9``."""
    folded = unicodedata.normalize("NFKC", text).translate(str.maketrans("∼〜﹤﹥", "~~<>"))
    return re.sub(r"\s+", " ", folded).strip()


@lru_cache(maxsize=100_000)
def is_absent(text: str | None, has_attachment: bool = False) -> bool:
    """True for nothing, ``null``, and placeholders (``/``, ``-``, ``***``; 详见附件 where nothing is attached)."""
    if text is None:
        return True
    folded = fold(text)
    if folded.lower() in ABSENT or _STARS.match(folded):
        return True
    return bool(_SEE_ATTACHMENT.match(folded)) and not has_attachment


@lru_cache(maxsize=100_000)
def is_not_produced(text: str | None) -> bool:
    """True where the site states that there is nothing to disclose (无, 未产生, 不适用, with or without a reason)."""
    if text is None:
        return False
    return bool(_NOT_PRODUCED.match(fold(text)))


def number(text: str) -> float:
    """A matched number as float, thousands separators dropped."""
    return float(text.replace(",", ""))


@lru_cache(maxsize=100_000)
def parse(text: str | None) -> Value:
    """The reading in ``text``; an absent or unreadable one has no value (and a ``problem`` where it is unreadable)."""
    raw = text or ""
    if is_absent(text):
        return Value(raw)
    folded = fold(raw)
    for read in (_below, _detection_mark, _span, _plain):
        value = read(raw, folded)
        if value is not None:
            return value
    return Value(raw, problem=f"not a value: {raw[:60]!r}")


def _below(raw: str, folded: str) -> Value | None:
    match = _BELOW.match(folded.replace(" ", ""))
    if match is None:
        return None
    limit = match["dl"]
    return Value(raw, censored="lt", dl=number(limit.lstrip("<")) if limit else None)


def _detection_mark(raw: str, folded: str) -> Value | None:
    match = _LIMIT_MARK.match(folded)
    return Value(raw, censored="lt", dl=number(match["number"])) if match else None


def _span(raw: str, folded: str) -> Value | None:
    match = _RANGE.match(folded)
    if match is None:
        return None
    low, high = number(match["low"]), number(match["high"])
    if low > high:
        return Value(raw, problem=f"range from high to low: {raw[:60]!r}")
    return Value(raw, low=low, high=high, unit=_unit(match["unit"]))


def _plain(raw: str, folded: str) -> Value | None:
    match = _SINGLE.match(folded)
    if match is None:
        return None
    unit = _unit(match["unit"])
    if match["unit"] and unit is None:
        return None
    amount = number(match["number"]) * _MANY.get(match["many"] or "", 1.0)
    match match["sign"]:
        case "<" | "小于" | "低于":
            return Value(raw, censored="lt", dl=amount, unit=unit)
        case "<=" | "≤":
            return Value(raw, high=amount, unit=unit)
        case ">" | "大于" | "高于" | ">=" | "≥":
            return Value(raw, low=amount, unit=unit)
        case _:
            return Value(raw, value=amount, unit=unit)


def _unit(text: str | None) -> str | None:
    return units.normal(text) if text else None
