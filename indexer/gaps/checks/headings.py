"""Headings (INC-06, 章节缺失): a year's report without one of the chapters of Order 24, art. 12."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.gaps.case import Case
from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.view import View
from indexer.gaps.incomplete import owed
from indexer.gaps.params import GapRule

KIND = "annual_report"


def check(view: View, rule: GapRule) -> Iterator[Observation]:
    """Of each year's report, all versions and copies together, the chapters that are neither there nor 未产生."""
    for case in view.cases.values():
        if KIND in case.duty.obligation.kinds and case.duty.obligation.required is not None:
            yield from _of_year(view, rule, case)


def _of_year(view: View, rule: GapRule, case: Case) -> Iterator[Observation]:
    seen, required = case.seen_by(view.as_of), case.duty.obligation.required
    chapters = frozenset(rule.texts("headings"))
    stated = {key for item in seen for key in item.present | item.not_produced}
    if required is None or len(stated & chapters) < int(rule.number("read")):
        return
    units = [unit for unit in owed(required, case.duty) if set(unit.keys) & chapters]
    lacking = [unit for unit in units if not stated & set(unit.keys)]
    if lacking:
        names = "、".join(unit.zh for unit in lacking)
        words = (
            f"{case.duty.period}年度报告应有章节{len(units)}个，已见{len(units) - len(lacking)}个，"
            f"缺{len(lacking)}个且未注明未产生：{names}"
        )
        yield Observation(
            rule.severity(), "high", words, max(item.first_seen for item in seen), case.duty.obligation.id,
            case.duty.period, "", tuple(c for item in seen for c in item.captures), found=tuple(i.id for i in seen),
        )  # fmt: skip
