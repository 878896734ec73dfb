"""Sample findings, whole by the typed contract."""

from __future__ import annotations

from typing import Any, cast

from indexer.register.documents import Finding
from tests.webapp.samples import ID, capture


def a_finding(rule: str = "STA-02", **more: Any) -> Finding:
    """One open finding on the yearly report, public once a person has confirmed it."""
    made = {
        "id": f"f-{rule}",
        "enterprise": ID,
        "enterprise_name": "上海金山化工有限公司",
        "region_path": ["31", "310116"],
        "rule": rule,
        "rule_version": "1",
        "group": "stale",
        "obligation": "O31-2",
        "period": "once:2020",
        "duty": f"{ID}:O31-2:once:2020",
        "severity": "S3",
        "confidence": "high",
        "audience": "confirmed_only",
        "law_seen": True,
        "words": f"{rule}的算式：相似度0.991。线索,非结论",
        "instances": 1,
        "captures": [capture()],
        "visits": [],
        "found": [],
        "to_authority": False,
        "state": "open",
        "since": "2021-02-01",
        "last_seen": "2021-02-20",
        "closed": None,
        "spans": [{"from": "2021-02-01", "to": None}],
        "decision": None,
        "decision_kind": None,
        "rules_version": "0123456789abcdef",
        "vocabulary_version": "0123456789abcdef",
    }
    return cast(Finding, {**made, **more})
