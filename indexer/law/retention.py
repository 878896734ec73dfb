"""How long a disclosure must stay public (展示期限): rows of ``retention.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from indexer.law import expression
from indexer.law.calendar import Calendar
from indexer.law.deadlines import take
from indexer.law.expression import Anchored, Step


@dataclass(frozen=True)
class Retention:
    """A term of display or keeping; ``steps`` empty: without end. ``visible`` False: records that nobody else sees."""

    id: str
    obligations: tuple[str, ...]
    steps: tuple[Step, ...]
    term: str | None
    visible: bool
    instrument: str
    articles: tuple[str, ...]
    seen: str

    def ends(self, public: date, calendar: Calendar) -> date | None:
        """The last day on which what came out on ``public`` must be shown; None: it has no end."""
        day = public
        for step in self.steps:
            day = take(day, step, calendar)
        return day if self.steps else None


def _term(text: str) -> None:
    try:
        expression.parse(f"E+{text}")
    except ValueError as error:
        raise ValidationError(f"not a term: {text!r} (for example 20wd, 1y)") from error


class RetentionSchema(Schema):
    """A row of retention.yaml."""

    class Meta:
        unknown = RAISE

    id = fields.String(required=True, validate=validate.Length(min=1))
    obligations = fields.List(fields.String(), required=True)
    term = fields.String(required=True, allow_none=True, validate=_term)
    visible = fields.Boolean(required=True)
    instrument = fields.String(required=True)
    articles = fields.List(fields.Raw(), required=True)
    seen = fields.String(required=True, validate=validate.OneOf(("S", "M")))


def retention(row: dict[str, Any]) -> Retention:
    """A checked row as a term."""
    parsed = expression.parse(f"E+{row['term']}") if row["term"] else None
    steps = parsed.steps if isinstance(parsed, Anchored) else ()
    return Retention(
        row["id"], tuple(row["obligations"]), steps, row["term"], row["visible"], row["instrument"],
        tuple(str(article) for article in row["articles"]), row["seen"],
    )  # fmt: skip
