"""What differs between two versions of one disclosure, header by header: before and after, as printed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from indexer.normalise.fields import is_positional

LONGEST = 300
"""Characters of a value shown of each side; a longer text is shown around its first difference."""


class Difference(NamedTuple):
    """One header: its value before and after; None where the version does not have it."""

    header: str
    before: str | None
    after: str | None


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """The headers in which two disclosure documents differ, in the order of the later one; row numbers are left out."""
    one, other = _said(before), _said(after)
    headers = [*other, *(header for header in one if header not in other)]
    return [
        Difference(header, *_around(one.get(header), other.get(header)))
        for header in headers
        if one.get(header) != other.get(header)
    ]


def _said(document: Mapping[str, Any]) -> dict[str, str]:
    fields = {header: value for header, value in document["fields"].items() if not is_positional(header)}
    rest = {
        "标题": document["title"],
        "发布日期": document["published"],
        "正文": document.get("text") if not fields else "",
    }
    return {**{name: str(value) for name, value in rest.items() if value}, **fields}


def _around(before: str | None, after: str | None) -> tuple[str | None, str | None]:
    """Both sides, long ones cut to what surrounds their first difference."""
    if max(len(before or ""), len(after or "")) <= LONGEST:
        return before, after
    same = next(
        (place for place, pair in enumerate(zip(before or "", after or "", strict=False)) if pair[0] != pair[1]),
        min(len(before or ""), len(after or "")),
    )
    start = max(0, same - LONGEST // 3)
    return _cut(before, start), _cut(after, start)


def _cut(text: str | None, start: int) -> str | None:
    if text is None:
        return None
    part = text[start : start + LONGEST]
    return f"{'…' if start else ''}{part}{'…' if start + LONGEST < len(text) else ''}"
