"""Marks of monitoring values (数据标记): the words and letters that say why a value is missing or is none of operation.

Legal sources stand in ``vocabulary/marks.yaml``. A mark may stand in a column of its own, in place of the value (停产),
in the remark (设备校准), or, where nothing was measured, in the reason for that.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from indexer.normalise.data import load

NORMAL = "normal"
"""What a column of marks says where nothing is the matter; such a value carries no mark."""
KEYS = frozenset({"mark", "conc", "conc_measured", "remark", "reason"})
"""Fields in which a mark may stand."""
_VALUE = re.compile(r"\s*[<≤]?\d[\d.,]*\s*")
_MISSING = re.compile(r"\s*-999+(?:\.0*)?\s*")
Columns = tuple[tuple[str, str], ...]
"""Header and key of each column that may hold a mark."""


@lru_cache(maxsize=1)
def _tables() -> tuple[tuple[tuple[str, re.Pattern[str]], ...], dict[str, str], re.Pattern[str]]:
    """(mark and its words, the strongest first), letter → mark, and any word with a denial in front of it."""
    data = load("marks")
    entries = [(name, entry) for name, entry in data.items() if name != "denied"]
    words = tuple((name, re.compile("|".join(map(re.escape, entry["as"])))) for name, entry in entries)
    letters = {letter.casefold(): name for name, entry in entries for letter in entry["letters"]}
    every = "|".join(re.escape(word) for name, entry in entries if name != NORMAL for word in entry["as"])
    return words, letters, re.compile(rf"(?:{'|'.join(data['denied'])})(?:{every})")


@lru_cache(maxsize=50_000)
def in_words(text: str) -> str | None:
    """The mark that a text states (``停炉检修`` → ``stopped``), ``normal``, or None where it states none."""
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    told = _tables()[2].sub("正常", folded)
    return next((name for name, words in _tables()[0] if words.search(told)), None)


@lru_cache(maxsize=10_000)
def in_column(text: str) -> str | None:
    """The mark under a heading of marks, where letters of HJ 212 count too; None for what is not understood."""
    folded = unicodedata.normalize("NFKC", text).strip().casefold()
    return _tables()[1].get(folded) or in_words(text)


def of_row(printed: Mapping[str, str], columns: Columns) -> str | None:
    """The canonical mark of one value: of its own column, in place of the value, in the remark; None where none is.

    ``missing`` also stands for the -9999 of data loggers. The reason for not monitoring counts where no value is.
    """
    remark = reason = stated = lacking = None
    valued = False
    for header, key in columns:
        text = printed[header]
        if not text:
            continue
        match key:
            case "mark":
                stated = stated or in_column(text)
            case "conc" | "conc_measured":
                if _VALUE.fullmatch(text):
                    valued = True
                else:
                    lacking = lacking or ("missing" if is_missing(text) else in_words(text))
            case "remark":
                remark = remark or in_words(text)
            case "reason":
                reason = reason or in_words(text)
            case other:
                raise ValueError(f"no mark stands in a column of {other!r}")
    if stated is not None:
        return _told(stated)
    if lacking not in (None, "missing", NORMAL):
        return lacking
    return _told(remark) or (_told(reason) if not valued else None) or _told(lacking)


def is_missing(text: str) -> bool:
    """True for the -9999 that data loggers write for a missing value."""
    return bool(_MISSING.fullmatch(text))


def columns(headers: Iterable[tuple[str, str]]) -> Columns:
    """Those of (header, key) in which a mark may stand."""
    return tuple((header, key) for header, key in headers if key in KEYS)


def _told(mark: str | None) -> str | None:
    return None if mark == NORMAL else mark
