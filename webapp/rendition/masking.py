"""What is masked in a public rendition of evidence: personal fields by their header, personal patterns anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from indexer.normalise import fields
from indexer.register import privacy

LONGEST_LABEL = 16
"""Longer texts are no header but prose that mentions one."""
HEADER_SHARE = 0.6
"""Of a header row more cells than these are known headers; of a row of label–value pairs only half are."""


_SENTENCE = re.compile(r"[：:，,。；;]")
_IDENTIFIER = re.compile(
    r"(?:lxr|lxdh|linkman|contact|frdb|fddbr|legal_?(?:person|rep)|phone|mobile|telephone|fax|e_?mail|fzr|principal|idcard)",
    re.I,
)
"""Programs' own names of personal fields (pinyin initials or English), met as keys of JSON: ``stLxr``, ``linkMan``."""
_LABELLED = re.compile(r"(?P<label>[\w（()）·-]{2,12})(?P<colon>\s*[：:]\s*)(?P<value>[^\s，,。；;：:<>]{2,40})")


_NAME = re.compile(r"[一-鿿·]{2,4}")
"""A labelled value that is a person's name: masked wherever else the text speaks of that person."""


@dataclass
class Masking:
    """Masks for one body; ``kinds`` are the kinds of what was drawn from it, ``own`` the source's field map."""

    kinds: Sequence[str] = ()
    own: fields.Own = field(default_factory=dict)
    active: bool = True
    """False for staff: nothing is masked."""
    count: int = 0
    """How many values were masked, for the note beside the rendition."""
    names: list[str] = field(default_factory=list)
    """Values met under personal headers: masked wherever else they stand."""

    def private(self, header: str) -> bool:
        """True where a short text is the header of a personal field."""
        text = header.strip().rstrip("：:")
        if not self.active or not text or len(text) > LONGEST_LABEL or _SENTENCE.search(text):
            return False
        if text.isascii() and _IDENTIFIER.search(text):
            return True
        return any(privacy.audience(text, key) != "public" for key in self._keys(text))

    def known(self, header: str) -> bool:
        """True where a text is any header that the vocabulary knows."""
        return len(header) <= LONGEST_LABEL and (self.private(header) or any(self._keys(header.strip())))

    def is_header_row(self, cells: Sequence[str]) -> bool:
        """True where most cells are headers, so that values stand below and not beside them."""
        filled = [cell for cell in cells if cell.strip()]
        return len(filled) > 1 and sum(self.known(cell) for cell in filled) > HEADER_SHARE * len(filled)

    def value(self, text: str) -> str:
        """A value of a personal field: masked, and remembered."""
        if not self.active or not text.strip():
            return text
        self.count += 1
        if len(text.strip()) >= 2:
            self.names.append(text.strip())
        return privacy.MASK

    def prose(self, text: str) -> str:
        """Any other text: patterns and remembered values masked."""
        if not self.active:
            return text
        masked = privacy.mask(_LABELLED.sub(self._labelled, text), self.names)
        self.count += masked != text
        return masked

    def _labelled(self, match: re.Match[str]) -> str:
        """``联系人：李四`` in running text: the value goes, the label stays; a name is remembered."""
        if not self.private(match["label"]):
            return match[0]
        if _NAME.fullmatch(match["value"]):
            self.names.append(match["value"])
        return f"{match['label']}{match['colon']}{privacy.MASK}"

    def row(self, cells: Sequence[str], columns: set[int]) -> tuple[list[int], set[int]]:
        """Which cells of a row hold personal values, and the personal columns for the rows below."""
        labels = {index for index, cell in enumerate(cells) if self.private(cell)}
        if labels and self.is_header_row(cells):
            return [], labels
        if self.is_header_row(cells):
            return [], set()
        beside = {index + 1 for index in labels if index + 1 < len(cells)}
        return sorted((columns | beside) - labels), columns

    def grid(self, rows: Iterable[Sequence[str]]) -> list[list[str]]:
        """A whole grid masked."""
        structured: list[list[str]] = []
        columns: set[int] = set()
        for row in rows:
            hidden, columns = self.row(row, columns)
            structured.append([self.value(cell) if index in hidden else cell for index, cell in enumerate(row)])
        return [[self.prose(cell) for cell in row] for row in structured]

    def _keys(self, header: str) -> list[str | None]:
        kinds = self.kinds or ("profile",)
        found = [fields.lookup(kind, header, self.own) for kind in kinds]
        return [entry.key if entry else None for entry in found]
