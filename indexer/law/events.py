"""Rules by which events (触发事项) are drawn from disclosures: rows of ``events.yaml``, typed and checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from marshmallow import RAISE, Schema, fields, validate

Ref = Literal["document", "project", "item", "line", "day"]
REFS = ("document", "project", "item", "line", "day")


@dataclass(frozen=True)
class EventRule:
    """One way in which one kind of event shows in disclosures of the kinds ``origins``."""

    kind: str
    title: str
    origins: tuple[str, ...]
    day: tuple[str, ...]
    ref: Ref
    words: tuple[str, ...]
    unless: tuple[str, ...]
    within: tuple[str, ...]
    needs: str | None
    change: bool


class EventSchema(Schema):
    """A row of events.yaml."""

    class Meta:
        unknown = RAISE

    kind = fields.String(required=True, validate=validate.Length(min=1))
    title = fields.String(required=True, validate=validate.Length(min=1))
    origins = fields.List(fields.String(), required=True, validate=validate.Length(min=1), data_key="from")
    day = fields.List(fields.String(), required=True, validate=validate.Length(min=1))
    ref = fields.String(required=True, validate=validate.OneOf(REFS))
    words = fields.List(fields.String(), load_default=list)
    unless = fields.List(fields.String(), load_default=list)
    within = fields.List(fields.String(), load_default=list)
    needs = fields.String(load_default=None)
    change = fields.Boolean(load_default=False)


def event_rule(row: dict[str, Any]) -> EventRule:
    """A checked row as a rule."""
    return EventRule(
        row["kind"], row["title"], tuple(row["origins"]), tuple(row["day"]), row["ref"], tuple(row["words"]),
        tuple(row["unless"]), tuple(row["within"]), row["needs"], row["change"],
    )  # fmt: skip
