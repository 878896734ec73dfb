"""What falls due soon, as the public may see it."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from indexer.clock import today
from indexer.search import upcoming
from indexer.search.upcoming import LONGEST, ORDER, Ahead
from webapp import results
from webapp.api import cursor
from webapp.api.blueprint import question
from webapp.api.schemas import SIZE
from webapp.services import services


class DueArgs(Schema):
    """The window asked about, from today on."""

    days = fields.Integer(load_default=30, validate=validate.Range(0, LONGEST))
    region = fields.String(load_default=None, validate=validate.Length(max=12))
    obligation = fields.String(load_default=None, validate=validate.Length(max=40))
    size = fields.Integer(load_default=20, validate=SIZE)
    after = fields.String(load_default=None, metadata={"description": "`next` of the page before"})


class DueRowOut(Schema):
    """One duty that falls due."""

    id, enterprise, enterprise_name, obligation, item, period = (fields.String() for _ in range(6))
    due, due_words, basis, first_seen = (fields.String() for _ in range(4))
    due_provisional = fields.Boolean()
    region_path = fields.List(fields.String())


class DueOut(Schema):
    """A page of duties, the nearest due day first; `total` counts all of them."""

    total, next = fields.Integer(), fields.String(allow_none=True)
    until = fields.Date()
    rows = fields.List(fields.Nested(DueRowOut))


@question("/due", DueArgs, DueOut)
def due(given: dict[str, Any]) -> dict[str, Any]:
    """What falls due in the next days, of one region or of all; what is not due yet is no gap."""
    ahead = Ahead(today(), given["days"], given["region"], given["obligation"])
    last = cursor.read(given["after"], len(ORDER))
    answer = services().store.search("duties", upcoming.page(ahead, "public", given["size"], 0, last, counted=False))
    following = cursor.write(answer["hits"]["hits"], given["size"])
    return {"total": results.total(answer), "until": ahead.until, "rows": results.rows(answer), "next": following}
