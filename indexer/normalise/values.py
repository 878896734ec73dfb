"""Printed values (监测值, 限值) → numbers: ``<0.05``, ``0.05L``, 未检出, ``6~9``, ``50倍``, ``1.2万``, ``1,234.5``.

What cannot be read gives ``problem`` in words; nothing is guessed. The words stand in ``vocabulary/values.yaml``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from indexer.normalise import units
from indexer.normalise.data import load


def _words(name: str) -> str:
    """The words of one entry of the vocabulary as a regular expression, the longest first."""
    return "|".join(re.escape(word) for word in sorted(load("values")[name], key=len, reverse=True))


_NUMBER = (
    r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?(?:[eE][-+]?\d+|\s*[x×*]\s*10(?:\^[-+]?|[-+])\d+)?"
    r"|[-+]?\.\d+(?:[eE][-+]?\d+)?"
)
_MANY = {word: float(factor) for word, factor in load("values")["many"].items()}
_SIGN = {word: sign for sign in ("lt", "le", "gt", "ge") for word in load("values")[sign]}
_BEFORE = "|".join(re.escape(word) for word in sorted(_SIGN, key=len, reverse=True))
_AFTER = {word: sign for sign in ("le", "ge") for word in load("values")[f"{sign}_behind"]}
_BEHIND = "|".join(map(re.escape, _AFTER))
_PLAIN = re.compile(r"[-+]?\d+(?:\.\d*)?")
_SINGLE = re.compile(
    rf"^(?:{_words('about')})?(?P<sign>{_BEFORE})?\s*(?P<number>{_NUMBER})\s*(?P<many>{'|'.join(_MANY)})?\s*"
    rf"(?P<unit>\D.*?)??(?P<behind>{_BEHIND})?$"
)
_RANGE = re.compile(
    rf"^(?P<low>{_NUMBER})\s*(?P<unit1>\D*?)\s*(?:~+|至|-+|—+|–|到)\s*(?P<high>{_NUMBER})\s*(?P<unit>\D.*)?$"
)
_BELOW = re.compile(rf"^(?:{_words('below')})(?:\((?P<dl>[<]?{_NUMBER})(?P<unit>[^)]*)\))?$", re.IGNORECASE)
_LIMIT_MARK = re.compile(rf"^(?P<number>{_NUMBER})\s*(?:\(?L\)?|\(?ND\)?)$")
# GB 18918-2002 table 1: the figure in brackets holds at a water temperature of 12 °C or less.
_SEASONAL = re.compile(rf"^(?P<number>{_NUMBER})\((?P<cold>{_NUMBER})\)\s*(?P<unit>\D.*)?$")

ABSENT = frozenset(load("values")["absent"])
_STARS = re.compile(r"^(?:[*x.…\-—/\\_\s]+|-9999+(?:\.0*)?(?:\s*[^\d.].*)?)$", re.IGNORECASE)
"""Strokes alone, and the -9999 that data loggers write for a missing value, also with zeros or its unit behind."""
_SEE_ATTACHMENT = re.compile(r"^(?:内容)?(?:详见|见)(?:附件|附表|附图|附)\d*[。.]?$")
_NOT_PRODUCED = re.compile(
    r"^(?:(?:没有|不涉及|不适用|未产生|未发生|未安装|未排放|不排放|不产生).*"
    r"|无(?:[。.;,:( ].*|(?:此|该|相关|任何|环保|环境|行政|处罚|违法|超标|突发|其他|新增|产生|排放|临时|上述).*)?)$"
)


@dataclass(frozen=True)
class Value:
    """A reading. ``value`` is None below the detection limit (``censored`` = ``lt``, ``dl`` the limit) and for a range.

    ``low``..``high`` hold a range (None for an open end); ``unit`` is the canonical unit that stood behind the number;
    ``cold`` the limit at 12 °C or less (GB 18918-2002); ``problem`` says why it was not read.
    """

    raw: str
    value: float | None = None
    censored: str | None = None
    dl: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    cold: float | None = None
    problem: str | None = None


_POWER = re.compile("10([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_ONE_KIND = str.maketrans(
    {"∼": "~", "〜": "~", "﹤": "<", "﹥": ">", "≦": "≤", "≧": "≥", "，": ",", "＜": "<", "−": "-"}
)


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """NFKC without blanks around and with one kind of dash and tilde: ``６～９`` → ``6~9``."""
    raised = _POWER.sub(lambda match: "10^" + unicodedata.normalize("NFKC", match[1]), text)
    folded = unicodedata.normalize("NFKC", raised).translate(_ONE_KIND)
    return re.sub(r"\s+", " ", folded).strip()


@lru_cache(maxsize=20_000)
def is_absent(text: str | None, has_attachment: bool = False) -> bool:
    """True for nothing, ``null``, and placeholders (``/``, ``-``, ``***``; 详见附件 where nothing is attached)."""
    if text is None:
        return True
    folded = fold(text)
    if folded.lower() in ABSENT or _STARS.match(folded):
        return True
    return bool(_SEE_ATTACHMENT.match(folded)) and not has_attachment


@lru_cache(maxsize=20_000)
def is_not_produced(text: str | None) -> bool:
    """True where the site states that there is nothing to disclose (无, 未产生, 不适用, with or without a reason)."""
    if text is None:
        return False
    return bool(_NOT_PRODUCED.match(fold(text)))


def number(text: str) -> float:
    """A matched number as float: thousands separators dropped, ``1.2×10^3`` and ``1.2e3`` understood."""
    plain = re.sub(r"\s*[x×*]\s*10\^?", "e", text.replace(",", ""))
    return float(plain)


@lru_cache(maxsize=20_000)
def parse(text: str | None) -> Value:
    """The reading in ``text``; an absent or unreadable one has no value (and a ``problem`` where it is unreadable)."""
    raw = text or ""
    if _PLAIN.fullmatch(raw) and not raw.startswith("-999"):
        return Value(raw, value=float(raw))
    if is_absent(text):
        return Value(raw)
    folded = fold(raw)
    for read in (_below, _detection_mark, _span, _seasonal, _plain):
        value = read(raw, folded)
        if value is not None:
            return value
    return Value(raw, problem=f"not a value: {raw[:60]!r}")


def _below(raw: str, folded: str) -> Value | None:
    match = _BELOW.match(folded.replace(" ", ""))
    if match is None:
        return None
    limit, unit = match["dl"], match["unit"]
    return Value(raw, censored="lt", dl=number(limit.lstrip("<")) if limit else None, unit=_unit(unit))


def _detection_mark(raw: str, folded: str) -> Value | None:
    match = _LIMIT_MARK.match(folded)
    return Value(raw, censored="lt", dl=number(match["number"])) if match else None


def _span(raw: str, folded: str) -> Value | None:
    match = _RANGE.match(folded)
    if match is None or (match["unit1"] and _unit(match["unit1"]) is None):
        return None
    low, high = number(match["low"]), number(match["high"])
    if low > high:
        return Value(raw, problem=f"range from high to low: {raw[:60]!r}")
    unit = _unit(match["unit"] or match["unit1"])
    if match["unit"] and unit is None:
        return None
    if low == high:
        # A platform's alarms print each value as the span of itself: 30.26~30.26.
        return Value(raw, value=low, unit=unit)
    return Value(raw, low=low, high=high, unit=unit)


def _seasonal(raw: str, folded: str) -> Value | None:
    match = _SEASONAL.match(folded)
    if match is None or (match["unit"] and _unit(match["unit"]) is None):
        return None
    return Value(raw, value=number(match["number"]), cold=number(match["cold"]), unit=_unit(match["unit"]))


def _plain(raw: str, folded: str) -> Value | None:
    match = _SINGLE.match(folded)
    if match is None:
        return None
    unit = _unit(match["unit"])
    if match["unit"] and unit is None:
        return None
    amount = number(match["number"]) * _MANY.get(match["many"] or "", 1.0)
    match _SIGN.get(match["sign"] or "") or _AFTER.get(match["behind"] or ""):
        case "lt":
            return Value(raw, censored="lt", dl=amount, unit=unit)
        case "le":
            return Value(raw, high=amount, unit=unit)
        case "gt" | "ge":
            return Value(raw, low=amount, unit=unit)
        case None:
            return Value(raw, value=amount, unit=unit)
        case other:
            raise ValueError(f"vocabulary/values.yaml: unknown sign {other!r}")


def _unit(text: str | None) -> str | None:
    return units.normal(text.strip()) if text and text.strip() else None
