"""The legal basis (依据) of a duty on a day, in words: ``生态环境部令第24号 第十二、十三、十九条``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import cn2an

from indexer.law.model import Basis, Instrument

_ITEM = re.compile(r"(\d+)\((\d+)\)")
CODE = "CODE"


@dataclass(frozen=True)
class BasisWords:
    """``text`` names the articles in force on the day; ``seen`` False: from memory (待核对), so staff only."""

    text: str
    seen: bool
    needs_review: bool


def basis_on(rows: tuple[Basis, ...], instruments: Mapping[str, Instrument], day: date) -> BasisWords:
    """What founds a duty on ``day``: the rows in force, those read in a text before those from memory.

    Articles of a law that the Code of 2026-08-15 replaced are not named after that day; the Code's are not yet read.
    """
    standing = [row for row in rows if instruments[row.instrument].in_force(day)]
    read = [row for row in standing if row.seen == "S"]
    words = "；".join(_row_words(row, instruments[row.instrument]) for row in read or standing)
    code = instruments[CODE]
    review = code.in_force(day)
    if review:
        words = f"{words}（《{code.title}》自{code.start}起施行，对应条文待核对）"
    return BasisWords(words, bool(read), review)


def _row_words(row: Basis, instrument: Instrument) -> str:
    articles = article_words(row.articles)
    note = "" if row.seen == "S" else "（待核对）"
    return f"{instrument.number}{' ' if articles else ''}{articles}{note}"


@lru_cache(maxsize=512)
def article_words(articles: tuple[str, ...]) -> str:
    """``("12", "13")`` → ``第十二、十三条``; ``("9(1)", "11")`` → ``第九条第（一）项、第十一条``."""
    if not articles:
        return ""
    if all(text.isdigit() for text in articles):
        return f"第{'、'.join(_number(text) for text in articles)}条"
    return "、".join(_one(text) for text in articles)


def _one(text: str) -> str:
    match = _ITEM.fullmatch(text)
    if match is None:
        return f"第{_number(text)}条"
    return f"第{_number(match[1])}条第（{_number(match[2])}）项"


def _number(text: str) -> str:
    words = str(cn2an.an2cn(int(text)))
    return words.removeprefix("一") if 10 <= int(text) < 20 else words
