"""Which fields are public, which only staff may see, which are dropped; and the masking of public text.

Personal data (个人信息): of natural persons only the role is public. The classes stand in ``privacy.yaml``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

import yaml

Audience = Literal["public", "staff", "drop"]
MASK = "***"
_SHORTEST = 6
"""The shortest personal value a pattern can find (``a@b.cn``)."""
_WORDS = ("@", "电话", "手机", "热线", "代表", "经营者", "身份")
_NUMBER = re.compile(r"[0-9](?:[- *]*[0-9]){6}")
_LABEL = re.compile(r"人\s*[:\uff1a(\uff08]|[(\uff08,\uff0c]\s*[男女]")


_INSTANT = re.compile(r"(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9](?: [0-2][0-9]:[0-5][0-9](?::[0-5][0-9])?)?")
"""A day or an instant looks like a number to call, and is none."""


@dataclass
class Split:
    """One record's fields by audience; ``names`` are the personal values to mask in free text."""

    public: dict[str, str] = field(default_factory=dict)
    staff: dict[str, str] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)


@lru_cache(maxsize=1)
def _classes() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((files("indexer.register") / "privacy.yaml").read_text(encoding="utf-8"))
    return data


@lru_cache(maxsize=1)
def _patterns() -> list[re.Pattern[str]]:
    return [re.compile(text) for text in _classes()["patterns"].values()]


@lru_cache(maxsize=20_000)
def audience(header: str, key: str | None) -> Audience:
    """Who may see a field, by its canonical key and its raw header; the stricter of both holds."""
    by_key: Audience = _classes()["keys"].get(key, "public")
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", header)).lower()
    strict: tuple[Audience, ...] = ("drop", "staff")
    for level in strict:
        if by_key == level or any(re.search(pattern, folded) for pattern in _classes()["headers"][level]):
            return level
    return "public"


@lru_cache(maxsize=5_000)
def _audiences(headers: tuple[str, ...], keys: tuple[tuple[str, str], ...]) -> tuple[tuple[str, Audience], ...]:
    """The audience of each header of a table, found out once for all its rows."""
    known = dict(keys)
    return tuple((header, audience(header, known.get(header))) for header in headers)


def split(fields: dict[str, str], keys: dict[str, str]) -> Split:
    """Raw fields by audience (``keys``: header → canonical key), public values masked; empty cells are left out."""
    out = Split()
    public: dict[str, str] = {}
    for header, level in _audiences(tuple(fields), tuple(keys.items())):
        text = fields[header]
        if not text:
            continue
        match level:
            case "public":
                public[header] = text
            case "staff":
                out.staff[header] = text
                out.names.extend(_personal(text))
            case "drop":
                out.names.extend(_personal(text))
    # Most values are too short to hold anything personal, and most tables name nobody.
    out.public = {
        header: mask(text, out.names) if out.names or len(text) >= _SHORTEST else text
        for header, text in public.items()
    }
    return out


def _personal(text: str) -> list[str]:
    """The single values of a personal field, long enough not to mask common words."""
    parts = re.split(r"[,\uff0c、;\uff1b/\s]+", text)
    return [part for part in parts if len(part) >= 2 and re.search(r"\w", part)]


def mask(text: str, names: Iterable[str] = ()) -> str:
    """``text`` with phones, e-mails, identity numbers and the given personal values replaced by ``***``."""
    if len(text) >= _SHORTEST:
        text = _mask_patterns(text) if len(text) < 100 else _masked(text)
    for name in names:
        if name in text:
            text = text.replace(name, MASK)
    return text


@lru_cache(maxsize=50_000)
def _mask_patterns(text: str) -> str:
    return _masked(text)


def _masked(text: str) -> str:
    if _is_worth(text) and not _INSTANT.fullmatch(text):
        for pattern in _patterns():
            # A name told by its label is masked wherever the same text speaks of that person again.
            names = [found["name"] for found in map(re.Match.groupdict, pattern.finditer(text)) if found.get("name")]
            text = pattern.sub(_replacement, text)
            for name in sorted(names, key=len, reverse=True):
                text = text.replace(name, MASK)
    return text


def _is_worth(text: str) -> bool:
    """A cheap test that saves the patterns on most values: looking for words is a tenth of one expression of all."""
    if any(word in text for word in _WORDS) or _NUMBER.search(text):
        return True
    return ("人" in text or "男" in text or "女" in text) and bool(_LABEL.search(text))


def _replacement(match: re.Match[str]) -> str:
    groups = match.groupdict()
    name = groups.get("name") or groups.get("here")
    return match.group(0).replace(name, MASK) if name else MASK


def public_facts(facts: dict[str, Any], names: Iterable[str] = ()) -> dict[str, Any]:
    """Facts without the keys that only staff may see, texts masked."""
    hidden = _hidden_keys()
    return {
        key: mask(value, names) if isinstance(value, str) and (names or len(value) >= _SHORTEST) else value
        for key, value in facts.items()
        if key not in hidden
    }


@lru_cache(maxsize=1)
def _hidden_keys() -> frozenset[str]:
    """Keys of facts that the public may not see."""
    return frozenset(key for key in _classes()["keys"] if audience("", key) != "public")
