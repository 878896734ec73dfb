"""Stored rows made by hand: duties with public and hidden sides, findings, enterprises of two provinces."""

from __future__ import annotations

from typing import Any

from indexer.register.documents import Finding

DAY = "2026-11-25"


def duty(owner: str = "e-1", obligation: str = "PR-3", state: str = "met", period: str = "2026Q1", **more: Any) -> Any:
    """A quarterly report that fell due on 2026-04-15, in time and whole."""
    found = state not in ("missing", "not_observable", "not_due", "exempt")
    made = {
        "id": f"{owner}:{obligation}:{period}",
        "enterprise": owner,
        "enterprise_name": owner,
        "region_path": ["31", "310116"],
        "obligation": obligation,
        "item": "执行报告季报",
        "kind": "permit_report",
        "period": period,
        "state": state,
        "public_state": state,
        "reason": None,
        "due": "2026-04-15",
        "due_earliest": "2026-04-15",
        "due_provisional": False,
        "due_words": "",
        "basis": "",
        "law_seen": True,
        "first_seen": "2026-04-10" if found else None,
        "published": None,
        "delay_days": -5 if found else None,
        "timeliness_known": True,
        "completeness": 1.0 if found else None,
        "missing_fields": [],
        "found": ["d-1"] if found else [],
        "channels": [],
        "all_lawful_watched": True,
        "findings": [],
        "severity": None,
        "audience": "public",
        "decision": None,
        "decision_kind": None,
        "as_of": DAY,
        "rules_version": "r",
        "vocabulary_version": "v",
    }
    return {**made, **more}


def told(rule: str = "LAT-01", **more: Any) -> dict[str, Any]:
    """A finding on a duty that the public may see."""
    made = {
        "rule": rule,
        "rule_version": "1",
        "severity": "S3",
        "confidence": "high",
        "audience": "public",
        "words": "",
        "captures": [],
        "visits": [],
    }
    return {**made, **more}


def finding(owner: str = "e-1", rule: str = "CON-05", number: int = 1, **more: Any) -> Finding:
    """An open contradiction that the public may see."""
    made: dict[str, Any] = {
        "id": f"f-{owner}-{number}",
        "enterprise": owner,
        "enterprise_name": owner,
        "region_path": ["31"],
        "rule": rule,
        "rule_version": "1",
        "group": "inconsistent",
        "obligation": None,
        "period": None,
        "duty": None,
        "severity": "S3",
        "confidence": "high",
        "audience": "public",
        "law_seen": True,
        "words": "两处数值不符。线索,非结论",
        "instances": 1,
        "captures": [],
        "visits": [],
        "found": [],
        "to_authority": False,
        "state": "open",
        "since": "2026-05-01",
        "last_seen": "2026-05-01",
        "closed": None,
        "spans": [{"from": "2026-05-01", "to": None}],
        "decision": None,
        "decision_kind": None,
        "rules_version": "r",
        "vocabulary_version": "v",
    }
    return {**made, **more}  # type: ignore[typeddict-item]


def enterprise(owner: str = "e-1", path: tuple[str, ...] = ("31", "310116")) -> dict[str, Any]:
    """One enterprise; its identity is its id."""
    return {
        "id": owner,
        "name": f"企业{owner}",
        "names": [],
        "memberships": [],
        "identities": [],
        "region_path": list(path),
        "identity_keys": [f"s|{owner}"],
    }
