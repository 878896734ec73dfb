"""Family ``notices``: a bureau's notices with tables, attachments or free text."""

from __future__ import annotations

from marshmallow import fields, validate

from crawlers.schemafields import Strict, SubjectSchema, css, kind, pattern, positive, text, texts
from crawlers.walks.common import none


class NoticeListSchema(Strict):
    """A list of notices: static pages whose count a script states, or whose address has a number."""

    urls = texts(required=True, validate=validate.Length(min=1))
    next = text(load_default="index_{n}.html")
    """Address of page n + 1, relative to the first (``index_1.html`` is the second page)."""
    step = fields.Integer(strict=True, load_default=0)
    """Added to n: 1 where the second page is called ``list_2.htm``."""
    pages = pattern(1, load_default=r"createPageHTML\(\s*['\"]?(\d+)")
    max_pages = positive(load_default=200)
    items = css(required=True)
    date = pattern(0, load_default=r"20\d\d[-./年]\d{1,2}[-./月]\d{1,2}")
    include = pattern(0, required=True)
    without = pattern(0, load_default=None)


class NoticeKindSchema(Strict):
    """What a notice holds: tables in it and in its attachments, or free text."""

    kind = kind(required=True)
    body = css(required=True)
    published = pattern(0, load_default=None)
    required = texts(load_default=none)
    """Headers a table must hold to be read as records; other tables are left to an info issue."""
    subject = fields.Nested(SubjectSchema, required=True)
    attachments = pattern(0, load_default=r"(?i)\.(xlsx?|pdf|docx?|csv|html?)(?:$|\?)")
    text = fields.Dict(keys=fields.String(), values=pattern(1), load_default=None)
    """Header → regular expression over the notice's text: one record a notice."""


class NoticesWalk(Strict):
    """Notices of a bureau with tables and attachments (family ``notices``)."""

    list = fields.Nested(NoticeListSchema, required=True)
    notice = fields.Nested(NoticeKindSchema, required=True)
