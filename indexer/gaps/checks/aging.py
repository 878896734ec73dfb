"""What is not of today (陈旧): no new values (STA-01), last year's page (STA-03), a plan over its term (STA-06)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from indexer.gaps.checks import duties, excused, frequency, proof, terms
from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.sessions import Demand, demands, is_of
from indexer.gaps.checks.steps import is_manual
from indexer.gaps.checks.view import View
from indexer.gaps.params import GapRule, Severity
from indexer.law.bearing import says
from indexer.law.calendar import add_months
from indexer.law.duties import Duty
from indexer.law.facts import Found, Look, Series
from indexer.law.periods import bounds

_YEAR = re.compile(r"\d{4}")
_YEARLY = ("list_year", "permit_year")
"""What sets off a report on a year, for which a page of one year can be behind."""


def stopped(view: View, rule: GapRule) -> Iterator[Observation]:
    """STA-01: the last good look found nothing newer than so many periods before it."""
    averaging: dict[str, Any] = rule.params["averaging"]
    dated = [series for series in view.series if series.points and series.averaging in averaging]
    asked = demands(view) if any(map(is_manual, dated)) else []
    for series in dated:
        yield from _values(view, rule, series, averaging[str(series.averaging)], asked)
    kinds: dict[str, Any] = rule.params["kinds"]
    for kind in sorted(kinds):
        yield from _documents(view, rule, kind, kinds[kind])


def _values(view: View, rule: GapRule, series: Series, period: float, plans: list[Demand]) -> Iterator[Observation]:
    last = max(point.time.date() for point in series.points)
    look = proof.looked_well(view, series.source, "monitoring", last)
    if look is None or _at_rest(view, rule, series, last, look):
        return
    what = f"{series.outlet_name or series.outlet or ''}{series.pollutant}（{series.averaging}）"
    if is_manual(series):
        asked = next((demand for demand in plans if is_of(series, demand)), None)
        if asked is not None:
            period, what = frequency.days(asked.frequency), f"{what}，监测频次“{asked.text}”"
        # Results come some days after their session; what a plan asks for, it asks from its own day on.
        start = last if asked is None or asked.item.published is None else max(last, asked.item.published)
        if (look.day - start).days <= max(rule.number("manual_days"), rule.number("times_s2") * period):
            return
    now = [d for d in duties.of_kind(view, "monitoring") if d.span and d.span[0] <= look.day <= d.span[1]]
    place = (now[0].obligation.id, now[0].period) if now else (None, None)
    yield from _old(view, rule, what, last, look, period, place, series.captures)


def _at_rest(view: View, rule: GapRule, series: Series, last: date, look: Look) -> bool:
    """True where the last values say, or the enterprise states, that it stands still: then nothing new is owed."""
    newest = max(series.points, key=lambda point: point.time)
    if newest.mark in rule.texts("stops"):
        return True
    return excused.stopped_on(excused.stated_stops(view), last + timedelta(days=1), look.day, terms.outlets(series))


def _documents(view: View, rule: GapRule, kind: str, period: float) -> Iterator[Observation]:
    shown = [(item, end[1]) for item in view.found(kind) if item.period and (end := bounds(item.period)) is not None]
    if not shown:
        return
    newest, last = max(shown, key=lambda pair: (pair[1], pair[0].id))
    look = proof.looked_well(view, newest.source, kind, max(last, newest.first_seen))
    if look is not None:
        what = f"{newest.title or kind}（{newest.period}）"
        # The duty of its own period was met: it is those since that were not.
        place = (duties.place(view, newest)[0], None)
        yield from _old(view, rule, what, last, look, period, place, newest.captures)


def _old(
    view: View, rule: GapRule, what: str, last: date, look: Look, period: float, place: tuple[str | None, str | None],
    captures: tuple[dict[str, Any], ...],
) -> Iterator[Observation]:  # fmt: skip
    days = (look.day - last).days
    times = days / period
    if times <= rule.number("times_s2"):
        return
    severity: Severity = "S3" if times >= rule.number("times_s3") else "S2"
    words = f"{what}最近一期至{last}，{look.day}有效查看无更新，相隔{days}日，为周期{period:g}日的{times:.1f}倍"
    since = _crossed(view, look, last, period * rule.number("times_s2"))
    yield Observation(severity, "high", words, since, *place, what, captures, (look.visit,))


def _crossed(view: View, look: Look, last: date, days: float) -> date:
    """The first good look that lay so far behind the last value."""
    looks = view.evidence.looks[look.source, look.kind]
    late = (one.day for one in looks if (one.day - last).days > days and one.outcome in ("found", "absent"))
    return min(late, default=look.day)


def last_year(view: View, rule: GapRule) -> Iterator[Observation]:
    """STA-03: after the due day of a year the page still shows that of an earlier year, and nothing of this one."""
    for key, case in view.cases.items():
        duty = case.duty
        if not any(view.evidence.found.get(kind) for kind in duty.obligation.kinds):
            continue
        if (
            duty.obligation.trigger not in _YEARLY
            or not _YEAR.fullmatch(duty.period)
            or view.as_of <= case.opens
            or case.seen_by(view.as_of)
        ):
            continue
        if view.judged[key].state in ("exempt", "not_due") or case.doubtful:
            continue
        yield from _older(view, rule, duty, case.opens)


def _older(view: View, rule: GapRule, duty: Duty, opens: date) -> Iterator[Observation]:
    answer, period, kinds = duty.obligation.answer, duty.period, duty.obligation.kinds
    shown = [
        (item, day) for item in view.found(*kinds)
        if (not answer.strict or says(item, answer.words))  # What speaks of another item is not behind in this one.
        and item.period and _YEAR.fullmatch(item.period) and item.period < period
        and (day := proof.shown_after(item, opens, view.as_of)) is not None
    ]  # fmt: skip
    newest = max((item.period or "" for item in view.found(*kinds)), default="")
    # A page that shows a later year as well is an archive: what it lacks is missing, it is not behind.
    if shown and newest[:4] < period:
        item, day = max(shown, key=lambda pair: (str(pair[0].period), pair[0].id))
        words = (
            f"{period}年度已过期限，{day}有效查看页面仍为{item.period}年度的“{item.title or item.kind}”，"
            f"未见{period}年度"
        )
        yield Observation(
            rule.severity(), "high", words, day, duty.obligation.id, period, item.id, item.captures, found=(item.id,)
        )


def plan_over(view: View, rule: GapRule) -> Iterator[Observation]:
    """STA-06: the newest filing of an emergency plan is older than three years, and was still the newest when seen."""
    filed = [(item, day) for item in view.found("emergency_plan") if (day := _filed(item)) is not None]
    if not filed:
        return
    item, day = max(filed, key=lambda pair: (pair[1], pair[0].id))
    years = int(rule.number("years"))
    end = add_months(day, 12 * years)
    seen = proof.shown_after(item, end, view.as_of)
    if seen is None:
        return
    number = item.facts.get("file_no") or item.document_no or "编号未载"
    words = f"应急预案（{number}）{day}备案，满{years}年为{end}；{seen}有效查看仍为此备案，已超{(seen - end).days}日"
    yield Observation(rule.severity(), "high", words, seen, "EP4-2", None, item.id, item.captures, found=(item.id,))


def _filed(item: Found) -> date | None:
    value = item.facts.get("file_date")
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
