"""Replaced (STA-08, 引用失效): a document cites a standard, a law or a name that something else took the place of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from marshmallow import RAISE, Schema, fields, validate

from indexer.gaps.checks import duties
from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.steps import captures_of
from indexer.gaps.checks.view import View
from indexer.gaps.finding import Confidence
from indexer.gaps.params import GapRule
from indexer.law import yamlfile
from indexer.law.facts import Found, Series
from indexer.law.periods import bounds
from indexer.law.schema import load_row

FILE = Path(__file__).with_name("replaced.yaml")
_STANDING = frozenset({"emission", "facility", "profile", "monitoring_plan", "permit"})
"""Kinds that say what holds now: while they stand they speak of today."""
_READ = (*sorted(_STANDING - {"permit"}), "annual_report", "permit_report", "social_report", "emergency_plan")


class _Schema(Schema):
    class Meta:
        unknown = RAISE

    words = fields.List(fields.String(), required=True, validate=validate.Length(min=1))
    title = fields.String(required=True)
    start = fields.Date(required=True, data_key="from")
    by = fields.String(required=True)
    unless = fields.List(fields.String(), load_default=list)
    seen = fields.String(required=True, validate=validate.OneOf(("S", "M")))


@dataclass(frozen=True)
class Replaced:
    """What is cited, from when on it is out of date, what took its place."""

    words: re.Pattern[str]
    unless: re.Pattern[str] | None
    title: str
    start: date
    by: str
    seen: str


@lru_cache(maxsize=1)
def table() -> tuple[Replaced, ...]:
    """The rows of ``replaced.yaml``; raises RulesError naming the row and field that is wrong."""
    return tuple(_row(row, number) for number, row in enumerate(yamlfile.rows(FILE), start=1))


@lru_cache(maxsize=1)
def _anything() -> re.Pattern[str]:
    """What any row looks for: most texts cite nothing of the table and are read once."""
    return re.compile("|".join(row.words.pattern for row in table()))


def _row(row: object, number: int) -> Replaced:
    loaded = load_row(_Schema(), row, FILE.name, f"row {number}")
    return Replaced(
        _any(loaded["words"]), _any(loaded["unless"]) if loaded["unless"] else None, loaded["title"], loaded["start"],
        loaded["by"], loaded["seen"],
    )  # fmt: skip


def _any(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{word})" for word in words))


def check(view: View, rule: GapRule) -> Iterator[Observation]:
    """Every standing document, and every report and result of after the day, by what it cites."""
    for kind in _READ:
        for item in view.found(kind):
            text = _text(item)
            if text:
                yield from _cites(view, rule, item, text)
    yield from _measured(view, rule)


def _measured(view: View, rule: GapRule) -> Iterator[Observation]:
    """Results judged by a standard that no longer held when they were measured, once a standard and source."""
    told: dict[tuple[str, str], tuple[Series, Replaced, str]] = {}
    for series in view.series:
        text = unicodedata.normalize("NFKC", series.standard or "")
        for row in table() if series.points and text and _anything().search(text) else ():
            match, last = row.words.search(text), max(point.time for point in series.points).date()
            if match is not None and last >= row.start and (row.unless is None or not row.unless.search(text)):
                told.setdefault((row.title, series.source), (series, row, match[0]))
    for (title, source), (series, row, cited) in sorted(told.items(), key=lambda pair: pair[0]):
        yield _of_results(view, rule, series, row, cited, f"{title}|{source}")


def _of_results(view: View, rule: GapRule, series: Series, row: Replaced, cited: str, about: str) -> Observation:
    newest = max(series.points, key=lambda point: point.time)
    day, where = newest.time.date(), f"{series.outlet_name or series.outlet or ''}{series.pollutant}"
    due = [d for d in duties.of_kind(view, "monitoring") if d.span and d.span[0] <= day <= d.span[1]]
    note = "（替代关系待核对）" if row.seen == "M" else ""
    words = (
        f"{where}{day}的监测结果仍以“{cited}”为评价标准（{row.title}），自{row.start}起由{row.by}替代，"
        f"已过{(day - row.start).days}日{note}"
    )
    since = min(point.first_seen for point in series.points if point.time.date() >= row.start)
    obligation, period = (due[0].obligation.id, due[0].period) if due else (None, f"{day.year}")
    return Observation(rule.severity(), "high", words, since, obligation, period, about, captures_of(series, [newest]))


def _cites(view: View, rule: GapRule, item: Found, text: str) -> Iterator[Observation]:
    day, confidence = _speaks_of(item)
    for row in table() if _anything().search(text) else ():
        match = row.words.search(text)
        if match is None or day < row.start or (row.unless is not None and row.unless.search(text)):
            continue
        obligation, period = duties.place(view, item)
        note = "（替代关系待核对）" if row.seen == "M" else ""
        words = (
            f"“{item.title or item.kind}”{day}仍引用“{match[0]}”（{row.title}），自{row.start}起由{row.by}替代，"
            f"已过{(day - row.start).days}日{note}"
        )
        yield Observation(
            rule.severity(), confidence, words, _since(item, row.start), obligation, period,
            f"{row.title}|{item.id}", item.captures, found=(item.id,),
        )  # fmt: skip


def _speaks_of(item: Found) -> tuple[date, Confidence]:
    """The day a document speaks of: its last sighting where it stands for today, else its own day or period."""
    if item.kind in _STANDING:
        return item.last_seen, "high"
    if item.published is not None:
        return item.published, "high"
    span = bounds(item.period) if item.period else None
    return (span[1], "medium") if span else (item.first_seen, "low")


def _since(item: Found, start: date) -> date:
    """The first day on which it was seen though it was out of date."""
    return min((day for day in item.sightings if day >= start), default=item.first_seen)


def _text(item: Found) -> str:
    values = [value for value in (item.facts.get("standard"), item.facts.get("category")) if isinstance(value, str)]
    return unicodedata.normalize("NFKC", " ".join([item.title, item.text, *values, *item.fields.values()]))
