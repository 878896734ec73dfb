"""Reporting periods (报告期) in words: ``2024``, ``2024H1``, ``2024Q1``, ``2024-03``; and their bounds in Shanghai."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from indexer.normalise import dates
from indexer.normalise.numerals import digit, fold

_SHANGHAI = ZoneInfo("Asia/Shanghai")
_Y = r"(?<!\d)(?P<y>(?:19|20)\d\d)\s*年?度?\s*"
_QUARTER = re.compile(
    rf"{_Y}-?\s*(?:第\s*)?(?:Q\s*(?P<q2>[1-4])(?!\d)|0?(?P<q>[1-4一二三四])\s*个?季|(?P<q3>首)季)", re.IGNORECASE
)
_HALF = re.compile(rf"{_Y}-?\s*(?:(?P<half>上|下|前|后)半年|H(?P<h>[12])(?!\d))", re.IGNORECASE)
_MONTHS = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)\s*(?:年|[-/.])\s*0?(?P<a>\d{1,2})\s*月?(?:份)?\s*(?:-|~|至|到|—+|–)\s*"
    r"(?:(?P=y)\s*(?:年|[-/.])\s*)?0?(?P<b>\d{1,2})\s*月"
)
_MONTH = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)\s*(?:年|[-/.])\s*(?P<m>\d{1,2})\s*"
                    r"(?:月(?:份|报)?(?![-/.]|\d{1,2}(?!\d))|(?![-/.\d月]))")  # fmt: skip
_COMPACT_MONTH = re.compile(r"^(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])$")
_DAY = re.compile(r"\d{4}\s*(?:年|[-/.])\s*\d{1,2}\s*(?:月|[-/.])\s*\d{1,2}(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)\s*(?:年(?:度|报)?|度|$)")
_TWO_YEARS = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)\s*年?度?\s*(?:-|~|至|到|—+|–)\s*(?!(?P=y))(?:19|20)\d\d(?!\d)")
_SHAPE = re.compile(r"^(?P<y>\d{4})(?:Q(?P<q>[1-4])|H(?P<h>[12])|-(?P<m>0[1-9]|1[0-2]))?$")


@lru_cache(maxsize=50_000)
def period(text: str | None) -> str | None:
    """A period: ``2024年第01季度`` → ``2024Q1``, 年报 → ``2024``, ``2024年3月`` → ``2024-03``, 上半年 → ``2024H1``.

    Months from and to that are a quarter, a half or a year are that; other stretches are no period.
    """
    if not text:
        return None
    folded = dates.common_years(fold(text))
    if match := _QUARTER.search(folded):
        return f"{match['y']}Q{1 if match['q3'] else digit(match['q'] or match['q2'])}"
    if match := _HALF.search(folded):
        return f"{match['y']}H{match['h'] or (1 if match['half'] in '上前' else 2)}"
    if match := _MONTHS.search(folded):
        return _stretch(match["y"], int(match["a"]), int(match["b"]))
    if _DAY.search(folded) or _TWO_YEARS.search(folded):
        return None
    if (match := _COMPACT_MONTH.match(folded) or _MONTH.search(folded)) and 1 <= int(match["m"]) <= 12:
        return f"{match['y']}-{int(match['m']):02d}"
    match = _YEAR.search(folded)
    return match["y"] if match else None


def _stretch(year: str, first: int, last: int) -> str | None:
    """The quarter, half or year that the months ``first``..``last`` are, or None."""
    if first == last and 1 <= first <= 12:
        return f"{year}-{first:02d}"
    return {
        (1, 3): f"{year}Q1", (4, 6): f"{year}Q2", (7, 9): f"{year}Q3", (10, 12): f"{year}Q4",
        (1, 6): f"{year}H1", (7, 12): f"{year}H2", (1, 12): year,
    }.get((first, last))  # fmt: skip


def bounds(period_: str) -> tuple[datetime, datetime]:
    """First instant of a canonical period and the first after it, in UTC; its days are Shanghai's.

    Raises ValueError for a text that is no canonical period.
    """
    match = _SHAPE.match(period_)
    if match is None:
        raise ValueError(f"{period_!r} is no period like 2024, 2024H1, 2024Q1 or 2024-03")
    year, first, months = int(match["y"]), 1, 12
    if match["q"]:
        first, months = int(match["q"]) * 3 - 2, 3
    elif match["h"]:
        first, months = int(match["h"]) * 6 - 5, 6
    elif match["m"]:
        first, months = int(match["m"]), 1
    return _month(year, first), _month(year, first + months)


def _month(year: int, month: int) -> datetime:
    """Midnight in Shanghai of the first of a month (13 is the next year's first), in UTC."""
    return datetime(year + (month - 1) // 12, (month - 1) % 12 + 1, 1, tzinfo=_SHANGHAI).astimezone(UTC)
