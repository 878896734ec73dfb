"""Withdrawn early (STA-07, 提前撤下): seen, then gone on three days of good looks, before its lawful term was over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from indexer.gaps.checks import duties
from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.view import View
from indexer.gaps.params import GapRule
from indexer.law.calendar import add_months
from indexer.law.errors import RulesError
from indexer.law.facts import Found
from indexer.law.rules import Rules

_TERM = re.compile(r"(\d+)(wd|d|mo|y)")
_OF_ACCEPTANCE = "eia"


def check(view: View, rule: GapRule) -> Iterator[Observation]:
    """Every thing whose newest version is gone, of the kinds that have a term."""
    terms: dict[str, Any] = rule.params["terms"]
    for kind in sorted(terms):
        for item in view.found(kind):
            gone = {*item.missed, *item.absent}
            missed = tuple(sorted(day for day in gone if item.last_seen < day <= view.as_of))
            if len(missed) >= int(rule.number("looks")) and (kind != _OF_ACCEPTANCE or _accepted(item, rule)):
                yield from _early(view, rule, item, missed, str(terms[kind]))


def _accepted(item: Found, rule: GapRule) -> bool:
    """True for papers on the acceptance of a project: of the other papers on it the law fixes other terms."""
    if item.facts.get("acceptance") or item.facts.get("acceptance_date"):
        return True
    return any(word in f"{item.title} {item.facts.get('notice_type', '')}" for word in rule.texts("acceptance"))


def _early(view: View, rule: GapRule, item: Found, missed: tuple[date, ...], term: str) -> Iterator[Observation]:
    """Where the day of publication is not known it may have stood there long before: then nothing is said."""
    begun = _begun(view, item)
    if begun is None:
        return
    end = end_of(begun, term, view.rules)
    if missed[0] > end:
        return
    obligation, period = duties.place(view, item)
    needed = int(rule.number("looks"))
    words = (
        f"“{item.title or item.kind}”{begun}公开，应公开至{end}（{term}）；{item.last_seen}尚见，"
        f"{'、'.join(map(str, missed[:needed]))}共{needed}日有效查看已无，至少提前{(end - missed[0]).days + 1}日"
    )
    yield Observation(
        rule.severity(), "high", words, missed[needed - 1], obligation or ("ACC-2" if item.kind == "eia" else "A81-5"),
        period, item.id, item.captures, _visits(view, item, missed), (item.id,),
    )  # fmt: skip


def _begun(view: View, item: Found) -> date | None:
    """The day it states, where that is not after the first sighting; else the first sighting after a look without it.

    A look that found it missing on the day before bounds the beginning from below only: the sighting is the latest.
    """
    if item.published is not None:
        return min(item.published, item.first_seen)
    looks = view.evidence.looks.get((item.source, item.kind), ())
    before = [look.day for look in looks if look.day < item.first_seen and look.outcome == "absent"]
    return max(before) + timedelta(days=1) if before else None


def end_of(begun: date, term: str, rules: Rules) -> date:
    """The last day of a term: ``20wd`` working days, ``30d``, ``6mo``, ``1y``; raises RulesError for another shape."""
    match = _TERM.fullmatch(term)
    if match is None:
        raise RulesError(f"rule STA-07: param terms: {term!r}: a number and wd, d, mo or y is needed, such as 20wd")
    count, unit = int(match[1]), match[2]
    if unit == "wd":
        return rules.calendar.add_workdays(begun, count)
    return begun + timedelta(days=count) if unit == "d" else add_months(begun, count * (12 if unit == "y" else 1))


def _visits(view: View, item: Found, missed: tuple[date, ...]) -> tuple[str, ...]:
    looks = view.evidence.looks.get((item.source, item.kind), ())
    return tuple(dict.fromkeys(look.visit for look in looks if look.day in missed))
