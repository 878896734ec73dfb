"""Schemas of the rubric files (marshmallow)."""

from __future__ import annotations

from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate, validates_schema

from indexer.gaps.scores.measures import MEASURES
from indexer.law.schema import PERIODS

_POSITIVE = validate.Range(0, min_inclusive=False)
_KEY = validate.Regexp(r"^[A-Za-z][A-Za-z0-9_]*$", error="must be letters, digits and _")


class _Strict(Schema):
    class Meta:
        unknown = RAISE


def _words() -> fields.String:
    return fields.String(required=True, validate=validate.Length(min=1))


class PartSchema(_Strict):
    """One measure of a head."""

    key = fields.String(required=True, validate=_KEY)
    title = _words()
    measure = fields.String(
        required=True, validate=validate.OneOf(tuple(MEASURES), error="must be one of {choices}, found {input}")
    )
    weight = fields.Float(required=True, validate=_POSITIVE)
    params = fields.Dict(load_default=dict)


class HeadSchema(_Strict):
    """One word of the score."""

    key = fields.String(required=True, validate=_KEY)
    title = _words()
    weight = fields.Float(required=True, validate=_POSITIVE)
    parts = fields.List(fields.Nested(PartSchema), required=True, validate=validate.Length(min=1))


class GroupSchema(_Strict):
    """Obligations that weigh alike."""

    key = fields.String(required=True, validate=_KEY)
    title = _words()
    obligations = fields.List(fields.String(), required=True)
    weight = fields.Float(load_default=1.0, validate=_POSITIVE)
    within_days = fields.Integer(load_default=None, validate=validate.Range(1))
    together = fields.Boolean(load_default=False)


class OthersSchema(_Strict):
    """Obligations named nowhere."""

    title = _words()
    weight = fields.Float(required=True, validate=_POSITIVE)


class CapSchema(_Strict):
    """A highest total; ``confirmed`` needs a severity, ``missing`` the groups it is about."""

    when = fields.String(required=True, validate=validate.OneOf(("confirmed", "missing")))
    at_most = fields.Float(required=True, validate=validate.Range(0, 100))
    title = _words()
    severity = fields.String(load_default=None, validate=validate.OneOf(("S1", "S2", "S3", "S4")))
    items = fields.List(fields.String(), load_default=list)

    @validates_schema
    def _whole(self, row: dict[str, Any], **_: Any) -> None:
        if row["when"] == "confirmed" and not row["severity"]:
            raise ValidationError("is needed where when is confirmed", "severity")
        if row["when"] == "missing" and not row["items"]:
            raise ValidationError("are needed where when is missing", "items")


class RankingSchema(_Strict):
    """How ranks are made."""

    min_observable = fields.Float(required=True, validate=validate.Range(0, 1))
    needs = fields.List(fields.String(), required=True)
    step = fields.Float(required=True, validate=validate.Range(0, 1))
    band = fields.Integer(required=True, validate=validate.Range(0))
    shrink = fields.Float(required=True, validate=validate.Range(0))
    objection_days = fields.Integer(required=True, validate=validate.Range(0))


class RubricSchema(_Strict):
    """A whole file."""

    version, title, origin = _words(), _words(), _words()
    note = fields.String(load_default="")
    subjects = fields.List(fields.String(validate=validate.OneOf(("enterprise", "authority"))), required=True)
    regions = fields.String(required=True, allow_none=True, validate=validate.OneOf(("mean", "counts")))
    months = fields.Integer(required=True, validate=validate.Range(1, 120))
    full = fields.Float(load_default=100.0, validate=_POSITIVE)
    heads = fields.List(fields.Nested(HeadSchema), required=True, validate=validate.Length(min=1))
    items = fields.List(fields.Nested(GroupSchema), required=True, validate=validate.Length(min=1))
    others = fields.Nested(OthersSchema, load_default=None)
    within_days = fields.Dict(
        keys=fields.String(validate=validate.OneOf(PERIODS)), values=fields.Integer(validate=validate.Range(1)),
        required=True,
    )  # fmt: skip
    caps = fields.List(fields.Nested(CapSchema), load_default=list)
    grades = fields.Dict(keys=fields.String(), values=fields.Float(validate=validate.Range(0, 100)), required=True)
    ranking = fields.Nested(RankingSchema, required=True)
