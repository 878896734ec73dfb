"""What each site family's ``walk:`` may say; a source needs these facts and no Python."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from crawlers.schemafields import (
    Choice,
    KindBySchema,
    Strict,
    SubjectSchema,
    css,
    form,
    kind,
    pattern,
    positive,
    text,
    texts,
)

none = list
"""The default of an absent list; ``list`` itself is a field's name below."""
METHODS = ("GET", "POST")
NOTHING = r"暂无|没有(?:找到|查询到)?(?:相关|符合条件的)?(?:数据|记录|附件|信息)|无(?:相关)?(?:数据|记录|附件)"


class PagedSchema(Strict):
    """A list in pages: where it is asked, how its table is found, where it states pages and total."""

    url = text(required=True)
    method = fields.String(validate=validate.OneOf(METHODS), load_default="POST")
    form = form(load_default=dict)
    page_param = text(required=True)
    first_page = fields.Integer(strict=True, load_default=1, validate=validate.Range(min=0))
    max_pages = positive(load_default=3000)
    table = css(required=True)
    header = texts(load_default=none)
    """Names of the columns in order, for a table without a header row."""
    required = texts(load_default=none)
    id = pattern(1, load_default=None)
    """Applied to a row's ``onclick`` and links; its first group is ``{id}`` of what follows."""
    pages = pattern(1, required=True)
    total = pattern(1, load_default=None)
    kind = kind(required=True)
    subject = fields.Nested(SubjectSchema, required=True)


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


class FeedSchema(Strict):
    """One module of an enterprise's pages: JSON rows or an HTML table."""

    name = text(required=True)
    url = text(required=True)
    method = fields.String(validate=validate.OneOf(METHODS), load_default="POST")
    form = form(load_default=dict)
    via = fields.String(validate=validate.OneOf(("json", "table")), load_default="json")
    kind = kind(load_default=None)
    kind_by = fields.Nested(KindBySchema, load_default=None)
    title = text(load_default=None)
    published = Choice(load_default=None)
    page_param = text(load_default=None)
    first_page = fields.Integer(strict=True, load_default=1, validate=validate.Range(min=0))
    max_pages = positive(load_default=1000)
    total = text(load_default="total")
    rows = text(load_default="rows")
    required = texts(load_default=none)
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


class StartSchema(Strict):
    """The page that hands out the form's hidden fields (a key that only lives in a session)."""

    url = text(required=True)
    hidden = texts(required=True, validate=validate.Length(min=1))


class SliceSchema(Strict):
    """One narrowed query of the form (the platform answers at most so many pages a query)."""

    region = text(required=True)
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


class FormWalk(Strict):
    """A form posted page by page, then details and yearly reports (family ``form_post``)."""

    start = fields.Nested(StartSchema, required=True)
    list = fields.Nested(PagedSchema, required=True)
    slices = fields.List(fields.Nested(SliceSchema), load_default=none)
    detail = fields.Nested(DetailSchema, load_default=None)
    reports = fields.Nested(ReportsSchema, load_default=None)
    feeds = fields.List(fields.Nested(FeedSchema), load_default=none)


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


class SuppliedWalk(Strict):
    """Nothing to walk: a person supplies the material by ``qingce import`` (family ``supplied``)."""


WALKS: dict[str, type[Strict]] = {
    "directory": DirectoryWalk, "form_post": FormWalk, "notices": NoticesWalk, "supplied": SuppliedWalk,
}  # fmt: skip
