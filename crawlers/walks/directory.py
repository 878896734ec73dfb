"""Family ``directory``: a list of enterprises in pages, each with an own page and modules."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from crawlers.schemafields import Choice, KindBySchema, Strict, SubjectSchema, kind, pattern, text, texts
from crawlers.walks.answers import UnfoldSchema, answer
from crawlers.walks.asking import AskedSchema, StatedSchema, WindowsSchema
from crawlers.walks.common import NOTHING, PagedSchema, none


class InfoSchema(Strict):
    """One enterprise's own page of th/td pairs."""

    url = text(required=True)
    kind = kind(required=True)
    required = texts(required=True)
    subject = fields.Nested(SubjectSchema, load_default=dict)
    published = Choice(load_default=None)
    """Where the page states its publication day."""


class RowDetailSchema(Strict):
    """A page for each row of a feed: th/td pairs and tables, as further records of the row's kind."""

    url = text(required=True)
    required = texts(load_default=none)
    published = Choice(load_default=None)


class FeedSchema(AskedSchema, StatedSchema):
    """One module of an enterprise's pages: rows as data or an HTML table."""

    name = text(required=True)
    via = fields.String(validate=validate.OneOf(("json", "table")), load_default="json")
    kind = kind(load_default=None)
    kind_by = fields.Nested(KindBySchema, load_default=None)
    title = text(load_default=None)
    published = Choice(load_default=None)
    windows = fields.Nested(WindowsSchema, load_default=None)
    rows = text(load_default="rows", allow_none=True)
    answer = answer()
    required = texts(load_default=none)
    unfold = fields.Nested(UnfoldSchema, load_default=None)
    empty = fields.String(validate=validate.OneOf(("absent", "unreadable")), load_default="unreadable")
    """What an empty body means on this site."""
    nothing = pattern(0, load_default=NOTHING)
    """What a page of this module says where there is nothing to show."""
    detail = fields.Nested(RowDetailSchema, load_default=None)
    files = fields.String(validate=validate.OneOf(("link", "fetch")), load_default="link")
    """Whether files that a table's rows link to are fetched as evidence."""

    @validates_schema
    def one_kind(self, data: dict[str, Any], **_: Any) -> None:
        if (data["kind"] is None) == (data["kind_by"] is None):
            raise ValidationError("say either kind or kind_by", "kind")


class DirectoryWalk(Strict):
    """A directory of enterprises in pages, each with an own page and modules (family ``directory``)."""

    list = fields.Nested(PagedSchema, required=True)
    info = fields.Nested(InfoSchema, load_default=None)
    feeds = fields.List(fields.Nested(FeedSchema), load_default=none)
