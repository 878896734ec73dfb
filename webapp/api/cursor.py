"""Where a list goes on: the sort values of its last row, opaque to who sends them back (``search_after``)."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from flask import abort
from flask_babel import gettext as _

LONGEST = 2_000


def write(hits: list[dict[str, Any]], size: int) -> str | None:
    """The cursor behind these hits; None where they end the list."""
    if len(hits) < size:
        return None
    return base64.urlsafe_b64encode(json.dumps(hits[-1]["sort"]).encode()).decode()


def read(text: str | None, parts: int) -> list[Any] | None:
    """The sort values of a cursor (as many as the order has); None without one; nonsense is a 400 answer."""
    if not text:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(text[:LONGEST].encode()))
    except (binascii.Error, ValueError):
        values = None
    if not isinstance(values, list) or len(values) != parts or not all(_plain(value) for value in values):
        abort(400, _("after 须原样使用上一页给出的 next，并保持排序不变。"))
    return values


def _plain(value: Any) -> bool:
    return value is None or isinstance(value, str | int | float)
