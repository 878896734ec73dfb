"""Family ``viewstate``: an ASP.NET WebForms list, turned page by page through the hidden state of the page before."""

from __future__ import annotations

from marshmallow import fields, validate

from crawlers.schemafields import Strict, SubjectSchema, css, form, kind, pattern, positive, text, texts
from crawlers.walks.common import none
from crawlers.walks.form_post import SliceSchema


class TurnedSchema(Strict):
    """A grid whose address never changes: what turns it, what it shows."""

    url = text(required=True)
    state = texts(load_default=lambda: ["__VIEWSTATE"], validate=validate.Length(min=1))
    """Hidden fields without which it is another page; all hidden fields of the form are sent back."""
    target = text(required=True)
    """``__EVENTTARGET`` of the pager."""
    argument = text(load_default="{page}")
    """``__EVENTARGUMENT``: ``{page}``, or ``Page${page}`` of a GridView."""
    search = form(load_default=dict)
    """Fields sent in addition with the first post of a slice: the button, or an ``__EVENTTARGET`` of its own."""
    form = form(load_default=dict)
    """Fields sent with every post: filters at their neutral values."""
    table = css(required=True)
    header = texts(load_default=none)
    required = texts(load_default=none)
    id = pattern(1, load_default=None)
    pages = pattern(1, required=True)
    total = pattern(1, load_default=None)
    current = pattern(1, load_default=None)
    """The number of the page shown, as it states it."""
    nothing = pattern(0, load_default=None)
    """What the page says instead of a table where a slice holds nothing."""
    max_pages = positive(load_default=3000)
    kind = kind(required=True)
    subject = fields.Nested(SubjectSchema, required=True)


class ViewStateWalk(Strict):
    """A list behind ``__doPostBack`` (family ``viewstate``)."""

    list = fields.Nested(TurnedSchema, required=True)
    slices = fields.List(fields.Nested(SliceSchema), load_default=none)
