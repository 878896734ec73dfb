"""Interim reports that are not there (MIS-06, MIS-07): an authority published a penalty or a permit, the firm nothing.

Order 24, art. 17: within five working days of receipt. The day of receipt is not public: days for the mail are added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from indexer.gaps.checks import proof
from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.view import View
from indexer.gaps.params import GapRule
from indexer.law import occasions
from indexer.law.facts import Event, Found
from indexer.law.model import within

PERMITS = frozenset({"permit_granted", "permit_changed", "permit_renewed", "permit_revoked"})
ORDER = "O24"
_MARKS = re.compile(r"[\s〔〕\[\]【】()（）]+")


@dataclass(frozen=True)
class _Asked:
    """What the report would be about: the words that make one recognisable as being about it."""

    obligation: str
    what: str
    words: tuple[str, ...]


_PENALTY = _Asked("O24-T2", "行政处罚", ("处罚",))
_PERMIT = _Asked("O24-T1", "排污许可证", ("许可",))


def penalties(view: View, rule: GapRule) -> Iterator[Observation]:
    """MIS-06: a penalty that an authority made public."""
    for event in view.subject.events:
        if event.kind == "penalty":
            yield from _missing(view, rule, event, _PENALTY)


def permits(view: View, rule: GapRule) -> Iterator[Observation]:
    """MIS-07: a permit that the platform shows as granted, changed, renewed or revoked."""
    for event in view.subject.events:
        if event.kind in PERMITS:
            yield from _missing(view, rule, event, _PERMIT)


def _missing(view: View, rule: GapRule, event: Event, asked: _Asked) -> Iterator[Observation]:
    instrument = view.rules.instruments.get(ORDER)
    if event.known > view.as_of or instrument is None or not instrument.in_force(event.day) or not _owes(view, event):
        return
    mailed = event.day + timedelta(days=int(rule.number("slack_days")))
    due = view.rules.calendar.add_workdays(mailed, int(rule.number("workdays")))
    if view.as_of <= due:
        return
    found = proof.absence(
        view, "interim_report", due, int(rule.number("looks")), lambda item: _speaks(item, event, asked)
    )
    if found is None:
        return
    number = event.extra.get("document_no") or event.ref
    words = (
        f"{event.day}{asked.what}（{number}）已由主管部门公开；收到日期未知，按{event.day}+{int(rule.number('slack_days'))}日"
        f"+{int(rule.number('workdays'))}个工作日计至{due}；其后{len(found.days)}日有效查看（{proof.days_words(found.days)}）"
        f"未见临时报告"
    )
    yield Observation(
        rule.severity(), "medium", words, max(found.proven, event.known), asked.obligation, occasions.period(event),
        str(event.day), event.captures, found.visits, (event.found,) if event.found else (),
    )  # fmt: skip


def _owes(view: View, event: Event) -> bool:
    """True for one on the list of firms that disclose by law (依法披露企业) of the year, or of the year before."""
    return any(
        within(member.cls, "EL") and member.year in (event.day.year, event.day.year - 1)
        for member in view.subject.memberships
    )


def _speaks(item: Found, event: Event, asked: _Asked) -> bool:
    """True for a report that may be about it: by the number, else by the matter from the day on; a doubt counts."""
    said = f"{item.title} {item.text} {' '.join(item.fields.values())}"
    number = event.extra.get("document_no") or event.extra.get("permit_no")
    if number and _MARKS.sub("", number) in _MARKS.sub("", said):
        return True
    if item.document_no and event.extra.get("document_no"):
        return item.document_no == event.extra["document_no"]
    told = item.published or item.first_seen
    return told >= event.day and (any(word in said for word in asked.words) or not said.strip())
