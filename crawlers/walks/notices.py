"""Family ``notices``: a bureau's notices with tables, attachments or free text, listed by any CMS."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from crawlers.schemafields import Choice, Strict, SubjectSchema, css, form, kind, pattern, positive, text, texts
from crawlers.walks.common import METHODS, none

FILES = r"(?i)\.(?:xlsx?|et|pdf|docx?|wps|csv|html?|zip|rar|7z)(?:$|[?#])"
"""Addresses and link texts of attachments."""
LISTED_FILES = r"(?i)\.(?:xlsx?|et|pdf|docx?|wps|csv|zip|rar|7z)(?:$|[?#])"
"""Addresses of a list's lines that are files themselves."""

PAGES = r"""createPageHTML\(\s*(?:["'][^"'\d][^"']*["']\s*,\s*)?["']?(\d+)|\bcountPage\s*=\s*["']?(\d+)"""
"""How the scripts of TRS state the pages: ``createPageHTML(22, 0, …)``, ``createPageHTML('page_div', 22, 1, …)``."""


class HiddenLinkSchema(Strict):
    """An address that no ``href`` holds: the groups of ``match`` in a handler are ``{id}``, ``{2}`` … of ``url``."""

    match = pattern(1, required=True)
    url = text(required=True)


class NoticeListSchema(Strict):
    """A list of notices: static pages, a form, a search or a CMS's data interface, in pages."""

    start = text(load_default=None)
    """Asked before the list, where the site wants a session."""
    urls = texts(required=True, validate=validate.Length(min=1))
    """First page of each list; ``{n}``, ``{start}``, ``{end}`` as in ``form``."""
    next = text(load_default=None)
    """Address of page n + 1, relative to the first (``index_1.html`` is the second page)."""
    step = fields.Integer(strict=True, load_default=0)
    """Added to n: 1 where the second page is called ``list_2.htm``."""
    method = fields.String(validate=validate.OneOf(METHODS), load_default="GET")
    form = form(load_default=dict)
    """Sent with every page; ``{n}`` is the page's number, ``{start}``, ``{end}`` its first and last line."""
    send = fields.String(validate=validate.OneOf(("form", "json")), load_default="form")
    referer = text(load_default=None)
    via = fields.String(validate=validate.OneOf(("html", "json", "datastore")), load_default="html")
    """``datastore``: 大汉's XML of ``<record><![CDATA[…]]></record>``."""
    rows = text(load_default="rows")
    """``json``: keys that lead to the lines, joined by dots; a line is an object or a piece of HTML."""
    title = Choice(load_default="title")
    link = text(load_default="{url}")
    """``json``: address of a line with ``{key}`` of its object."""
    day = Choice(load_default="date")
    pages = pattern(1, load_default=PAGES)
    total = pattern(1, load_default=None)
    """Lines in all, as the list states them: fewer or more make the walk incomplete."""
    size = positive(load_default=None)
    """Lines a page; with ``total`` it gives the pages."""
    end = fields.String(validate=validate.OneOf(("stated", "short")), load_default="stated")
    """``short``: nothing is stated, a page of fewer than ``size`` lines is the last."""
    max_pages = positive(load_default=200)
    items = css(load_default="a")
    hidden = fields.Nested(HiddenLinkSchema, load_default=None)
    date = pattern(0, load_default=r"20\d\d[-./年]\d{1,2}[-./月]\d{1,2}")
    include = pattern(0, required=True)
    without = pattern(0, load_default=None)
    files = pattern(0, load_default=LISTED_FILES)
    """Lines whose address matches are files, not notices."""

    @validates_schema
    def sized(self, data: dict[str, Any], **_: Any) -> None:
        """The end cannot be told without the size of a page."""
        if data["end"] == "short" and data["size"] is None:
            raise ValidationError("end: short needs the number of lines a page", "size")


class NoticeKindSchema(Strict):
    """What a notice holds: tables in it and in its attachments, or free text."""

    kind = kind(required=True)
    body = css(required=True)
    published = pattern(0, load_default=None)
    required = texts(load_default=none)
    """Headers a table must hold to be read as records; other tables are left to an info issue."""
    subject = fields.Nested(SubjectSchema, required=True)
    attachments = pattern(0, load_default=FILES)
    attached_in = css(load_default=None)
    """Where attachments are looked for; the body where nothing is said."""
    hidden = fields.Nested(HiddenLinkSchema, load_default=None)
    """Attachments that only a click handler names."""
    referer = text(load_default=None)
    """Sent with attachments instead of the notice's own address."""
    both = fields.Boolean(load_default=False)
    """Attachments are read also where the notice has tables of its own."""
    text = fields.Dict(keys=fields.String(), values=pattern(1), load_default=None)
    """Header → regular expression over the notice's text: one record a notice."""


class NoticesWalk(Strict):
    """Notices of a bureau with tables and attachments (family ``notices``)."""

    list = fields.Nested(NoticeListSchema, required=True)
    notice = fields.Nested(NoticeKindSchema, required=True)
