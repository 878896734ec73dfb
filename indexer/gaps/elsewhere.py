"""Found elsewhere only (仅见于其他渠道): published, but not where the law prescribes."""

from __future__ import annotations

from datetime import date

from indexer.gaps import missing
from indexer.gaps.case import Case
from indexer.gaps.finding import LEAD, Finding
from indexer.law.facts import Found


def finding(made: Case, seen: tuple[Found, ...], day: date) -> Finding:
    """MIS-08 with the looks at the prescribed channels."""
    rule = made.gaps["MIS-08"]
    where = "、".join(sorted({item.channel for item in seen}))
    prescribed = [ledger for ledger in made.known_on(day) if ledger.watched.lawful]
    looks = [look for ledger in prescribed for look in missing.absent_days(made, ledger, day)]
    count = min(len(missing.absent_days(made, ledger, day)) for ledger in prescribed)
    words = (
        f"仅见于{where}；法定渠道（{'、'.join(made.duty.obligation.must)}）期限后各至少{count}次有效查看均未见。{LEAD}"
    )
    return Finding(
        rule.id, rule.version, rule.severities["severity"], "medium" if made.duty.due.provisional else "high",
        rule.audience, words, tuple(c for item in seen for c in item.captures),
        tuple(v for look in looks for v in look.visits),
    )  # fmt: skip
