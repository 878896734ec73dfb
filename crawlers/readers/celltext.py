"""A spreadsheet cell's value as the sheet shows it: 1 and not 1.0, days as ISO dates, zeros of a format kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from crawlers.readers.folding import fold

Value = str | int | float | bool | date | datetime | time | timedelta | None
EXACT = 10**15
"""From here on a spreadsheet's number has lost digits: an 18-digit code typed as a number ends in zeros."""
_ZEROS = re.compile(r"0{2,}")
_FIXED = re.compile(r"(?:#,##)?0(?:\.(0+))?(%?)(?:_[-)\s]|;.*)?")


@dataclass(frozen=True)
class Shown:
    """How a number format shows a number: padded to ``digits`` with zeros, ``places`` decimals, as a percentage."""

    digits: int = 0
    places: int | None = None
    percent: bool = False


def shown(number_format: str) -> Shown | None:
    """What a number format changes in the digits (``000000``, ``0.00``, ``0.0%``); None for General and all others."""
    plain = number_format.replace("\\", "").replace('"', "").strip()
    if _ZEROS.fullmatch(plain):
        return Shown(digits=len(plain), places=0)
    found = _FIXED.fullmatch(plain)
    if found is None:
        return None
    return Shown(places=len(found.group(1) or ""), percent=bool(found.group(2)))


def cell_text(value: Value, how: Shown | None = None) -> str:
    """The text of a cell; numbers by ``how`` where the cell's format matters, else the shortest exact writing."""
    if isinstance(value, str):
        return fold(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, how)
    return _moment(value)


def _number(value: int | float, how: Shown | None) -> str:
    if isinstance(value, float) and not abs(value) < float("inf"):
        return ""
    # 15 significant digits are what a sheet shows: 0.1 + 0.2 is 0.3 there.
    exact = Decimal(value) if isinstance(value, int) or abs(value) >= EXACT else Decimal(format(value, ".15g"))
    if how is None:
        return format(exact.to_integral_value() if exact == exact.to_integral_value() else exact, "f")
    if how.percent:
        exact *= 100
    if how.places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-how.places), ROUND_HALF_UP)
    text = format(exact, "f")
    return (text.zfill(how.digits) if exact >= 0 else text) + ("%" if how.percent else "")


def _moment(value: date | datetime | time | timedelta | None) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        if value.time() == time(0):
            return value.date().isoformat()
        return (
            value.isoformat(" ", "seconds").removesuffix(":00")
            if value.second == 0
            else value.isoformat(" ", "seconds")
        )
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60}:{minutes % 60:02d}"
    return value.isoformat()


def lost_digits(value: Value) -> bool:
    """Whether a number is so long that the sheet no longer holds all its digits."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= EXACT
