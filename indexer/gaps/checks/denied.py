"""Denied (CON-16, 称无处罚): the year's report says that there was no penalty, an authority published one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.view import View
from indexer.gaps.finding import Confidence
from indexer.gaps.params import GapRule
from indexer.law.facts import Found
from indexer.normalise import codes, names, values

_CHAPTER = "G6"
_SAID = re.compile(
    r"(?:无|没有|未受到|未受|未发生)[^。；\n]{0,12}(?:行政处罚|环保处罚|环境处罚|环境违法)|(?:行政处罚|环境违法)[^。；\n]{0,8}[:：]?\s*(?:无|0)(?:[。；\n]|$)"
)


def check(view: View, rule: GapRule) -> Iterator[Observation]:
    """Every report that says none beside every penalty whose decision is of its year."""
    decided = [(item, day) for item in view.found("penalty") if (day := _day(item)) is not None]
    if not decided:
        return
    for report in view.found("annual_report"):
        if report.period and (said := denies(report)) is not None:
            mine = [(item, day) for item, day in decided if str(day.year) == report.period]
            yield from _denied(view, rule, report, said, mine)


def _denied(
    view: View, rule: GapRule, report: Found, said: str, decided: list[tuple[Found, date]]
) -> Iterator[Observation]:
    for item, day in decided:
        number = item.document_no or item.facts.get("doc_no") or "文号未载"
        words = (
            f"{report.period}年度报告称“{said}”，而{item.authority or item.source}{day}作出行政处罚（{number}），"
            f"当年已见{len(decided)}件"
        )
        yield Observation(
            rule.severity(), _certainty(view, item), words, max(report.first_seen, item.first_seen), "O24-Y",
            report.period, f"{day}|{item.id}", (*report.captures, *item.captures), found=(report.id, item.id),
        )  # fmt: skip


def denies(report: Found) -> str | None:
    """The words by which a report says that there was no penalty; None where it does not say so."""
    stated: Any = report.facts.get("penalties")
    if "penalties" in report.not_produced or _CHAPTER in report.not_produced:
        return "无行政处罚"
    if isinstance(stated, str) and (values.is_not_produced(stated) or stated.strip() in ("0", "0次", "0件", "0起")):
        return stated.strip()[:20]
    if "penalties" in report.present:
        return None
    match = _SAID.search(report.text)
    return match[0][:30] if match else None


def _certainty(view: View, item: Found) -> Confidence:
    """High where both the credit code and the name on the decision are the subject's, else medium."""
    code, name = item.facts.get("uscc"), item.facts.get("name")
    coded = isinstance(code, str) and codes.clean(code) in {codes.clean(own) for own in view.subject.profile.usccs}
    called = {names.fold(own.value) for own in view.subject.profile.names} | {names.fold(view.subject.name)}
    return "high" if coded and isinstance(name, str) and names.fold(name) in called else "medium"


def _day(item: Found) -> date | None:
    value = item.facts.get("date")
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
