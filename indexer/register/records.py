"""The record and visit contract (docs/reference/contracts.md, 3 and 4): what crawlers write and the indexer reads."""

from __future__ import annotations

import re
from typing import Any, TypedDict

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from indexer.register.documents import CaptureRef

KINDS = (
    "listing", "profile", "emission", "monitoring", "monitoring_plan", "facility", "permit", "permit_report", "eia",
    "emergency_plan", "annual_report", "interim_report", "social_report", "carbon", "soil", "cleaner_production",
    "penalty", "supervised_case", "complaint", "inspection", "incident", "ownership",
    "other",
)  # fmt: skip
OUTCOMES = ("found", "absent", "unreadable", "blocked", "failed")
_INSTANT = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$")
_DAY = re.compile(r"^\d{4}-\d\d-\d\d$")
_DIGEST = re.compile(r"^sha256:[0-9a-f]{64}$")
_KINDS = frozenset(KINDS)
_OUTCOMES = frozenset(OUTCOMES)
_PAGE_KEYS = frozenset({"scope", "source", "kind", "subject", "period", "url", "at", "outcome", "reason", "capture"})
_TEXT, _OPTIONAL = frozenset({str}), frozenset({str, type(None)})


class Subject(TypedDict):
    """What the site printed of the enterprise; each may be None."""

    name: str | None
    uscc: str | None
    external_id: str | None
    region: str | None


class Record(TypedDict):
    """One disclosed thing as the site printed it."""

    source: str
    kind: str
    url: str
    captured_at: str
    capture: CaptureRef
    place: str
    key: str | None
    fields: dict[str, str]
    title: str | None
    text: str | None
    published_at: str | None
    subject: Subject
    rows: int


class Visit(TypedDict, total=False):
    """One look at one subject's page (``page``) or at a whole list (``walk``)."""

    scope: str
    source: str
    kind: str
    subject: Subject
    period: str | None
    region: str | None
    url: str | None
    at: str
    outcome: str
    reason: str | None
    capture: CaptureRef | None
    stated_total: int | None
    rows_seen: int | None
    distinct_keys: int | None
    pages_ok: int | None
    pages_failed: int | None
    complete: bool


class _Base(Schema):
    class Meta:
        unknown = EXCLUDE


class SubjectSchema(_Base):
    """``{name, uscc, external_id, region}``, each a string or null."""

    name = fields.String(required=True, allow_none=True)
    uscc = fields.String(required=True, allow_none=True)
    external_id = fields.String(required=True, allow_none=True)
    region = fields.String(required=True, allow_none=True)


class CaptureSchema(_Base):
    """Where the archived bytes lie."""

    run = fields.String(required=True, validate=validate.Length(min=1))
    file = fields.String(required=True, validate=validate.Length(min=1))
    offset = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))
    digest = fields.String(required=True, validate=validate.Regexp(_DIGEST, error="Not sha256:<64 hex>."))


class RecordSchema(_Base):
    """One line of ``records-NNNNN.jsonl.gz``."""

    source = fields.String(required=True, validate=validate.Length(min=1))
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    url = fields.String(required=True)
    captured_at = fields.String(
        required=True, validate=validate.Regexp(_INSTANT, error="Not an instant in UTC with Z.")
    )
    capture = fields.Nested(CaptureSchema, required=True)
    place = fields.String(required=True)
    key = fields.String(required=True, allow_none=True)
    fields_ = fields.Dict(fields.String(), fields.String(), required=True, data_key="fields")
    title = fields.String(required=True, allow_none=True)
    text = fields.String(required=True, allow_none=True)
    published_at = fields.String(
        required=True, allow_none=True, validate=validate.Regexp(_DAY, error="Not a day YYYY-MM-DD.")
    )
    subject = fields.Nested(SubjectSchema, required=True)
    rows = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))


class VisitSchema(_Base):
    """One line of ``visits-NNNNN.jsonl.gz``, both scopes."""

    scope = fields.String(required=True, validate=validate.OneOf(("page", "walk")))
    source = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    at = fields.String(required=True, validate=validate.Regexp(_INSTANT, error="Not an instant in UTC with Z."))
    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    reason = fields.String(allow_none=True)
    period = fields.String(allow_none=True)
    region = fields.String(allow_none=True)
    url = fields.String(allow_none=True)
    subject = fields.Nested(SubjectSchema, allow_none=True)
    capture = fields.Nested(CaptureSchema, allow_none=True)
    stated_total = fields.Integer(allow_none=True)
    rows_seen = fields.Integer(allow_none=True)
    distinct_keys = fields.Integer(allow_none=True)
    pages_ok = fields.Integer(allow_none=True)
    pages_failed = fields.Integer(allow_none=True)
    complete = fields.Boolean()


_RECORD = RecordSchema()
_VISIT = VisitSchema()


def record_error(data: Any) -> str | None:
    """What is wrong with a record in one line, or None. A plain check passes good ones ten times as fast."""
    if _surely_good(data):
        return None
    return _first_error(_RECORD, data)


def visit_error(data: Any) -> str | None:
    """What is wrong with a visit in one line, or None. A plain check passes good looks at pages ten times as fast."""
    if _surely_good_look(data):
        return None
    error = _first_error(_VISIT, data)
    if error is None and data["scope"] == "page" and data.get("subject") is None:
        return "subject: a page visit names the subject it looked at"
    if error is None and data["scope"] == "walk" and "complete" not in data:
        return "complete: a walk says whether it was complete"
    return error


def _first_error(schema: Schema, data: Any) -> str | None:
    if not isinstance(data, dict):
        return f"a JSON object was expected, found {type(data).__name__}"
    errors = schema.validate(data)
    if not errors:
        return None
    path: list[str] = []
    found: Any = errors
    while isinstance(found, dict):
        name, found = next(iter(found.items()))
        path.append(str(name))
    return f"{'.'.join(path)}: {found[0] if isinstance(found, list) else found}"


def _surely_good(data: Any) -> bool:
    """True only where the schema would find nothing wrong (the schema decides the rest)."""
    try:
        capture, subject, raw = data["capture"], data["subject"], data["fields"]
        texts = (data["source"], data["url"], data["place"])
        optional = (data["title"], data["text"], data["key"], subject["name"], subject["uscc"], subject["external_id"],
                    subject["region"])  # fmt: skip
        return (
            data["kind"] in _KINDS
            and set(map(type, texts)) == _TEXT
            and bool(data["source"])
            and set(map(type, optional)) <= _OPTIONAL
            and type(data["rows"]) is int and data["rows"] >= 1
            and _surely_good_place(capture)
            and bool(_INSTANT.match(data["captured_at"]))
            and (data["published_at"] is None or bool(_DAY.match(data["published_at"])))
            and type(raw) is dict and set(map(type, raw)) <= _TEXT and set(map(type, raw.values())) <= _TEXT
        )  # fmt: skip
    except (KeyError, TypeError):
        return False


def _surely_good_look(data: Any) -> bool:
    """True only for a page visit in which neither the schema nor its rules would find anything wrong."""
    try:
        subject, capture = data["subject"], data["capture"]
        optional = (data["reason"], data["period"], data["url"], subject["name"], subject["uscc"],
                    subject["external_id"], subject["region"])  # fmt: skip
        return (
            data["scope"] == "page"
            and data["kind"] in _KINDS
            and data["outcome"] in _OUTCOMES
            and type(data["source"]) is str
            and bool(_INSTANT.match(data["at"]))
            and set(map(type, optional)) <= _OPTIONAL
            and (capture is None or _surely_good_place(capture))
            and _PAGE_KEYS.issuperset(data)
        )
    except (KeyError, TypeError):
        return False


def _surely_good_place(capture: Any) -> bool:
    return (
        type(capture["run"]) is str and type(capture["file"]) is str and bool(capture["run"] and capture["file"])
        and type(capture["offset"]) is int and capture["offset"] >= 0 and bool(_DIGEST.match(capture["digest"]))
    )  # fmt: skip


def load_record(data: Any) -> Record:
    """``data`` as a record; raises marshmallow's ValidationError with one line where it breaks the contract."""
    error = record_error(data)
    if error:
        raise ValidationError(error)
    record: Record = data
    return record
