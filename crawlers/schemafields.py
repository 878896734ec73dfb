"""Fields of source schemas that check themselves: regular expressions, selectors, kinds, column choices."""

from __future__ import annotations

import re
from typing import Any

from lxml import cssselect, etree
from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields, validate

from crawlers.kinds import KINDS


class Strict(Schema):
    """A schema that refuses unknown fields."""

    class Meta:
        unknown = RAISE


class Open(Schema):
    """A schema that leaves unknown fields to another schema."""

    class Meta:
        unknown = EXCLUDE


def text(**options: Any) -> fields.String:
    """A text that is not empty."""
    return fields.String(validate=validate.Length(min=1), **options)


def texts(**options: Any) -> fields.List[Any]:
    """A list of texts."""
    return fields.List(fields.String(validate=validate.Length(min=1)), **options)


def kind(**options: Any) -> fields.String:
    """One kind of the contracts."""
    return fields.String(validate=validate.OneOf(KINDS, error="no such kind; one of {choices}"), **options)


def positive(**options: Any) -> fields.Integer:
    """A whole number above zero."""
    return fields.Integer(strict=True, validate=validate.Range(min=1), **options)


def form(**options: Any) -> fields.Dict:
    """A form: names and text values; values may hold ``{column}`` of what is known by then."""
    return fields.Dict(keys=fields.String(), values=fields.String(), **options)


def pattern(groups: int = 0, **options: Any) -> fields.String:
    """A regular expression with at least ``groups`` groups."""

    def check(value: str) -> None:
        try:
            compiled = re.compile(value)
        except re.error as error:
            raise ValidationError(f"no regular expression: {error}") from error
        if compiled.groups < groups:
            raise ValidationError(f"the expression needs {groups} group(s) in brackets, it has {compiled.groups}")

    return fields.String(validate=check, **options)


def css(**options: Any) -> fields.String:
    """A CSS selector."""

    def check(value: str) -> None:
        try:
            cssselect.CSSSelector(value)
        except (cssselect.SelectorError, etree.XPathError) as error:
            raise ValidationError(f"no CSS selector: {error}") from error

    return fields.String(validate=check, **options)


class Choice(fields.Field[Any]):
    """How a value is read off a row's columns, see ``crawlers.subjects``.

    ``企业名称|单位名称`` (the first column that exists), ``{column, match}`` (first group of a match), ``{join: […]}``
    (columns joined), ``{value: …}`` (always this).
    """

    SHAPES = ({"column", "match"}, {"join"}, {"value"})

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, str) and value:
            return value
        if not isinstance(value, dict) or set(value) not in self.SHAPES:
            raise ValidationError("a column, or one of {column, match}, {join: [columns]}, {value}")
        if "match" in value:
            pattern(1).deserialize(value["match"])
        return value


class SubjectSchema(Strict):
    """Where a row names its subject."""

    name = Choice()
    uscc = Choice()
    external_id = Choice()
    region = Choice()


class KindBySchema(Strict):
    """The kind of a row by one of its columns; a value that ``map`` lacks becomes an issue row."""

    column = text(required=True)
    map = fields.Dict(keys=fields.String(), values=kind(), required=True, validate=validate.Length(min=1))
