"""Family ``form_post``: a form with hidden keys posted page by page, then details and yearly reports."""

from __future__ import annotations

from marshmallow import fields, validate

from crawlers.schemafields import Choice, Strict, form, kind, pattern, text, texts
from crawlers.walks.common import METHODS, NOTHING, PagedSchema, none
from crawlers.walks.directory import FeedSchema


class StartSchema(Strict):
    """The page that hands out the form's hidden fields (a key that only lives in a session)."""

    url = text(required=True)
    hidden = texts(required=True, validate=validate.Length(min=1))


class SliceSchema(Strict):
    """One narrowed query of the form (the platform answers at most so many pages a query)."""

    region = text(load_default=None)
    period = text(load_default=None)
    """A year or quarter that the query is narrowed to; its walk speaks of that alone."""
    form = form(required=True)


class DetailSchema(Strict):
    """The page behind a row."""

    link = pattern(1, required=True)
    """Applied to the row's links; its first group is ``{id}``."""
    url = text(required=True)
    kind = kind(required=True)
    required = texts(load_default=none)
    versions = texts(load_default=none)
    """Header of the table with one row a version."""
    text = form(load_default=dict)
    """Header → regular expression over the page's text, for facts printed in prose."""


class ReportsSchema(Strict):
    """JSON lists by year for each row's ``{id}``; ``{year}`` stands in the form."""

    url = text(required=True)
    method = fields.String(validate=validate.OneOf(METHODS), load_default="POST")
    form = form(required=True)
    kind = kind(required=True)
    from_year = fields.Integer(strict=True, required=True, validate=validate.Range(2000, 2100))
    required = texts(load_default=none)
    title = text(load_default=None)
    published = Choice(load_default=None)
    empty = fields.String(validate=validate.OneOf(("absent", "unreadable")), load_default="unreadable")


class TabTableSchema(Strict):
    """One table of a sub-page."""

    required = texts(required=True, validate=validate.Length(min=1))
    title = text(load_default=None)
    key = texts(load_default=none)
    """Columns whose values identify a row within the table."""


class TabSchema(Strict):
    """A sub-page of each row's detail: its tables as further records."""

    name = text(required=True)
    url = text(required=True)
    kind = kind(required=True)
    tables = fields.List(fields.Nested(TabTableSchema), required=True, validate=validate.Length(min=1))
    nothing = pattern(0, load_default=NOTHING)


class RegisterSchema(PagedSchema):
    """A further list of the platform, walked beside the main one and without details: notices of cancelled permits."""

    name = text(required=True)
    key = texts(load_default=none)
    published = Choice(load_default=None)
    nothing = pattern(0, load_default=NOTHING)


class FormWalk(Strict):
    """A form posted page by page, then details and yearly reports (family ``form_post``)."""

    start = fields.Nested(StartSchema, load_default=None)
    """Without it the form is asked at once."""
    list = fields.Nested(PagedSchema, required=True)
    slices = fields.List(fields.Nested(SliceSchema), load_default=none)
    detail = fields.Nested(DetailSchema, load_default=None)
    reports = fields.Nested(ReportsSchema, load_default=None)
    feeds = fields.List(fields.Nested(FeedSchema), load_default=none)
    tabs = fields.List(fields.Nested(TabSchema), load_default=none)
    registers = fields.List(fields.Nested(RegisterSchema), load_default=none)
