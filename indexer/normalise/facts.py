"""One printed value read by the type its field has in the vocabulary."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any, NamedTuple

from indexer.normalise import (
    codes,
    dates,
    docnos,
    industries,
    marks,
    money,
    periods,
    pollutants,
    showing,
    units,
    values,
)
from indexer.normalise.data import load


class Read(NamedTuple):
    """The normalised value and, where the text was not understood, why (the text is then kept as the value).

    ``lacks`` are the words that the vocabulary would need, by its part: ``("unit", "mg/瓶")``.
    """

    value: Any
    problem: str | None = None
    lacks: tuple[tuple[str, str], ...] = ()


@lru_cache(maxsize=20_000)
def read(kind_of_value: str, text: str) -> Read:
    """``text`` read as ``kind_of_value``; raises ValueError for a type that the vocabulary must not name."""
    if kind_of_value in ("text", "region"):
        return Read(re.sub(r"\s+", " ", text).strip())
    words = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()
    match kind_of_value:
        case "day":
            day = dates.sheet_day(words)
            return Read(day.isoformat()) if day else _strange(words, "not a day")
        case "span":
            return _span(words)
        case "period":
            period = periods.period(words)
            return Read(period) if period else _strange(words, "not a period")
        case "value" | "count":
            return _value(text, words)
        case "mass" | "mass_kg":
            return _mass(text, words, "kg" if kind_of_value == "mass_kg" else "t")
        case "unit":
            unit = units.normal(words)
            return Read(unit) if unit else _lacking(words, "unit", words)
        case "pollutant":
            return _pollutant(words)
        case "industry":
            return _industry(text)
        case "verdict":
            said = verdict(words)
            return Read(said) if said else _strange(words, "neither within nor over")
        case "mark":
            mark = marks.in_column(words)
            return Read(mark) if mark else _strange(words, "not a mark")
        case "code":
            return Read(codes.clean(words))
        case "docno":
            number, strange = docnos.canonical(text)
            return (
                Read(number) if strange is None else _strange(strange, "not a document number")._replace(value=number)
            )
        case "money" | "money_yuan" | "money_wan":
            return _money(words, {"money": None, "money_yuan": 1.0, "money_wan": money.WAN}[kind_of_value])
        case "showing":
            shown = showing.span(words)
            return Read(shown) if shown else _strange(words, "neither days nor a number of days")
    raise ValueError(f"vocabulary/fields.yaml: unknown type {kind_of_value!r}")


def _strange(words: str, what: str) -> Read:
    """A text that is not of its field's type, kept as printed."""
    return Read(words, f"{what}: {words[:60]!r}", (("value", words),))


def _lacking(words: str, what: str, *unknown: str) -> Read:
    """A text with words that the vocabulary does not know, kept as it is given."""
    return Read(words, f"{what} not in the vocabulary: {unknown[0][:60]!r}", tuple((what, word) for word in unknown))


_ENDLESS = frozenset({"长期", "长期有效", "永久", "永久有效", "无固定期限"})


@lru_cache(maxsize=1)
def _verdicts() -> dict[str, str]:
    return {word: said for said, words in load("verdicts").items() for word in words}


def verdict(text: str) -> str | None:
    """``ok`` or ``over`` as stated under a heading 是否达标; None for other words."""
    return _verdicts().get(text.strip().lower())


def _span(words: str) -> Read:
    start, end = dates.span(words)
    if start is None and end is None:
        if words in _ENDLESS:
            return Read({"from": None, "to": None})
        return _strange(words, "not a day nor a span of days")
    return Read({"from": start.isoformat() if start else None, "to": end.isoformat() if end else None})


def _value(text: str, words: str) -> Read:
    value = values.parse(text)
    if value.problem and marks.in_words(text):
        return Read(words)  # 停产 in place of a value is a statement: see `marks`
    if value.problem:
        return Read(words, value.problem, (("value", words),))
    return Read(value.value if value.value is not None else words)


def _mass(text: str, words: str, unit: str) -> Read:
    """An amount in t (a year's too); a bare number is in ``unit``. What is printed in other units stays text."""
    value = values.parse(text)
    if value.problem or value.value is None:
        return _value(text, words)
    own = value.unit or unit
    tonnes = units.convert(value.value, own, "t")
    tonnes = units.convert(value.value, own, "t/a") if tonnes is None else tonnes
    return Read(words if tonnes is None else float(f"{tonnes:.12g}"))


def _money(words: str, unit: float | None) -> Read:
    found = money.amount(words, unit)
    return Read(words, found.problem) if found.problem else Read(found.yuan)


def _pollutant(words: str) -> Read:
    known, unknown = pollutants.canonical(words)
    listed = "、".join([*known, *unknown])
    return _lacking(listed, "pollutant", *unknown) if unknown else Read(listed)


def _industry(text: str) -> Read:
    """The words stay as printed (rules name industries by word or code); what is no industry is told."""
    words = re.sub(r"\s+", " ", text).strip()
    unknown = industries.listed(text)[1]
    return _lacking(words, "industry", *unknown) if unknown else Read(words)
