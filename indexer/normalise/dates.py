"""Days, instants and periods as Chinese sites print them.

A text that is no date gives None: the caller turns it into an issue row where a date was due.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_SHANGHAI = ZoneInfo("Asia/Shanghai")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_DAY = re.compile(r"(?P<y>\d{4})\s*(?:年|[-/.])\s*(?P<m>\d{1,2})\s*(?:月|[-/.])\s*(?P<d>\d{1,2})\s*日?")
_COMPACT = re.compile(r"(?<!\d)(?P<y>20\d\d|19\d\d)(?P<m>\d\d)(?P<d>\d\d)(?!\d)")
_TIME = re.compile(r"(?P<h>\d{1,2})\s*(?::|时|点)\s*(?P<min>\d{1,2})?(?:\s*(?::|分)\s*(?P<s>\d{1,2}))?")
_MONTH = re.compile(r"(?P<y>\d{4})\s*(?:年|[-/.])\s*(?P<m>\d{1,2})\s*(?:月(?:份|报)?)?(?![-/.\d])")
_QUARTER = re.compile(
    r"(?P<y>\d{4})\s*年?\s*(?:第\s*)?(?:Q|0)?(?P<q>[1-4一二三四])\s*(?:季度?|季报)|(?P<y2>\d{4})\s*-?Q(?P<q2>[1-4])"
)
_HALF = re.compile(r"(?P<y>\d{4})\s*年?\s*(?P<half>上|下)半年")
_YEAR = re.compile(r"(?P<y>(?:19|20)\d\d)\s*(?:年(?:度|报)?|$)")
_ZH_YEAR = re.compile(r"[二一][〇○零一二三四五六七八九]{3}年")
_ZH_NUMBER = re.compile(r"(?P<ten>[一二三]?十)?(?P<one>[一二三四五六七八九])?")
_BETWEEN = re.compile(r"\s*(?:至|到|~|—+|–|\s-\s|--)\s*")


def fold(text: str) -> str:
    """NFKC, blanks folded, Chinese numerals of a date as digits: ``二〇一九年十二月五日`` → ``2019年12月5日``."""
    folded = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()
    if not _ZH_YEAR.search(folded):
        return folded
    folded = _ZH_YEAR.sub(lambda match: match.group(0).translate(_DIGITS), folded)
    return re.sub(r"[一二三四五六七八九十]{1,3}(?=[月日])", lambda match: _small(match.group(0)), folded)


def _small(word: str) -> str:
    """A Chinese numeral below forty as digits."""
    match = _ZH_NUMBER.fullmatch(word)
    if match is None:
        return word
    ten = match["ten"]
    tens = 0 if not ten else (1 if ten == "十" else int(ten[0].translate(_DIGITS)))
    ones = int(match["one"].translate(_DIGITS)) if match["one"] else 0
    return str(tens * 10 + ones)


@lru_cache(maxsize=50_000)
def day(text: str | None) -> date | None:
    """The first calendar day in ``text``: ``2020-07-26``, ``2020年7月26日``, ``20200726``, ``2020/7/26 10:15``."""
    if not text:
        return None
    folded = fold(text)
    match = _DAY.search(folded) or _COMPACT.search(folded)
    return _date(match["y"], match["m"], match["d"]) if match else None


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
    folded = fold(text)
    if re.match(r"^\d{4}-\d\d-\d\dT", folded):
        return _iso(folded)
    match = _DAY.search(folded) or _COMPACT.search(folded)
    start = _date(match["y"], match["m"], match["d"]) if match else None
    if match is None or start is None:
        return None
    time = _TIME.search(folded, match.end())
    hour, minute, second = (int(time[name] or 0) for name in ("h", "min", "s")) if time else (0, 0, 0)
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and (minute or second)):
        return None
    local = datetime(start.year, start.month, start.day, tzinfo=_SHANGHAI) + timedelta(
        hours=hour, minutes=minute, seconds=second
    )
    return local.astimezone(UTC)


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


@lru_cache(maxsize=50_000)
def period(text: str | None) -> str | None:
    """A period: ``2024年第01季度`` → ``2024Q1``, 年报 → ``2024``, ``2024年3月`` → ``2024-03``, 上半年 → ``2024H1``."""
    if not text:
        return None
    folded = fold(text)
    if match := _QUARTER.search(folded):
        quarter = (match["q"] or match["q2"]).translate(_DIGITS)
        return f"{match['y'] or match['y2']}Q{quarter}"
    if match := _HALF.search(folded):
        return f"{match['y']}H{1 if match['half'] == '上' else 2}"
    if _DAY.search(folded):
        return None
    if (match := _MONTH.search(folded)) and 1 <= int(match["m"]) <= 12:
        return f"{match['y']}-{int(match['m']):02d}"
    if match := _YEAR.search(folded):
        return match["y"]
    return None


def year(text: str | None) -> int | None:
    """The first year 20NN in ``text``."""
    match = re.search(r"20\d\d", fold(text)) if text else None
    return int(match.group(0)) if match else None


@lru_cache(maxsize=50_000)
def span(text: str | None) -> tuple[date | None, date | None]:
    """Both days of ``2020-07-27至2023-07-26`` (a single day is the end of validity); (None, None) for no date."""
    if not text:
        return None, None
    folded = fold(text)
    parts = _BETWEEN.split(folded, maxsplit=1)
    if len(parts) == 2:
        return day(parts[0]), day(parts[1])
    days = [found for match in _DAY.finditer(folded) if (found := _date(match["y"], match["m"], match["d"]))]
    if len(days) >= 2:
        return days[0], days[1]
    return None, day(folded)


def quarter_of(moment_utc: datetime) -> str:
    """The calendar quarter in Shanghai of an instant: ``2024Q1``."""
    local = moment_utc.astimezone(_SHANGHAI)
    return f"{local.year}Q{(local.month + 2) // 3}"
