"""Family ``prose``: an authority's notices that are sentences: penalty decisions, EIA notices, cases naming firms."""

from __future__ import annotations

from marshmallow import fields, validate

from crawlers.prose import READERS
from crawlers.schemafields import Strict, texts
from crawlers.walks.common import none
from crawlers.walks.notices import NoticeKindSchema, NoticeListSchema


class ProseNoticeSchema(NoticeKindSchema):
    """A notice that is a table of items, a page of pairs, or free text read by one of the prose readers."""

    reads = fields.String(validate=validate.OneOf(sorted(READERS)), load_default=None, allow_none=True)
    """``decision`` (penalty decisions) or ``showing`` (EIA and acceptance notices); else tables and pairs alone."""
    named = texts(load_default=none)
    """Columns of prose in which firms are named; each certain name gives the row as a record of its own."""
    files = fields.String(validate=validate.OneOf(("link", "fetch")), load_default="link")
    """Whether files beside what was read are fetched as evidence (full EIA reports are tens of megabytes)."""


class ProseWalk(Strict):
    """Notices of sentences (family ``prose``)."""

    list = fields.Nested(NoticeListSchema, required=True)
    notice = fields.Nested(ProseNoticeSchema, required=True)
