"""What an enterprise must disclose, and how that stands."""

from __future__ import annotations

from typing import Any

from webapp import moments, results
from webapp.api.blueprint import question
from webapp.api.schemas import DutiesOut, MomentArgs
from webapp.dutyview import DutyView
from webapp.public.enterprise import duties_at

_SAME = (
    "id", "enterprise", "obligation", "item", "kind", "period", "due", "due_words", "basis", "first_seen", "published",
    "as_of", "rules_version", "vocabulary_version",
)  # fmt: skip


@question("/enterprises/<enterprise>/duties", MomentArgs, DutiesOut)
def duties(given: dict[str, Any], enterprise: str) -> dict[str, Any]:
    """The duties of one enterprise as the public may see them; states are leads, not conclusions."""
    results.one("enterprises", enterprise)
    return {"rows": [_row(view) for view in duties_at(enterprise, "public", moments.asked())]}


def _row(view: DutyView) -> dict[str, Any]:
    same: dict[str, Any] = {name: view.duty[name] for name in _SAME}  # type: ignore[literal-required]
    return {
        **same,
        "state": view.state,
        "words": str(view.words.label),
        "reason": view.reason,
        "severity": view.severity,
        "delay_days": view.delay_days,
        "missing_fields": list(view.missing_fields),
        "findings": list(view.findings),
        "channels": list(view.channels),
    }
