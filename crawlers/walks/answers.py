"""How a site answers data: JSON and its like, where they stand, what of them are rows."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from crawlers.schemafields import Strict, css, kind, pattern, text, texts
from crawlers.walks.common import none

SYNTAXES = ("json", "jsonp", "json5")
HOLDS = ("json", "html")
SAID = fields.Dict(keys=fields.String(), values=fields.List(fields.String()))


class AnswerSchema(Strict):
    """Where in an answer its data stand and in which syntax."""

    syntax = fields.String(validate=validate.OneOf(SYNTAXES), load_default="json")
    """``jsonp``: inside a call; ``json5``: single quotes, bare keys and trailing commas, as JavaScript writes it."""
    element = css(load_default=None)
    """The data stand in this element of a page: its ``value``, else its text."""
    pattern = pattern(1, load_default=None)
    """The data are the first group (``var points = (\\[.*?\\]);``)."""
    escaped = fields.Boolean(load_default=False)
    """Texts are written by JavaScript's ``escape``: ``%u4F01``, ``%20``."""
    unwrap = text(load_default=None)
    """Path of a text that is the data themselves."""
    holds = fields.String(validate=validate.OneOf(HOLDS), load_default="json")
    """What the text of ``unwrap`` is."""
    success = fields.Dict(keys=fields.String(), values=texts(), load_default=dict)
    """Path → values of which a good answer has one; another is unreadable."""
    refused = fields.Dict(keys=fields.String(), values=texts(), load_default=dict)
    """Path → values by which the site refuses (a login, a quota): blocked."""

    @validates_schema
    def wrapped(self, data: dict[str, Any], **_: Any) -> None:
        if data["holds"] == "html" and data["unwrap"] is None:
            raise ValidationError("holds: html needs unwrap, the path of the text", "holds")


class UnfoldSchema(Strict):
    """Wide rows: a column a pollutant and quantity (``val_316``) become a row a pollutant with a column a quantity."""

    match = pattern(2, required=True)
    """Over a column's name: the first group is the quantity's own name, the second the code."""
    code = text(required=True)
    """The column that holds the code in the rows made."""


class NestedSchema(Strict):
    """A list inside each row, as records of their own."""

    rows = text(required=True)
    """Path inside the row; a list on the way is gone through."""
    kind = kind(required=True)
    keep = texts(load_default=none)
    """Columns of the row around that its inner records carry too."""
    required = texts(load_default=none)
    title = text(load_default=None)


def answer() -> fields.Nested:
    """The field of an answer's shape; by default JSON that is the whole body."""
    return fields.Nested(AnswerSchema, load_default=lambda: AnswerSchema().load({}))
