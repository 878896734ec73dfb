"""Findings as a reader may see them: today's as they are stored, a past day's judged from what was known then."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from indexer.gaps import params
from indexer.gaps.params import PARAMS
from indexer.register.documents import Finding
from indexer.scan import find_all
from indexer.search import findings
from indexer.search.duties import Reader
from indexer.search.moment import Moment
from webapp import results
from webapp.services import services


def is_public(finding: Finding) -> bool:
    """The same test as ``search.findings.visible`` makes of an index, for one document."""
    if not finding["law_seen"] or finding["state"] != "open":
        return False
    if finding["audience"] == "confirmed_only":
        return finding["decision_kind"] == "confirmed"
    sure = finding["confidence"] == "high" and finding["decision_kind"] != "false_alarm"
    return finding["audience"] == "public" and sure


def at(enterprise: str, reader: Reader, moment: Moment) -> list[Finding]:
    """The open findings of one enterprise on the day, the worst first."""
    if moment.day is None:
        return results.rows(services().store.search("findings", findings.of_enterprise(enterprise, reader)))  # type: ignore[return-value]
    day = date.fromisoformat(moment.day)
    found = find_all(services().store, services().settings.indexer, day, [enterprise], refresh=False)
    shown = (one for one in found if reader == "staff" or is_public(one))
    return sorted(shown, key=lambda one: (-int(one["severity"][1:]), one["rule"], one["id"]))


def beside(found: Iterable[Finding], duty: str) -> list[Finding]:
    """Those on a duty that its own row does not tell already, coming with its state."""
    return [one for one in found if one["duty"] == duty and one["rule"] not in PARAMS]


def key(finding: Finding) -> str:
    """What a decision on it names: ``CON-07@O31-2|2021``."""
    return f"{finding['rule']}@{finding['obligation'] or ''}|{finding['period'] or ''}"


def items(found: Iterable[Finding]) -> dict[str, str]:
    """What decisions on these are called, by the id that a decision has among those of its enterprise."""
    return {f"{one['enterprise']}:{key(one).replace('|', ':', 1)}": title(one["rule"]) for one in found}


def title(rule: str) -> str:
    """``照抄 STA-02``; the id alone where the rules no longer know it."""
    known: dict[str, Any] = params.load().rules
    return f"{known[rule].title} {rule}" if rule in known else rule
