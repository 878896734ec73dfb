"""Prints of texts (文本指纹): passages made comparable, so that the same words in several firms' documents meet.

Names of firms are left out: a text that differs in nothing but the name is the same text.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

KINDS = frozenset({
    "emergency_plan", "annual_report", "facility", "other", "social_report", "profile", "interim_report",
    "permit_report", "cleaner_production", "soil",
})  # fmt: skip
"""Kinds that are written in sentences; in tables the same words are the same equipment or the same standard."""
SHORTEST = 30
"""Characters below which no print is made."""
MOST = 50
"""Prints of one document."""
_FIRM = re.compile(r"公司|集团|厂(?![区界房内外址])")
_NAME = re.compile(r"[一-鿿A-Z0-9()]{1,40}$")
"""What stands before the word for a firm, without a break."""
_NOT_SAID = re.compile(r"[\s,。、;:!?.\"'“”‘’…·\-—_*/()《》<>\[\]【】]+")


def passages(text: str, values: Iterable[str], least: int = SHORTEST) -> tuple[str, ...]:
    """The lines of a text and the values of fields, folded, of at least ``least`` characters; each once, in order."""
    parts = [*re.split(r"[\r\n]+", text), *values]
    folded = (fold(part) for part in parts if len(part) >= least)
    return tuple(dict.fromkeys(part for part in folded if len(part) >= least))[:MOST]


def fold(text: str) -> str:
    """A passage without blanks, punctuation and names of firms."""
    return _NOT_SAID.sub("", _nameless(unicodedata.normalize("NFKC", text).upper()))


def _nameless(text: str) -> str:
    kept, at = [], 0
    for match in _FIRM.finditer(text):
        name = _NAME.search(text[max(at, match.start() - 40) : match.start()])
        kept.append(text[at : match.start() - len(name[0]) if name else match.start()])
        at = match.end()
    return "".join([*kept, text[at:]])


def print_of(passage: str) -> str:
    """Sixteen hex digits of a folded passage."""
    return hashlib.sha256(passage.encode()).hexdigest()[:16]
