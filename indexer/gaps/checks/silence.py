"""Silence (MIS-02, 长期无披露): on a list, and nothing of any kind from any source in twelve months."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from indexer.gaps.checks import proof
from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.view import View
from indexer.gaps.params import GapRule
from indexer.law.calendar import add_months
from indexer.law.facts import Membership

NOT_ITS_OWN = frozenset({"penalty", "complaint", "inspection", "supervised_case", "listing", "ownership"})
"""Kinds that authorities disclose about a subject; they break no silence of its own."""


def check(view: View, rule: GapRule) -> Iterator[Observation]:
    """A subject on a list for the whole time, every known channel of which was looked at well and showed nothing."""
    start = add_months(view.as_of, -int(rule.number("months")))
    member = _listed(view, start)
    if member is None or any(_spoke(item.kind, item.last_seen, start) for item in view.subject.found):
        return
    kinds = sorted({kind for case in view.cases.values() for kind in case.duty.obligation.kinds} - NOT_ITS_OWN)
    watched = [kind for kind in kinds if proof.sources_of(view, kind, start)]
    looks = int(rule.number("looks"))
    proofs = [proof.absence(view, kind, start, looks, lambda item: item.last_seen > start) for kind in watched]
    absences = [found for found in proofs if found is not None]
    if not absences or len(absences) < len(proofs):
        return
    days = tuple(sorted({day for found in absences for day in found.days}))
    words = (
        f"{member.first_seen}起见于{member.year or ''}年{member.cls}名录；{start}以后{len(watched)}类信息的全部已知渠道"
        f"经{len(days)}日有效查看（{proof.days_words(days)}）均无任何披露，已满{int(rule.number('months'))}个月"
    )
    yield Observation(
        rule.severity(), "high", words, max(found.proven for found in absences),
        visits=tuple(visit for found in absences for visit in found.visits),
    )  # fmt: skip


def _listed(view: View, start: date) -> Membership | None:
    """The list it has stood on since before the twelve months, while it still stands on one of these years."""
    lists = [m for m in view.subject.memberships if m.year is not None and m.valid_to is None]
    newest = max((m.year or 0 for m in lists), default=0)
    old = [m for m in lists if m.first_seen <= start and (m.published or m.published_to or m.first_seen) <= start]
    still = newest >= view.as_of.year - 1
    return min(old, key=lambda m: (m.first_seen, m.cls)) if old and still else None


def _spoke(kind: str, last_seen: date, start: date) -> bool:
    return kind not in NOT_ITS_OWN and last_seen > start
