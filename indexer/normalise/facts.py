"""One printed value read by the type its field has in the vocabulary."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from indexer.normalise import codes, dates, money, pollutants, showing, values

_OK = frozenset({"是", "达标", "合格", "达标排放", "1", "y", "yes", "ok", "未超标", "符合", "true", "正常"})
_OVER = frozenset({"否", "不达标", "超标", "不合格", "0", "n", "no", "over", "超标排放", "不符合", "false"})


@dataclass(frozen=True)
class Read:
    """The normalised value and, where the text was not understood, why (the text is then kept as the value)."""

    value: Any
    problem: str | None = None


@lru_cache(maxsize=100_000)
def read(kind_of_value: str, text: str) -> Read:
    """``text`` read as ``kind_of_value``; raises ValueError for a type that the vocabulary must not name."""
    words = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()
    match kind_of_value:
        case "text" | "region":
            return Read(re.sub(r"\s+", " ", text).strip())
        case "day":
            day = dates.day(words)
            return Read(day.isoformat()) if day else Read(words, f"not a day: {words[:60]!r}")
        case "span":
            return _span(words)
        case "period":
            period = dates.period(words)
            return Read(period) if period else Read(words, f"not a period: {words[:60]!r}")
        case "value" | "count":
            return _value(words)
        case "pollutant":
            return _pollutant(words)
        case "verdict":
            return Read(verdict(words)) if verdict(words) else Read(words, f"neither within nor over: {words[:60]!r}")
        case "code":
            return Read(codes.clean(words))
        case "money" | "money_wan":
            return _money(words, money.WAN if kind_of_value == "money_wan" else 1.0)
        case "showing":
            shown = showing.span(words)
            return Read(shown) if shown else Read(words, f"neither days nor a number of days: {words[:60]!r}")
    raise ValueError(f"vocabulary/fields.yaml: unknown type {kind_of_value!r}")


def verdict(text: str) -> str | None:
    """``ok`` or ``over`` as stated under a heading 是否达标; None for other words."""
    word = text.strip().lower()
    if word in _OK:
        return "ok"
    return "over" if word in _OVER else None


def _span(words: str) -> Read:
    start, end = dates.span(words)
    if start is None and end is None:
        return Read(words, f"not a day nor a span of days: {words[:60]!r}")
    return Read({"from": start.isoformat() if start else None, "to": end.isoformat() if end else None})


def _value(words: str) -> Read:
    value = values.parse(words)
    if value.problem:
        return Read(words, value.problem)
    return Read(value.value if value.value is not None else words)


def _money(words: str, unit: float) -> Read:
    found = money.amount(words, unit)
    return Read(words, found.problem) if found.problem else Read(found.yuan)


def _pollutant(words: str) -> Read:
    known, unknown = pollutants.canonical(words)
    problem = f"pollutant not in the vocabulary: {unknown[0][:60]!r}" if unknown else None
    return Read("、".join([*known, *unknown]), problem)
