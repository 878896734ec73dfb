"""The schema of a source's YAML; what each field means is told in docs/reference/source.md."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from marshmallow import ValidationError, fields, pre_load, validate, validates_schema

from crawlers.kinds import CHANNELS
from crawlers.schemafields import Strict, kind, positive, text, texts
from crawlers.walks import WALKS

CLASSES = re.compile(r"KPU(\.[A-Z]+)?|EL|SOIL|RISK|PK|PS|[A-Z]{2,}(\.[A-Z]+)?")
CADENCE = re.compile(r"hourly|daily|weekly|monthly|quarterly|yearly|[1-9]\d{0,3}[hdw]")
HOST = re.compile(r"[a-z0-9.-]+(:\d{1,5})?")
ENCODINGS = ("utf-8", "gb18030")
LEVELS = ("national", "province", "city", "county", "company", "other")


class PublisherSchema(Strict):
    """Who publishes the site."""

    name = text(required=True)
    level = fields.String(validate=validate.OneOf(LEVELS), required=True)


class RobotsSchema(Strict):
    """What the site says to robots; obeying is no option but the rule."""

    note = text(required=True)


class PaceSchema(Strict):
    """How gently the site is asked: seconds between requests, requests at once, seconds until an answer is given up."""

    delay = fields.Float(load_default=2.0, validate=validate.Range(min=0))
    concurrency = positive(load_default=1)
    autothrottle = fields.Boolean(load_default=True)
    timeout = fields.Float(load_default=60.0, validate=validate.Range(min=1))
    retries = fields.Integer(strict=True, load_default=2, validate=validate.Range(min=0, max=5))


class CoverSchema(Strict):
    """What the source publishes: kinds × subject classes × regions (GB/T 2260 prefixes); its channel if another."""

    kinds = fields.List(kind(), required=True, validate=validate.Length(min=1))
    classes = fields.List(fields.String(validate=validate.Regexp(CLASSES)), required=True)
    regions = fields.List(
        fields.String(
            validate=validate.Regexp(r"^\d{0,12}$", error="a region is the digits of a GB/T 2260 code, in quotes")
        ),
        required=True,
    )
    channel = fields.String(validate=validate.OneOf(CHANNELS))


class ActiveSchema(Strict):
    """Days on which the source existed; null is open."""

    class Meta(Strict.Meta):
        include = {"from": fields.Date(load_default=None, allow_none=True)}

    to = fields.Date(load_default=None, allow_none=True)


class FloorsSchema(Strict):
    """Least that a good run brings: rows of a kind, filled share of a kind's columns (0..1)."""

    rows = fields.Dict(keys=kind(), values=positive(), load_default=dict)
    fill = fields.Dict(
        keys=kind(),
        values=fields.Dict(keys=fields.String(), values=fields.Float(validate=validate.Range(min=0, max=1))),
        load_default=dict,
    )


class SourceSchema(Strict):
    """One source; ``walk`` is read by the schema of its family."""

    name = text(required=True)
    title = text(required=True)
    publisher = fields.Nested(PublisherSchema, required=True)
    family = fields.String(required=True, validate=validate.OneOf(sorted(WALKS)))
    base_url = fields.URL(required=True, schemes={"http", "https"}, require_tld=False)
    allowed_hosts = fields.List(fields.String(validate=validate.Regexp(HOST)), load_default=list)
    encoding = fields.String(validate=validate.OneOf(ENCODINGS), load_default="utf-8")
    """Of what is asked: names and values in queries and forms (answers tell their own)."""
    robots = fields.Nested(RobotsSchema, required=True)
    licence = text(required=True)
    pace = fields.Nested(PaceSchema, load_default=lambda: PaceSchema().load({}))
    cadence = fields.String(required=True, validate=validate.Regexp(CADENCE, error="not like daily, weekly, 6h, 2d"))
    channel = fields.String(required=True, validate=validate.OneOf(CHANNELS))
    covers = fields.List(fields.Nested(CoverSchema), required=True, validate=validate.Length(min=1))
    active = fields.Nested(ActiveSchema, load_default=lambda: ActiveSchema().load({}))
    walk = fields.Dict(keys=fields.String(), required=True)
    key = fields.Dict(keys=kind(), values=texts(), load_default=dict)
    fields_ = fields.Dict(
        keys=kind(), values=fields.Dict(keys=fields.String(), values=text()), load_default=dict, data_key="fields"
    )
    membership = fields.Dict(keys=fields.String(), load_default=None, allow_none=True)
    floors = fields.Nested(FloorsSchema, load_default=lambda: FloorsSchema().load({}))
    sizes = fields.Dict(keys=kind(), values=positive(), load_default=dict)
    """Rows of a kind that the site is known to hold, for ``qingce plan`` before the first run."""
    keep = fields.String(validate=validate.OneOf(("bytes", "digest", "none")), load_default="bytes")
    loopback = fields.Boolean(load_default=False)
    demo = fields.Boolean(load_default=False)
    enabled = fields.Boolean(load_default=False)
    verified = fields.String(
        load_default="never",
        validate=validate.Regexp(r"^(never|20\d\d-\d\d-\d\d)$", error="never, or the day of the last good run"),
    )
    regions = fields.Dict(keys=fields.String(validate=validate.Regexp(r"^\d{2,12}$")), values=text(), load_default=dict)
    notes = text(load_default=None)

    @pre_load
    def walk_by_family(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Read ``walk`` with the schema of the family, so that its errors name its fields."""
        family = WALKS.get(str(data.get("family")))
        if family is None or not isinstance(data.get("walk"), dict):
            return data
        try:
            return {**data, "walk": family().load(data["walk"])}
        except ValidationError as error:
            raise ValidationError({"walk": error.messages}) from error

    @validates_schema
    def kinds_agree(self, data: dict[str, Any], **_: Any) -> None:
        """Every kind that the walk yields must be covered, else the indexer could not say through which channel."""
        covered = {kind for cover in data["covers"] for kind in cover["kinds"]}
        for missing in sorted(walk_kinds(data["walk"]) - covered):
            raise ValidationError(f"the walk yields the kind {missing}, which no line of covers names", "covers")

    @validates_schema
    def host_is_allowed(self, data: dict[str, Any], **_: Any) -> None:
        """The base address must lie on an allowed host where hosts are listed."""
        netloc = urlsplit(data["base_url"]).netloc
        hosts = data["allowed_hosts"]
        if hosts and netloc not in hosts and netloc.split(":")[0] not in hosts:
            raise ValidationError(f"{netloc} of base_url is not among them", "allowed_hosts")


def walk_kinds(walk: Any) -> set[str]:
    """Every kind that a walk can yield: ``kind`` and the values of ``kind_by.map``, at any depth."""
    found: set[str] = set()
    if isinstance(walk, dict):
        own = walk.get("kind")
        found |= {own} if isinstance(own, str) else set()
        by = walk.get("kind_by")
        found |= set(by["map"].values()) if isinstance(by, dict) else set()
        for name, value in walk.items():
            # A form is the site's: its own field may be called kind.
            found |= walk_kinds(value) if name != "form" else set()
    if isinstance(walk, list):
        for value in walk:
            found |= walk_kinds(value)
    return found
