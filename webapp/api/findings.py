"""Findings on an enterprise, as the public may see them; leads, never conclusions."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from webapp import findingview, moments, results
from webapp.api.blueprint import question
from webapp.api.schemas import CaptureOut, MomentArgs


class FindingRowOut(Schema):
    """One finding; `words` tells the arithmetic, `since` from when on it has been known."""

    id, enterprise, rule, rule_version, group, obligation, period, duty = (fields.String() for _ in range(8))
    severity, confidence, words, since, last_seen = (fields.String() for _ in range(5))
    rules_version, vocabulary_version = fields.String(), fields.String()
    instances = fields.Integer()
    captures = fields.List(fields.Nested(CaptureOut))
    visits, found = fields.List(fields.String()), fields.List(fields.String())


class FindingsOut(Schema):
    """All public findings that are open, the worst first."""

    rows = fields.List(fields.Nested(FindingRowOut))


@question("/enterprises/<enterprise>/findings", MomentArgs, FindingsOut)
def findings(given: dict[str, Any], enterprise: str) -> dict[str, Any]:
    """The open findings on one enterprise as the public may see them."""
    results.one("enterprises", enterprise)
    return {"rows": findingview.at(enterprise, "public", moments.asked())}
