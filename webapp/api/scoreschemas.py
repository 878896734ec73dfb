"""The shapes of what the API says of scores."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from indexer.search import scores
from webapp.api.schemas import SIZE


def _text() -> fields.String:
    return fields.String(load_default=None, validate=validate.Length(max=200))


class ScoreArgs(Schema):
    """Which score of a subject."""

    rubric = _text()
    month = fields.String(
        load_default=None, validate=validate.Regexp(r"^\d{4}-\d{2}$"), metadata={"description": "YYYY-MM; the newest"}
    )


class RankingArgs(ScoreArgs):
    """A ranking."""

    kind = fields.String(load_default="enterprise", validate=validate.OneOf(scores.KINDS))
    region = _text()
    size = fields.Integer(load_default=20, validate=SIZE)
    after = fields.String(load_default=None, metadata={"description": "`next` of the page before"})


class HeadOut(Schema):
    """One word of a score; `value` 0 to 100, null where nothing can be said."""

    key, title = fields.String(), fields.String()
    value, weight = fields.Float(allow_none=True), fields.Float()


class RankOut(Schema):
    """A place; `low` to `high` under each change of one weight."""

    scope = fields.String()
    rank, of, low, high = (fields.Integer() for _ in range(4))


class LineOut(Schema):
    """Points that one thing earned and lost; all `earned` add up to the total."""

    head, part, group, about, ref, words = (fields.String() for _ in range(6))
    earned, lost = fields.Float(), fields.Float()
    g, weight = fields.Float(allow_none=True), fields.Float(allow_none=True)


class ListedScoreOut(Schema):
    """A score without its lines; never alone: `observable` is V, `due` is n."""

    kind, subject, name, rubric, rubric_version, month, as_of, since, rules_version = (
        fields.String() for _ in range(9)
    )
    region, grade, doubt, ranked_on = (fields.String(allow_none=True) for _ in range(4))
    region_path, capped = fields.List(fields.String()), fields.List(fields.String())
    total, observable = fields.Float(allow_none=True), fields.Float()
    due, observed = fields.Integer(), fields.Integer()
    subjects, ranked = fields.Integer(allow_none=True), fields.Integer(allow_none=True)
    heads = fields.List(fields.Nested(HeadOut))
    ranks = fields.List(fields.Nested(RankOut))
    objection = fields.Dict(keys=fields.String(), values=fields.String(), allow_none=True)


class ScoreOut(ListedScoreOut):
    """A score with the line behind every point."""

    lines = fields.List(fields.Nested(LineOut))


class ScoresOut(Schema):
    """Months of one score."""

    rows = fields.List(fields.Nested(ListedScoreOut))


class RankingOut(Schema):
    """A page of a ranking; `total` counts all of it, on the first page alone."""

    total, next, month = fields.Integer(allow_none=True), fields.String(allow_none=True), fields.String(allow_none=True)
    rows = fields.List(fields.Nested(ListedScoreOut))
