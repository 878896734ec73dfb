"""Showing terms (公示起止, 公示期限) of EIA and acceptance notices: both days, or only a number of working days.

``2026年3月2日至3月13日（10个工作日）``, ``2026-03-02~2026-03-13``, ``2026年3月2日-13日``, ``自公告之日起5个工作日``.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any

import cn2an

from indexer.normalise import dates

_FIRST = re.compile(r"(?P<y>(?:19|20)\d\d)\s*[-年./]\s*(?P<m>\d{1,2})\s*[-月./]\s*(?P<d>\d{1,2})\s*日?")
_SECOND = re.compile(
    r"\s*(?:\([^()]*\))?\s*(?:起)?\s*(?:至|到|~|-{1,2}|—+|–)\s*"
    r"(?:(?P<y>(?:19|20)\d\d)\s*[-年./]\s*)?(?:(?P<m>\d{1,2})\s*[-月./]\s*)?(?P<d>\d{1,2})(?!\d)\s*日?"
)
_WORKING = re.compile(r"(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})\s*个?\s*(?:工作日|日(?:内)?\(工作日\))")


@lru_cache(maxsize=20_000)
def span(text: str | None) -> dict[str, Any] | None:
    """``{from, to, working_days}``, each None where it is not stated; None where nothing of it is.

    ``from`` and ``to`` are ``YYYY-MM-DD``; a lone day is the first one. A showing that would end before it begins is
    no showing.
    """
    folded = dates.fold(text or "")
    first = _FIRST.search(folded)
    start = _day(first["y"], first["m"], first["d"]) if first else None
    end = _end(folded, first) if first and start else None
    working = _WORKING.search(folded)
    days = int(cn2an.cn2an(working["n"], "smart")) if working else None
    if (start is None and days is None) or (start and end and end < start):
        return None
    return {
        "from": start.isoformat() if start else None,
        "to": end.isoformat() if end else None,
        "working_days": days,
    }


def _end(folded: str, first: re.Match[str]) -> date | None:
    """The last day; year and month are those of the first where it leaves them out."""
    second = _SECOND.match(folded, first.end())
    if second is None:
        return None
    return _day(second["y"] or first["y"], second["m"] or first["m"], second["d"])


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
