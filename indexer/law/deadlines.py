"""Due days (期限): an expression and its anchors give a day, or a range of days, and the words that tell how.

"N日内" counts from the day after and includes the last day; a last day on a day off rolls to the next working day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache

from indexer.law.calendar import ONE_DAY, Calendar, add_months
from indexer.law.expression import Anchored, Expression, OfYear, Printed, RealTime, Step, parse
from indexer.law.model import DueRule, Override

UNITS = {"d": "日", "wd": "个工作日", "mo": "个月", "y": "年"}
ANCHORS = {"L": "名录公布之日", "E": "事项发生（收到文书）之日", "PE": "报告期末日", "V": "许可证有效期届满之日",
           "S": "应当保持公开的首日"}  # fmt: skip


@dataclass(frozen=True)
class Anchors:
    """What a due day is counted from; ``printed`` is what the permit prints (``MM-DD`` of the next year, or a day)."""

    listed: date | None = None
    event: date | None = None
    period_end: date | None = None
    valid_to: date | None = None
    year: int | None = None
    start: date | None = None
    printed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Due:
    """``latest`` is the day after which a disclosure is late; ``earliest`` is None where nothing bounds it below."""

    earliest: date | None
    latest: date
    provisional: bool
    words: str


@dataclass(frozen=True)
class _Reckoned:
    day: date
    words: str
    doubtful: bool = False


def due_of(rule: DueRule, anchors: Anchors, calendar: Calendar, override: Override | None = None) -> Due:
    """The due day for one set of anchors; raises ValueError where the expression needs an anchor that is not there."""
    reckoned = _evaluate(rule.expr, _arrived(anchors, rule.slack), calendar)
    if rule.slack and anchors.event is not None:
        reckoned = replace(reckoned, words=f"{anchors.event}起算，送达日不公开，另计{rule.slack}日；{reckoned.words}")
    if override is not None:
        reckoned = _Reckoned(override.due, f"{reckoned.words}；依据《{override.cite}》，期限调整为{override.due}")
    last, words = reckoned.day, reckoned.words
    if not rule.inclusive:
        last, words = last - ONE_DAY, f"{words}；该日不含本数，至{last - ONE_DAY}"
    day = calendar.roll(last) if rule.roll else last
    if day != last:
        words = f"{words}；{last}为非工作日，顺延至{day}"
    provisional = reckoned.doubtful or not (calendar.known(last) and calendar.known(day))
    if provisional:
        words = f"{words}（该年节假日安排或许可证载明时限尚待核对，期限为暂定）"
    return Due(day, day, provisional, words)


def _arrived(anchors: Anchors, slack: int) -> Anchors:
    """Anchors with the event on the last day on which its paper may have arrived."""
    return replace(anchors, event=anchors.event + timedelta(days=slack)) if slack and anchors.event else anchors


def spread(earliest: Due | None, latest: Due) -> Due:
    """The range between the due days of an anchor's first and last possible day."""
    if earliest is not None and earliest.latest == latest.latest:
        return latest
    start = str(earliest.latest) if earliest else "不详"
    words = f"{latest.words}；名录公布日未载明，最早期限{start}，按最晚期限{latest.latest}计"
    return Due(earliest.latest if earliest else None, latest.latest, latest.provisional, words)


def _evaluate(expr: Expression, anchors: Anchors, calendar: Calendar) -> _Reckoned:
    if isinstance(expr, Printed):
        return _printed(expr, anchors, calendar)
    if isinstance(expr, RealTime):
        day = _anchor("PE", anchors) + ONE_DAY
        return _Reckoned(day, f"每{expr.slot}小时时段结束后{expr.grace}小时内，当日全部时段至{day}")
    if isinstance(expr, OfYear):
        return _of_year(expr, anchors)
    return _anchored(expr, anchors, calendar)


def _of_year(expr: OfYear, anchors: Anchors) -> _Reckoned:
    if anchors.year is None:
        raise ValueError("the due expression needs a report year (Y) and none is known")
    day = date(anchors.year + expr.years, expr.month, expr.day)
    which = {0: "当年", 1: "次年"}.get(expr.years, f"{expr.years}年后")
    return _Reckoned(day, f"{anchors.year}年度，{which}{expr.month}月{expr.day}日前（含当日），即{day}")


def _anchored(expr: Anchored, anchors: Anchors, calendar: Calendar) -> _Reckoned:
    start = _anchor(expr.base, anchors)
    day, words = start, f"{ANCHORS[expr.base]}{start}"
    doubtful = False
    for step in expr.steps:
        day = take(day, step, calendar)
        way = "前" if step.count < 0 else "次日起第"
        words = f"{words}{way}{abs(step.count)}{UNITS[step.unit]}，即{day}"
        doubtful |= step.unit == "wd" and not calendar.known(day)
    return _Reckoned(day, words, doubtful)


def take(day: date, step: Step, calendar: Calendar) -> date:
    if step.unit == "d":
        return day + timedelta(days=step.count)
    if step.unit == "wd":
        return calendar.add_workdays(day, step.count)
    if step.unit == "mo":
        return add_months(day, step.count)
    return add_months(day, 12 * step.count)


def _anchor(base: str, anchors: Anchors) -> date:
    days = {"L": anchors.listed, "E": anchors.event, "PE": anchors.period_end, "V": anchors.valid_to}
    day = anchors.start if base == "S" else days[base]
    if day is None:
        raise ValueError(f"the due expression needs {base} ({ANCHORS[base]}) and none is known")
    return day


def _printed(expr: Printed, anchors: Anchors, calendar: Calendar) -> _Reckoned:
    """What the permit prints; an unreadable print falls back and makes the day provisional (so it accuses nobody)."""
    text = anchors.printed.get(expr.field, "").strip()
    usual = _evaluate(expr.otherwise, anchors, calendar)
    if not text:
        return usual
    term = _printed_term(text)
    if term is not None:
        reckoned = _evaluate(term, anchors, calendar)
        return replace(reckoned, words=f"许可证载明的时限：{reckoned.words}")
    day = _printed_day(text, anchors)
    if day is None:
        return _Reckoned(usual.day, f"许可证载明的时限“{text}”未能解读；{usual.words}", doubtful=True)
    return _Reckoned(day, f"许可证载明的时限为{day}")


@lru_cache(maxsize=1_000)
def _printed_term(text: str) -> Anchored | None:
    """A printed term that counts from the end of the period (``PE+15d``)."""
    if not text.startswith("PE"):
        return None
    try:
        term = parse(text)
    except ValueError:
        return None
    return term if isinstance(term, Anchored) else None


def _printed_day(text: str, anchors: Anchors) -> date | None:
    if re.fullmatch(r"\d{2}-\d{2}", text) and anchors.year is not None:
        text = f"{anchors.year + 1}-{text}"
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
