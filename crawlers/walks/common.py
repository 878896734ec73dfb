"""Parts that the ``walk:`` of several families share."""

from __future__ import annotations

from marshmallow import fields, validate

from crawlers.schemafields import Strict, SubjectSchema, css, form, kind, pattern, positive, text, texts

none = list
"""The default of an absent list; ``list`` itself is the name of a field in walks."""
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
