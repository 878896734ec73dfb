"""What a permit's own table of disclosures prints (许可证载明的信息公开): items, and terms as due expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import cn2an
from marshmallow import RAISE, Schema, fields

from indexer.law.facts import Event

LINE = "permit_line"
"""Kind of the event that a line of the table is."""
_NUMBER = r"(\d{1,3}|[一二三四五六七八九十]{1,3})"
_YEARLY = re.compile(rf"(?:次年|下一年|翌年|第二年|每年)(?:度)?{_NUMBER}月{_NUMBER}日")
_YEARLY_MONTH = re.compile(rf"(?:次年|下一年|翌年|第二年|每年)(?:度)?{_NUMBER}月底")
_WORKING = re.compile(rf"{_NUMBER}个?工作日")
_AFTER = re.compile(rf"(?:季度?|月|半年|周期|报告期)(?:结束|终了|期满)?(?:后|之后)(?:的)?{_NUMBER}(?:个自然)?日")
_NEXT = re.compile(rf"(?:次月|下月|下个月|(?:下一?|每)季度(?:首|第一个)月){_NUMBER}日")
_MONTH_ENDS = {2: 28, 4: 30, 6: 30, 9: 30, 11: 30}


class PrintSchema(Schema):
    """A row of prints.yaml."""

    class Meta:
        unknown = RAISE

    all_ = fields.List(fields.String(), required=True, data_key="all", attribute="all")
    any_ = fields.List(fields.String(), required=True, data_key="any", attribute="any")
    none_ = fields.List(fields.String(), required=True, data_key="none", attribute="none")
    clause = fields.List(fields.String(), required=True)


@dataclass(frozen=True)
class PrintRule:
    """Which words in a line mean one item, and in which clause of its time that item's term stands."""

    field: str
    all: tuple[str, ...]
    any: tuple[str, ...]
    none: tuple[str, ...]
    clause: tuple[str, ...]

    def means(self, content: str) -> bool:
        """True where what is to be disclosed is this item."""
        told = all(word in content for word in self.all) and (not self.any or any(word in content for word in self.any))
        return told and not any(word in content for word in self.none)


@dataclass(frozen=True)
class PrintedItem:
    """One item that the permit prints: ``term`` a due expression, else the words that could not be read, or empty."""

    field: str
    term: str
    known: date


def print_rule(field: str, row: dict[str, Any]) -> PrintRule:
    """A checked row as a rule."""
    return PrintRule(field, tuple(row["all"]), tuple(row["any"]), tuple(row["none"]), tuple(row["clause"]))


def printed(events: Iterable[Event], rules: tuple[PrintRule, ...]) -> tuple[PrintedItem, ...]:
    """Every item that lines of the permit's table name, by item and the day from which it is known."""
    found = {
        PrintedItem(rule.field, term_of(event.extra.get("disclose_when", ""), rule), event.known)
        for event in events
        if event.kind == LINE
        for rule in rules
        if rule.means(event.extra.get("disclose_what", ""))
    }
    return tuple(sorted(found, key=lambda one: (one.known, one.field, one.term)))


def carried(event: Event, rules: tuple[PrintRule, ...]) -> bool:
    """True where a line names an item that a generic row asks for: then that row is the duty."""
    return any(rule.means(event.extra.get("disclose_what", "")) for rule in rules)


def term_of(when: str, rule: PrintRule) -> str:
    """The due expression of one item in the words of a line's time; the words themselves where they are not read."""
    text = re.sub(r"\s+", "", when)
    clauses = [part for part in re.split(r"[;；,，。、]", text) if any(word in part for word in rule.clause)]
    for part in (*clauses, text):
        term = read(part)
        if term is not None:
            return term
    return text


@lru_cache(maxsize=2_000)
def read(text: str) -> str | None:
    """``次年1月31日前`` → ``01-31``; ``季度结束后15日内`` → ``PE+15d``; ``五个工作日内`` → ``PE+5wd``; else None."""
    if match := _YEARLY.search(text):
        return _month_day(_number(match[1]), _number(match[2]))
    if match := _YEARLY_MONTH.search(text):
        month = _number(match[1])
        return _month_day(month, _MONTH_ENDS.get(month, 31))
    if match := _WORKING.search(text):
        return f"PE+{_number(match[1])}wd"
    if match := (_AFTER.search(text) or _NEXT.search(text)):
        return f"PE+{_number(match[1])}d"
    return None


def _number(text: str) -> int:
    return int(text) if text.isdigit() else int(cn2an.cn2an(text, "smart"))


def _month_day(month: int, day: int) -> str | None:
    try:
        return f"{date(2023, month, day):%m-%d}"
    except ValueError:
        return None
