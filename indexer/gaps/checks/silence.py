"""Silence (MIS-02, 长期无披露): on a list, and nothing of any kind from any source in twelve months."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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
    looks = int(rule.number("looks"))
    watched = _watched(view, start)
    proofs = [_source(view, source, kinds, start, looks) for source, kinds in watched.items()]
    silent = [found for found in proofs if found is not None]
    if not silent or len(silent) < len(proofs):
        return
    days = tuple(sorted({day for found in silent for day in found.days}))
    words = (
        f"{_since(member)}起列入{member.year or ''}年{member.cls}名录；{start}以后{len(watched)}个已知渠道的"
        f"{sum(len(found.kinds) for found in silent)}类信息经{len(days)}日有效查看（{proof.days_words(days)}）"
        f"均无任何披露，已满{int(rule.number('months'))}个月"
    )
    # Kinds that a channel covers and nobody ever asked it for leave a doubt.
    asked = all(len(found.kinds) == len(watched[found.source]) for found in silent)
    yield Observation(
        rule.severity(), "high" if asked else "medium", words,
        max(member.first_seen, *(found.proven for found in silent)),
        visits=tuple(visit for found in silent for visit in found.visits),
    )  # fmt: skip


@dataclass(frozen=True)
class _Silent:
    """One source at which every kind that was looked for was well looked for, often enough, and not there."""

    source: str
    kinds: tuple[str, ...]
    proven: date
    days: tuple[date, ...]
    visits: tuple[str, ...]


def _watched(view: View, start: date) -> dict[str, list[str]]:
    """Each known source with the kinds of the subject's own that it may carry, owed by a row of the law or not."""
    covered = {kind for channel in view.subject.channels for cover in channel.covers for kind in cover.kinds}
    kinds = sorted(covered - NOT_ITS_OWN)
    found: dict[str, list[str]] = {}
    for kind in kinds:
        for channel in proof.sources_of(view, kind, start):
            if channel.first_capture is None or channel.first_capture > start:
                found.setdefault(channel.source, [])
            else:
                found.setdefault(channel.source, []).append(kind)
    return found


def _source(view: View, source: str, kinds: list[str], start: date, looks: int) -> _Silent | None:
    asked = {kind: view.evidence.looks[source, kind] for kind in kinds if (source, kind) in view.evidence.looks}
    absent = {
        kind: [look for look in found if look.outcome == "absent" and start < look.day <= view.as_of]
        for kind, found in asked.items()
    }
    days = {kind: sorted({look.day for look in found}) for kind, found in absent.items()}
    if not days or min(len(found) for found in days.values()) < looks:
        return None
    return _Silent(
        source, tuple(days), max(found[looks - 1] for found in days.values()),
        tuple(sorted({day for found in days.values() for day in found})),
        tuple(dict.fromkeys(look.visit for found in absent.values() for look in found)),
    )  # fmt: skip


def _listed(view: View, start: date) -> Membership | None:
    """The list it has stood on since before the twelve months, while it still stands on one of these years.

    The day of the list counts, not that on which it was read.
    """
    lists = [m for m in view.subject.memberships if m.year is not None and m.valid_to is None]
    newest = max((m.year or 0 for m in lists), default=0)
    old = [m for m in lists if _since(m) <= start]
    still = newest >= view.as_of.year - 1
    return min(old, key=lambda m: (_since(m), m.first_seen, m.cls)) if old and still else None


def _since(member: Membership) -> date:
    """The day on which its list came out, the latest possible one; where nothing is known of it, the first sighting."""
    return member.published or member.published_to or member.first_seen


def _spoke(kind: str, last_seen: date, start: date) -> bool:
    return kind not in NOT_ITS_OWN and last_seen > start
