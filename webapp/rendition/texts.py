"""Archived JSON and plain text, masked; the cited row of JSON set apart."""

from __future__ import annotations

import json
import re
from typing import Any

from webapp.rendition.masking import Masking

LONGEST = 400_000
"""Characters shown; more would make the page too slow to read on a phone."""


def json_text(text: str, masking: Masking) -> str | None:
    """Indented JSON with personal fields masked; None where the text is no JSON."""
    try:
        data = json.loads(text)
    except ValueError:
        return None
    masked = _walk(_walk(data, masking, True), masking, False)
    return json.dumps(masked, ensure_ascii=False, indent=1)[:LONGEST]


def _walk(node: Any, masking: Masking, by_header: bool) -> Any:
    """First pass by header, which learns the personal values; second pass over all texts."""
    if isinstance(node, dict):
        return {key: _member(key, value, masking, by_header) for key, value in node.items()}
    if isinstance(node, list):
        return [_walk(one, masking, by_header) for one in node]
    return masking.prose(node) if isinstance(node, str) and not by_header else node


def _member(key: str, value: Any, masking: Masking, by_header: bool) -> Any:
    if by_header and isinstance(value, (str, int)) and not isinstance(value, bool) and masking.private(key):
        return masking.value(str(value))
    return _walk(value, masking, by_header)


def plain(text: str, masking: Masking) -> str:
    """Plain text, masked and cut."""
    return masking.prose(text[:LONGEST])


def json_row(text: str, place: str) -> str:
    """The member of a JSON text at ``rows[17]`` or ``data.list[3]``, indented; empty where the path leads nowhere."""
    try:
        node = json.loads(text)
    except ValueError:
        return ""
    for name, index in re.findall(r"([^.\[\]]+)|\[(\d+)\]", place):
        try:
            node = node[name] if name else node[int(index)]
        except (KeyError, IndexError, TypeError):
            return ""
    return json.dumps(node, ensure_ascii=False, indent=1)
