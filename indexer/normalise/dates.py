"""Days, instants and periods as Chinese sites print them; without a zone they are Shanghai's.

A text that is no date gives None: the caller turns it into an issue row where a date was due.
"""

from __future__ import annotations

import re
from calendar import month_abbr
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from indexer.normalise.numerals import fold as fold

_SHANGHAI = ZoneInfo("Asia/Shanghai")
# 民国 years count from 1912; the words or three digits before 年 tell them apart.
_ROC = re.compile(r"(?:(?:中[华華]?)?民[国國]\s*(?P<words>\d{1,3})|(?<!\d)(?P<bare>1[01]\d))(?=\s*年)")
_DAY = re.compile(r"(?<!\d)(?P<y>\d{4})\s*(?:年|[-/.])\s*(?P<m>\d{1,2})\s*(?:月|[-/.])\s*(?P<d>\d{1,2})\s*[日号]?")
_COMPACT = re.compile(
    r"(?<!\d)(?P<y>20\d\d|19\d\d)(?P<m>\d\d)(?P<d>\d\d)(?:(?P<h>\d\d)(?P<min>\d\d)(?P<s>\d\d)?)?(?!\d)"
)
_TIME = re.compile(r"(?P<h>\d{1,2})\s*(?::|时|点)\s*(?P<min>\d{1,2})?(?:\s*(?::|分)\s*(?P<s>\d{1,2}))?")
_JAVA = re.compile(
    r"^[A-Z][a-z]{2} (?P<m>[A-Z][a-z]{2}) (?P<d>\d\d) (?P<t>\d\d:\d\d:\d\d) (?:CST|GMT\+08:00) (?P<y>\d{4})$"
)
_MONTHS = {name: n for n, name in enumerate(month_abbr)}
_EPOCH = re.compile(r"^(?:/?Date\()?(?P<ms>\d{12,13})(?:[+-]\d{4})?(?:\)/?)?(?:\.0*)?$")
_SERIAL = re.compile(r"^(?P<days>[2-6]\d{4})(?P<part>\.\d+)?$")
_SERIAL_START = datetime(1899, 12, 30)
_REST = re.compile(r"^(?:(?P<m>\d{1,2})\s*(?:月|[-/.])\s*)?(?P<d>\d{1,2})\s*[日号]?$")
_BETWEEN = re.compile(r"\s*(?:至|到|~|—+|–|\s-\s|--|(?<=[日号])-)\s*")


@lru_cache(maxsize=50_000)
def day(text: str | None) -> date | None:
    """The first calendar day in ``text``: ``2020-07-26``, ``2020年7月26日``, ``20200726``, ``2020/7/26 10:15``.

    Also 二〇二〇年七月二十六日, 民国109年7月26日, and milliseconds since 1970 as JSON prints them.
    """
    if not text:
        return None
    folded = _folded(text)
    match = _DAY.search(folded) or _COMPACT.search(folded)
    if match:
        return _date(match["y"], match["m"], match["d"])
    found = _machine(folded)
    return found.astimezone(_SHANGHAI).date() if found else None


@lru_cache(maxsize=50_000)
def sheet_day(text: str | None) -> date | None:
    """A day in a spreadsheet's cell: as ``day`` reads it, or the serial number of a day (``43804`` → 2019-12-05)."""
    match = _SERIAL.match(text.strip()) if text else None
    return (_SERIAL_START + timedelta(days=int(match["days"]))).date() if match else day(text)


def common_years(folded: str) -> str:
    """Years of the Republic (民国) as common ones, in a text whose numerals are digits."""
    return _ROC.sub(lambda match: str(1911 + int(match["words"] or match["bare"])), folded)


def _folded(text: str) -> str:
    """Numerals as digits, years of the Republic as common ones."""
    return common_years(fold(text))


def _date(year: str, month: str, day_of_month: str) -> date | None:
    try:
        return date(int(year), int(month), int(day_of_month))
    except ValueError:
        return None


@lru_cache(maxsize=200_000)
def moment(text: str | None) -> datetime | None:
    """The instant in ``text`` in UTC; without a zone it is Shanghai's, a day its midnight, ``24:00`` the next day's."""
    if not text:
        return None
    folded = _folded(text)
    if re.match(r"^\d{4}-\d\d-\d\dT", folded):
        return _iso(folded)
    compact = _COMPACT.search(folded)
    match = _DAY.search(folded) or compact
    start = _date(match["y"], match["m"], match["d"]) if match else None
    if match is None or start is None:
        return _machine(folded)
    time = compact if match is compact and match["h"] else _TIME.search(folded, match.end())
    hour, minute, second = (int(time[name] or 0) for name in ("h", "min", "s")) if time else (0, 0, 0)
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and (minute or second)):
        return None
    local = datetime(start.year, start.month, start.day, tzinfo=_SHANGHAI)
    return (local + timedelta(hours=hour, minutes=minute, seconds=second)).astimezone(UTC)


def _machine(folded: str) -> datetime | None:
    """An instant as programs print it: milliseconds since 1970, or Java's ``Thu Dec 05 00:00:00 CST 2019``."""
    if match := _EPOCH.match(folded):
        return datetime.fromtimestamp(int(match["ms"]) / 1000, UTC)
    match = _JAVA.match(folded)
    if match is None or match["m"] not in _MONTHS:
        return None
    return _iso(f"{match['y']}-{_MONTHS[match['m']]:02d}-{match['d']}T{match['t']}")


def _iso(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=_SHANGHAI)).astimezone(UTC)


def instant(text: str | None) -> str | None:
    """``moment`` as ISO 8601 with ``Z``."""
    found = moment(text)
    return found.strftime("%Y-%m-%dT%H:%M:%SZ") if found else None


def year(text: str | None) -> int | None:
    """The first year 20NN in ``text``."""
    match = re.search(r"20\d\d", _folded(text)) if text else None
    return int(match.group(0)) if match else None


@lru_cache(maxsize=50_000)
def span(text: str | None) -> tuple[date | None, date | None]:
    """Both days of ``2020-07-27至2023-07-26`` (a single day is the end of validity); (None, None) for no date.

    The second day may leave out what it shares with the first: ``2019年12月28日至1月3日``, ``2019年12月5日-11日``.
    ``…起`` is a beginning; ``…至长期`` has no end.
    """
    if not text:
        return None, None
    folded = _folded(text)
    parts = _BETWEEN.split(folded, maxsplit=1)
    if len(parts) == 2:
        start = day(parts[0])
        return start, day(parts[1]) or _rest(parts[1].strip(), start)
    days = [found for match in _DAY.finditer(folded) if (found := _date(match["y"], match["m"], match["d"]))]
    if len(days) >= 2:
        return days[0], days[1]
    if days and re.search(r"起(?:$|[,，;；。)])", folded):
        return days[0], None
    return None, day(folded)


def _rest(text: str, start: date | None) -> date | None:
    """The end of a span that names its month and day, or its day alone; never before the start."""
    match = _REST.match(text.rstrip("止 "))
    if match is None or start is None:
        return None
    month = match["m"] or str(start.month)
    end = _date(str(start.year), month, match["d"])
    return end if end is None or end >= start else _date(str(start.year + 1), month, match["d"])


def quarter_of(moment_utc: datetime) -> str:
    """The calendar quarter in Shanghai of an instant: ``2024Q1``."""
    local = moment_utc.astimezone(_SHANGHAI)
    return f"{local.year}Q{(local.month + 2) // 3}"
