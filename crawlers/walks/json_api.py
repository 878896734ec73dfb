"""Family ``json_api``: a list that is data, in pages; what stands behind its rows; modules of each."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from crawlers.schemafields import Choice, KindBySchema, Strict, SubjectSchema, kind, positive, text, texts
from crawlers.walks.answers import NestedSchema, UnfoldSchema, answer
from crawlers.walks.asking import AskedSchema, StatedSchema
from crawlers.walks.common import none
from crawlers.walks.directory import FeedSchema

ENDS = ("empty", "repeats")


class FirstSchema(Strict):
    """A page asked before the list: for its session cookie, and the hidden fields that the list's form wants."""

    url = text(required=True)
    hidden = texts(load_default=none)


class QuerySchema(Strict):
    """One narrowed query of the list, a walk of its own."""

    region = text(load_default=None)
    form = fields.Dict(keys=fields.String(), required=True)


class JsonListSchema(AskedSchema, StatedSchema):
    """The list: rows as data."""

    rows = text(load_default=None)
    """Path of the rows (``data.list``); without it the data are the list."""
    answer = answer()
    page_size = positive(load_default=None)
    """Rows a page, to tell the pages from the total; without it as many as the first page has."""
    beyond = fields.String(validate=validate.OneOf(ENDS), load_default="empty")
    """Where neither total nor pages are stated: what a page beyond the last shows."""
    empty = fields.String(validate=validate.OneOf(("absent", "unreadable")), load_default="unreadable")
    """What an empty body means: a list of nothing, or no answer."""
    required = texts(load_default=none)
    kind = kind(load_default=None)
    kind_by = fields.Nested(KindBySchema, load_default=None)
    id = Choice(load_default=None)
    """What ``{id}`` stands for in what follows; without it the column ``id``, where there is one."""
    subject = fields.Nested(SubjectSchema, required=True)
    title = text(load_default=None)
    published = Choice(load_default=None)
    unfold = fields.Nested(UnfoldSchema, load_default=None)
    nested = fields.List(fields.Nested(NestedSchema), load_default=none)

    @validates_schema
    def one_kind(self, data: dict[str, Any], **_: Any) -> None:
        """A row has one kind."""
        if (data["kind"] is None) == (data["kind_by"] is None):
            raise ValidationError("say either kind or kind_by", "kind")

    @validates_schema
    def one_shape(self, data: dict[str, Any], **_: Any) -> None:
        """Rows that are unfolded are no subjects that lists could belong to."""
        if data["unfold"] and data["nested"]:
            raise ValidationError("rows are either unfolded or hold lists", "unfold")


class JsonDetailSchema(AskedSchema):
    """What stands behind each row: an object, or a page of th/td pairs."""

    method = fields.String(validate=validate.OneOf(("GET", "POST")), load_default="GET")
    via = fields.String(validate=validate.OneOf(("json", "pairs")), load_default="json")
    rows = text(load_default=None)
    """Path of the object (``data.info``)."""
    answer = answer()
    kind = kind(required=True)
    required = texts(load_default=none)
    subject = fields.Nested(SubjectSchema, load_default=dict)
    title = text(load_default=None)
    published = Choice(load_default=None)
    nested = fields.List(fields.Nested(NestedSchema), load_default=none)

    @validates_schema
    def lists_in_data(self, data: dict[str, Any], **_: Any) -> None:
        """Pages of pairs hold no lists."""
        if data["via"] == "pairs" and data["nested"]:
            raise ValidationError("via: pairs has no lists inside", "nested")


class JsonApiWalk(Strict):
    """A list of data in pages, what stands behind its rows, their modules (family ``json_api``)."""

    start = fields.Nested(FirstSchema, load_default=None)
    list = fields.Nested(JsonListSchema, required=True)
    slices = fields.List(fields.Nested(QuerySchema), load_default=none)
    detail = fields.Nested(JsonDetailSchema, load_default=None)
    feeds = fields.List(fields.Nested(FeedSchema), load_default=none)
