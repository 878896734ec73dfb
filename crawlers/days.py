"""The day a page states, as ``YYYY-MM-DD``; words that are no day give None."""

from __future__ import annotations

import re
from datetime import date

_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})(?!\d)")


def day(text: str | None) -> str | None:
    """The first day in a text: ``2021年3月5日``, ``2021-03-05 10:15``, ``2021/3/5``; None where there is none."""
    found = _DAY.search(text or "")
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return None
