"""A share of two counts (比率): the small vocabulary in which a rubric says what it measures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, validate

from indexer.gaps.scores.measure import Data, Measure, Measured, Params, Share, evenly
from indexer.gaps.scores.rubric import Rubric

PARTS: dict[str, tuple[str, str]] = {
    "observed": ("due", "可观察"), "disclosed": ("observed", "已公开"), "on_time": ("timed", "按期"),
    "prompt": ("timed", "及时程度"), "fields": ("read", "内容完整程度"), "lawful": ("placed", "在规定渠道"),
    "read": ("disclosed", "可逐项读出"), "disclosing": ("owing", "有公开的单位"),
}  # fmt: skip
"""Each count that may stand above the line, the count it is a part of, and how it is said."""
_UNITS = {"disclosing": "家"}


class RatioParams(Params):
    """``share``: the count above the line (see PARTS for the one below it); ``items``: groups that are counted."""

    share = fields.String(required=True, validate=validate.OneOf(tuple(PARTS)))
    items = fields.List(fields.String(), required=True, validate=validate.Length(min=1))


def run(data: Data, rubric: Rubric, params: Mapping[str, Any]) -> Measured | None:
    """The share over all the groups together; None where nothing stands below the line."""
    above = params["share"]
    below, said = PARTS[above]
    titles = {group.key: group.title for group in rubric.groups}
    shares = []
    for key in params["items"]:
        counts = data.counts.get(key)
        if counts is not None and counts[below]:
            words = f"{titles[key]}：{said} {counts[above]:.4g}／{counts[below]:.4g}{_UNITS.get(above, '项')}"
            shares.append(Share("group", key, key, counts[below], counts[above] / counts[below], words))
    return evenly(shares)


MEASURE = Measure("ratio", run, RatioParams, of_counts=True)
