"""Which duty a disclosure or a kind belongs to (归属): where a check's finding is filed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from indexer.gaps.checks.view import View
from indexer.gaps.evidence import answers
from indexer.law.duties import Duty
from indexer.law.facts import Found
from indexer.law.model import Obligation
from indexer.law.rules import Rules


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
    rows = {duty.obligation.id: duty.obligation for duty in of_kind(view, kind)}
    return frozenset().union(*(_keys(row, view.rules) for row in rows.values()))


_KEYS: dict[tuple[str, str], frozenset[str]] = {}
"""By version of the rules and obligation: the same for every subject."""


def _keys(row: Obligation, rules: Rules) -> frozenset[str]:
    place = (rules.version, row.id)
    if place not in _KEYS:
        units = {key for unit in (row.required.units if row.required else ()) for key in unit.keys}
        chapters = {field.key for key in units & rules.groups.keys() for field in rules.groups[key].fields}
        _KEYS[place] = frozenset(units - rules.groups.keys() | chapters)
    return _KEYS[place]
