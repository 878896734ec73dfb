"""Sums of money (罚款金额) → yuan: ``伍拾肆万元整``, ``8.0（万元）``, ``￥30000``, several fines, stated totals.

Nothing is guessed: a text that holds no sum, or two that contradict each other, comes back with ``problem`` in words.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import cn2an

_NUMERAL = "零〇○一二两三四五六七八九十百千万亿壹贰貳叁参肆伍陆陸柒捌玖拾佰仟萬億"
_TYPED = str.maketrans("〇○貳参陸萬億两", "零零贰叁陆万亿二")
_SIGN = r"(?:人民币|RMB|[¥￥])"
_FIGURE = r"(?<![\d,.])\d[\d,]{0,20}(?:\.\d{1,8})?"
SUM = (
    rf"{_SIGN}?\s*(?:(?P<figure>{_FIGURE})\s*\(?\s*(?P<many>[十百千万亿]{{0,2}})\s*(?P<yuan>元|圆)?\)?"
    rf"|(?P<words>(?<![{_NUMERAL}])[{_NUMERAL}]{{1,24}})\s*(?P<word_yuan>元|圆)(?:(?P<jiao>[{_NUMERAL}])角)?(?:(?P<fen>[{_NUMERAL}])分)?)[整正]?"
)
"""One sum in folded text; a figure counts as one with a currency sign, 元, or a word like 万 behind it."""
_SUM = re.compile(SUM)
_BEFORE = re.compile(r"罚款(?:数额|金额)?[^\d。;,、,%％]{0,14}?$")
_BEHIND = re.compile(r"^\s*(?:人民币)?(?:整|正)?\)?\s*的?(?:行政)?罚款")
_BOUND = re.compile(r"^\s*(?:\([^()]*\)\s*)?以[上下]")
_AGAIN = re.compile(r"\((?:大写|小写|即|人民币|:)*|(?:大写|小写|即)[:(]*")
"""Between a sum and its repetition."""
_TOTAL = re.compile(r"(?:合计|共计|总计|合并|共处|累计)[^。;]{0,16}$")
_MANY = {"": 1.0, "十": 10.0, "百": 100.0, "千": 1_000.0, "万": 10_000.0, "十万": 100_000.0, "百万": 1_000_000.0,
         "千万": 10_000_000.0, "亿": 100_000_000.0}  # fmt: skip
WAN = 10_000.0


@dataclass(frozen=True)
class Money:
    """``yuan`` is None where there is no sum (no ``problem``) or it cannot be read (``problem`` says why)."""

    yuan: float | None = None
    problem: str | None = None


@dataclass(frozen=True)
class _Found:
    yuan: float
    start: int
    end: int


def fold(text: str) -> str:
    """NFKC without blanks, so that ``８．０ （ 万元 ）`` reads as ``8.0(万元)``."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=20_000)
def amount(text: str | None, unit: float | None = None) -> Money:
    """The sum that a field states; a bare number is in ``unit`` yuan (``WAN`` under a heading in 万元), else a problem.

    Several sums (``3万元；伍万元``) add up; the same sum twice, as figure and in words, counts once.
    """
    folded = fold(text or "")
    if not folded:
        return Money()
    if re.fullmatch(_FIGURE, folded):
        if unit is None and _figure(folded):
            return Money(problem=f"neither 元 nor 万元 is said: {folded!r}")
        return Money(_figure(folded) * (unit or 0.0))
    found = _sums(folded)
    if not found:
        return Money(problem=f"not a sum of money: {folded[:60]!r}")
    return _together(folded, found)


@lru_cache(maxsize=20_000)
def fine(text: str | None) -> Money:
    """The fine (罚款) that a decision's words impose; other sums (没收违法所得, the law's 以上…以下) do not count."""
    folded = fold(text or "")
    fines: list[_Found] = []
    for one in _sums(folded):
        repeated = bool(fines) and _AGAIN.fullmatch(folded[fines[-1].end : one.start]) is not None
        if repeated or _is_fine(folded, one):
            fines.append(one)
    return _together(folded, fines)


def agrees(stated: object, yuan: float) -> bool:
    """Whether a column that states nothing, or a bare number of no unit, is at one with the words' sum."""
    if stated is None:
        return True
    bare = isinstance(stated, str) and re.fullmatch(_FIGURE, fold(stated)) is not None
    return bare and yuan in (_figure(fold(str(stated))), round(_figure(fold(str(stated))) * WAN, 2))


def _is_fine(text: str, one: _Found) -> bool:
    before, behind = text[max(0, one.start - 24) : one.start], text[one.end : one.end + 24]
    return not _BOUND.match(behind) and bool(_BEFORE.search(before) or _BEHIND.match(behind))


def _sums(text: str) -> list[_Found]:
    """Every sum in folded text, in order; what lies outside a currency is no sum."""
    found = []
    for match in _SUM.finditer(text):
        value = _value(match)
        if value is not None:
            found.append(_Found(value, match.start(), match.end()))
    return found


def _value(match: re.Match[str]) -> float | None:
    if match["figure"]:
        signed = re.match(_SIGN, match.group(0)) is not None
        if not (match["yuan"] or match["many"] or signed) or match["many"] not in _MANY:
            return None
        return _figure(match["figure"]) * _MANY[match["many"]]
    whole = _words(match["words"])
    if whole is None:
        return None
    parts = [(match["jiao"], 0.1), (match["fen"], 0.01)]
    return round(whole + sum((_words(word) or 0.0) * share for word, share in parts if word), 2)


def _figure(text: str) -> float:
    return float(text.replace(",", ""))


def _words(text: str) -> float | None:
    """A Chinese numeral, also in the capitals of cheques; None where it is none (``万元`` alone)."""
    try:
        return float(cn2an.cn2an(text.translate(_TYPED), "smart"))
    except ValueError:
        return None


def _together(text: str, found: list[_Found]) -> Money:
    """Sums as one: a repetition in brackets counts once, a stated total stands for the rest."""
    single: list[_Found] = []
    for one in found:
        gap = text[single[-1].end : one.start] if single else None
        if gap is not None and _AGAIN.fullmatch(gap):
            if one.yuan != single[-1].yuan:
                return Money(problem=f"two sums that differ: {text[single[-1].start : one.end][:60]!r}")
            continue
        single.append(one)
    if not single:
        return Money()
    totals = [one.yuan for one in single if _TOTAL.search(text[max(0, one.start - 24) : one.start])]
    parts = [one.yuan for one in single if not _TOTAL.search(text[max(0, one.start - 24) : one.start])]
    if not totals:
        return Money(round(sum(parts), 2))
    if len(set(totals)) > 1 or (len(parts) > 1 and round(sum(parts), 2) != totals[-1]):
        return Money(
            problem=f"the sums do not add up to the total stated: {text[single[0].start : single[-1].end][:80]!r}"
        )
    return Money(totals[-1])
