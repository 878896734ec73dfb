"""Family ``own_site``: an enterprise's own web site, free-form pages found by words."""

from __future__ import annotations

from marshmallow import fields, validate

from crawlers.schemafields import Strict, css, kind, pattern, positive, text, texts

FILES = r"(?i)\.(?:xlsx?|et|pdf|docx?|wps|csv|zip|rar|7z)(?:$|[?#])"
PUBLISHED = r"(?:发布|公开|公布|公示|更新)(?:时间|日期)\s*[:：]?\s*(20\d\d\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2})"


class CompanySchema(Strict):
    """Whose site it is."""

    name = text(required=True)
    uscc = fields.String(validate=validate.Regexp(r"^[0-9A-Z]{18}$"), load_default=None)
    external_id = text(load_default=None)
    region = text(load_default=None)


class WordsSchema(Strict):
    """Words of a title or heading that tell a kind."""

    kind = kind(required=True)
    words = pattern(0, required=True)


class OwnSiteWalk(Strict):
    """Pages of one host from its start pages on, by links whose words tell of disclosure (family ``own_site``)."""

    start = texts(required=True, validate=validate.Length(min=1))
    subject = fields.Nested(CompanySchema, required=True)
    follow = pattern(0, required=True)
    """Over a link's text, title and address."""
    without = pattern(0, load_default=None)
    depth = positive(load_default=3)
    max_pages = positive(load_default=100)
    body = css(load_default=None)
    """The content of a page, without menus and footers."""
    kinds = fields.List(fields.Nested(WordsSchema), required=True, validate=validate.Length(min=1))
    ignore = pattern(0, load_default=None)
    """Headings of what is no disclosure (公司简介, 新闻)."""
    published = pattern(1, load_default=PUBLISHED)
    attachments = pattern(0, load_default=FILES)
    files = fields.String(validate=validate.OneOf(("link", "fetch", "read")), load_default="fetch")
    """Attachments are named only, kept as evidence, or read for their tables too."""
