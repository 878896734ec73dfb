"""Data as scripts exchange them: JSON, JSON in a call (JSONP), JavaScript's looser writing; texts of ``escape``.

Strict: what is not wholly of the stated syntax raises ``ValueError``; nothing is mended.
"""

from __future__ import annotations

import json
import re
from typing import Any, Literal

import pyjson5

Syntax = Literal["json", "jsonp", "json5"]
DEEPEST = 200
"""Levels of nesting taken."""
_CALL = re.compile(r"\s*(?:/\*\*/)?\s*[\w.$]+\s*\((.*)\)\s*;?\s*", re.DOTALL)
_ESCAPED = re.compile(r"%u([0-9a-fA-F]{4})|%([0-9a-fA-F]{2})")


class Written(float):
    """A decimal number that remembers its digits: ``35.20`` is not ``35.2`` to who compares prints."""

    text: str

    def __new__(cls, text: str) -> Written:
        made = super().__new__(cls, text)
        made.text = text
        return made


def parse(text: str, syntax: Syntax = "json") -> Any:
    """The value that ``text`` writes; raises ValueError naming what is wrong.

    Decimals of JSON are ``Written``; JSON5's are plain floats. A text of white space is no value.
    """
    if syntax == "json5":
        return _json5(text)
    body = text
    if syntax == "jsonp":
        called = _CALL.fullmatch(text)
        if called is None:
            raise ValueError("no call around the data")
        body = called[1]
    try:
        return json.loads(body, parse_float=Written)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _json5(text: str) -> Any:
    try:
        return pyjson5.decode(text, maxdepth=DEEPEST)
    except (pyjson5.Json5Exception, UnicodeError) as error:
        raise ValueError(str(error.args[0])[:200] if error.args else "no data") from error


def unescaped(value: Any) -> Any:
    """``value`` with every text in it read as JavaScript's ``unescape`` does; ``%`` before anything else stays."""
    if isinstance(value, str):
        return _joined(_ESCAPED.sub(lambda found: chr(int(found[1] or found[2], 16)), value))
    if isinstance(value, dict):
        return {unescaped(key): unescaped(item) for key, item in value.items()}
    return [unescaped(item) for item in value] if isinstance(value, list) else value


def _joined(text: str) -> str:
    """Characters beyond the basic plane stand as two halves; a half alone becomes U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
