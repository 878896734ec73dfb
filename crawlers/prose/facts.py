"""What a free text says: raw values under the usual headers, and what could not be told for certain."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from crawlers.readers import ReadIssue


@dataclass
class Facts:
    """``fields`` header → words as printed; ``issues`` as the readers' own (``severity, code, message, …``)."""

    fields: dict[str, str] = field(default_factory=dict)
    issues: list[ReadIssue] = field(default_factory=list)
    recognised: bool = False
    """Whether the text is one of the reader's kind at all: it states what makes a record."""

    def take(self, header: str, value: str | None) -> None:
        """Keep a value that is there."""
        if value:
            self.fields[header] = value

    def doubt(self, code: str, message: str, value: str | None = None, severity: Any = "warning") -> None:
        """Note what could not be told."""
        self.issues.append(ReadIssue(severity, code, message, "notice", value))


def lines(text: str) -> list[str]:
    """The lines that hold something, blanks at both ends gone."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def unwrapped(text: str) -> str:
    """A page's text with its wrapped lines joined: one nearly as wide as the widest that ends no sentence goes on."""
    found = lines(text)
    widest = max(map(_width, found), default=0)
    joined: list[str] = []
    goes_on = False
    for line in found:
        joined[-1:] = [joined[-1] + line] if goes_on else [*joined[-1:], line]
        goes_on = _width(line) >= 0.85 * widest and not line.endswith(("。", "；", "：", ":", ";", "！"))
    return "\n".join(joined)


def _width(line: str) -> int:
    """Columns of a line: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


def labelled(text: str, *labels: str) -> str | None:
    """The rest of the first line that begins with one of ``labels`` and a colon: ``当事人：甲公司`` → ``甲公司``.

    Numbering in front (``1.``, ``（一）``) and blanks inside the label (``当 事 人``) do not hide it. A line that ends
    behind the colon gives the next line.
    """
    found = lines(text)
    for label in labels:
        spaced = r"\s*".join(map(re.escape, label))
        pattern = re.compile(
            rf"^(?:[（(]?[一二三四五六七八九十\d]{{1,2}}[）)、.．]\s*)?{spaced}\s*(?:[:：]\s*|\s{{2,}})(.*)$"
        )
        for number, line in enumerate(found):
            if match := pattern.match(line):
                value: str = match[1].strip() or (found[number + 1] if number + 1 < len(found) else "")
                return value or None
    return None
