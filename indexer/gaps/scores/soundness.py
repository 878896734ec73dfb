"""准确: what open findings of contradiction take away, the same rule counted a few times at most."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from marshmallow import fields, validate

from indexer.gaps.scores.account import Lead
from indexer.gaps.scores.measure import Data, Measure, Measured, Params, Share
from indexer.gaps.scores.rubric import Rubric

_FRACTION = validate.Range(0, 1, max_inclusive=False)


class SoundnessParams(Params):
    """``groups`` of rules that count, ``most`` findings a rule, ``q``: what one of each severity takes away (0..1)."""

    groups = fields.List(fields.String(), required=True, validate=validate.Length(min=1))
    most = fields.Integer(required=True, validate=validate.Range(1))
    q = fields.Dict(
        keys=fields.String(validate=validate.OneOf(("S1", "S2", "S3", "S4"))),
        values=fields.Float(validate=_FRACTION), required=True, validate=validate.Length(equal=4),
    )  # fmt: skip


def run(data: Data, rubric: Rubric, params: Mapping[str, Any]) -> Measured | None:
    """Π (1 − q) over the open findings; what is lost is told apart among them by their logarithms."""
    found = [lead for lead in data.own.leads if lead.group in params["groups"] and not lead.rejected]
    counted = _counted(found, params["most"])
    value = math.prod(1 - params["q"][lead.severity] for lead in counted)
    told = [
        Share(
            "fact",
            "",
            "",
            value,
            1.0,
            f"{len(counted)}条未了结的矛盾线索后余下的部分" if counted else "没有未了结的矛盾线索",
        )
    ]
    logs = [math.log(1 - params["q"][lead.severity]) for lead in counted]
    total = sum(logs)
    for lead, log in zip(counted, logs, strict=True):
        share = (1 - value) * log / total if total else 0.0
        words = f"{lead.rule} {lead.severity}：×（1－{params['q'][lead.severity]:g}）。{lead.words}"
        told.append(Share("finding", lead.ref, "", share, 0.0, words))
    left = tuple(
        Share("finding", lead.ref, "", 0.0, 0.0, f"{lead.rule} {lead.severity}：同一规则只计{params['most']}条")
        for lead in sorted(found, key=_order)
        if lead not in counted
    )
    return Measured(tuple(told), left)


def _counted(found: list[Lead], most: int) -> list[Lead]:
    """Of each rule the worst ones."""
    by_rule: dict[str, list[Lead]] = {}
    for lead in sorted(found, key=_order):
        by_rule.setdefault(lead.rule, []).append(lead)
    return [lead for _, leads in sorted(by_rule.items()) for lead in leads[:most]]


def _order(lead: Lead) -> tuple[int, str, str]:
    return -int(lead.severity[1:]), lead.rule, lead.ref


MEASURE = Measure("soundness", run, SoundnessParams)
