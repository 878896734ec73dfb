"""How a list or module behind an interface is asked: its body, its pages, its windows of time."""

from __future__ import annotations

import re
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from crawlers.schemafields import Strict, pattern, positive, text
from crawlers.walks.common import METHODS

SENT = ("form", "json")


class AskedSchema(Strict):
    """One request, perhaps in pages: page ``i`` (from 0) asks for ``first_page + i * step``."""

    url = text(required=True)
    method = fields.String(validate=validate.OneOf(METHODS), load_default="POST")
    form = fields.Dict(keys=fields.String(), load_default=dict)
    """Query or form; with ``send: json`` the body, whose values may be numbers, lists and mappings."""
    send = fields.String(validate=validate.OneOf(SENT), load_default="form")
    page_param = text(load_default=None)
    """Name of the page's number in the form; dots lead into a JSON body (``page.current``)."""
    first_page = fields.Integer(strict=True, load_default=1, validate=validate.Range(min=0))
    step = positive(load_default=1)
    """What each page adds: 20 where rows are counted instead of pages (``start=40``)."""
    max_pages = positive(load_default=1000)

    @validates_schema
    def texts_in_forms(self, data: dict[str, Any], **_: Any) -> None:
        """A form holds texts; numbers and lists exist in JSON alone."""
        wrong = [name for name, value in data["form"].items() if data["send"] == "form" and not isinstance(value, str)]
        if wrong:
            raise ValidationError(f"{', '.join(wrong)}: not a text; put it in quotes, or say send: json", "form")

    @validates_schema
    def bodies_are_posted(self, data: dict[str, Any], **_: Any) -> None:
        """GET has no body."""
        if data["send"] == "json" and data["method"] != "POST":
            raise ValidationError("send: json needs method: POST", "send")


class StatedSchema(Strict):
    """Where a page states how many rows or pages there are: paths in its data, or expressions over its text."""

    total = text(load_default="total", allow_none=True)
    pages = text(load_default=None, allow_none=True)
    total_text = pattern(1, load_default=None)
    pages_text = pattern(1, load_default=None)


class WindowsSchema(Strict):
    """Spans of days asked one by one: ``{first_day}`` and ``{last_day}``, both included, stand in form or address."""

    back = positive(required=True)
    """Days looked back, the day of the run included."""
    span = positive(load_default=1)
    format = text(load_default="%Y-%m-%d")

    @validates_schema
    def names_days(self, data: dict[str, Any], **_: Any) -> None:
        """A format without a day would ask the same window again and again."""
        if not re.search("%[djxcsF]", data["format"]):
            raise ValidationError("the format names no day; write it like %Y-%m-%d", "format")
