"""Which duty a disclosure or a kind belongs to (归属): where a check's finding is filed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from indexer.gaps.checks.view import View
from indexer.gaps.evidence import answers
from indexer.law.duties import Duty
from indexer.law.facts import Found


def of_kind(view: View, kind: str) -> Iterator[Duty]:
    """The duties of the day whose item is of this kind, by obligation and period."""
    for case in view.cases.values():
        if kind in case.duty.obligation.kinds:
            yield case.duty


def place(view: View, item: Found) -> tuple[str | None, str | None]:
    """(obligation, period) under which a gap of this disclosure is filed: the duty that it answers, else none."""
    mine = [duty for duty in of_kind(view, item.kind) if answers(item, duty)]
    if mine:
        newest = max(mine, key=_rank)
        return newest.obligation.id, newest.period
    return None, item.period


def _rank(duty: Duty) -> tuple[bool, date, str, str]:
    """A row that asks for fields before one that asks for presence alone, then the newest."""
    return duty.obligation.required is not None, duty.due.latest, duty.obligation.id, duty.period


def required_keys(view: View, kind: str) -> frozenset[str]:
    """Canonical fields that a duty of the subject requires of a kind; of chapters the fields of the chapter."""
    keys: set[str] = set()
    for duty in of_kind(view, kind):
        for unit in duty.obligation.required.units if duty.obligation.required else ():
            for key in unit.keys:
                group = view.rules.groups.get(key)
                keys |= {field.key for field in group.fields} if group else {key}
    return frozenset(keys)
