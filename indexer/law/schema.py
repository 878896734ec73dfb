"""Schemas of the rules files (marshmallow): one clear error naming file, row and field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from indexer.law import expression
from indexer.law.errors import RulesError

KINDS = (
    "listing", "profile", "emission", "monitoring", "monitoring_plan", "facility", "permit", "permit_report", "eia",
    "emergency_plan", "annual_report", "interim_report", "social_report", "carbon", "soil", "cleaner_production",
    "penalty", "supervised_case", "complaint", "inspection", "incident", "other",
)  # fmt: skip
OFFICE_KINDS = (
    "kpu_list", "el_list", "state_report", "key_sources", "supervision", "total_control", "prevention", "fees",
    "enforcement", "penalty_notice", "emergency", "summary", "auto_results", "inspection_record", "incident_record",
    "rectification", "complaint_list",
)  # fmt: skip
"""What authorities owe (authority_items.yaml says which records are which)."""
CHANNELS = (
    "eid_system", "permit_platform", "self_monitoring", "city_bureau", "own_site", "other", "local_paper",
)  # fmt: skip
TRIGGERS = (
    "list_run", "list_year", "permit_year", "permit_half", "permit_quarter", "permit_month", "permit_term",
    "class_year", "class_quarter", "class_month", "standing", "event", "none",
)  # fmt: skip
PERIODS = ("once", "year", "half", "quarter", "month", "day", "two_hours", "hour", "event", "standing")
_SEEN = validate.OneOf(("S", "M"), error="must be S (read in a text) or M (from memory)")


def _expression(text: str) -> None:
    try:
        expression.parse(text)
    except ValueError as error:
        raise ValidationError(str(error)) from error


def _need(value: Any) -> None:
    if value in ("yes", "no", "if") or (isinstance(value, str) and value.startswith("either:")):
        return
    raise ValidationError("must be yes, no, if or either:<tag>")


class _Strict(Schema):
    class Meta:
        unknown = RAISE


def _words() -> fields.String:
    return fields.String(required=True, validate=validate.Length(min=1))


class InstrumentSchema(_Strict):
    """A row of instruments.yaml."""

    key, title, number = _words(), _words(), _words()
    start = fields.Date(required=True, data_key="from")
    end = fields.Date(required=True, allow_none=True, data_key="to")
    seen = fields.String(required=True, validate=_SEEN)
    successor = fields.String(load_default=None)
    precision = fields.String(load_default="day", validate=validate.OneOf(("day", "month", "year")))
    code_article = fields.String(load_default=None, allow_none=True)
    needs_review = fields.Boolean(load_default=False)


def _texts() -> fields.List[Any]:
    return fields.List(fields.String(), load_default=list)


class SignSchema(_Strict):
    """One line of ``by`` of a class."""

    classes, words, within = _texts(), _texts(), _texts()
    fields_ = fields.List(fields.String(), load_default=list, data_key="fields", attribute="fields")
    pollutants, outlets, events, name, industries = _texts(), _texts(), _texts(), _texts(), _texts()
    kinds = fields.List(fields.String(validate=validate.OneOf(KINDS)), load_default=list)


class LastingSchema(_Strict):
    """``lasting`` of a class."""

    years = fields.Integer(load_default=None, validate=validate.Range(1, 10))
    event = fields.String(load_default=None)
    after = fields.Integer(load_default=0, validate=validate.Range(0, 10))


class SubjectSchema(_Strict):
    """A row of subjects.yaml."""

    cls, title = _words(), _words()
    membership = fields.String(required=True, validate=validate.OneOf(("list", "permit", "derived", "office", "none")))
    signs = fields.List(fields.Nested(SignSchema), load_default=list, data_key="by")
    lasting = fields.Nested(LastingSchema, load_default=None)


class FieldSchema(_Strict):
    """One field of a group of fields.yaml."""

    zh = _words()
    need = fields.Raw(required=True, validate=_need)
    core = fields.Boolean(load_default=False)


class GroupSchema(_Strict):
    """One group of fields.yaml."""

    title = _words()
    seen = fields.String(required=True, validate=_SEEN)
    fields_ = fields.Dict(
        keys=fields.String(), values=fields.Nested(FieldSchema), required=True, data_key="fields", attribute="fields"
    )


class DueSchema(_Strict):
    """``due`` of an obligation."""

    expr = fields.String(required=True, validate=_expression)
    inclusive = fields.Boolean(load_default=True)
    roll = fields.Boolean(load_default=True, data_key="roll_on_holiday")
    overrides = fields.Boolean(load_default=False)
    slack = fields.Integer(load_default=0, validate=validate.Range(0, 60))


class AnswerSchema(_Strict):
    """``answer`` of an obligation."""

    by = fields.String(load_default="about", validate=validate.OneOf(("about", "itself", "follows")))
    words, other = _texts(), _texts()
    strict = fields.Boolean(load_default=False)
    lead = fields.Integer(load_default=0, validate=validate.Range(0, 1000))
    late = fields.Boolean(load_default=True)


class ChannelsSchema(_Strict):
    """``channels`` of an obligation: prescribed (any of them) and also lawful."""

    must = fields.List(fields.String(validate=validate.OneOf(CHANNELS)), required=True)
    also = fields.List(fields.String(validate=validate.OneOf(CHANNELS)), required=True)


class RequiredSchema(_Strict):
    """``required`` of an obligation: the fields of one group, or whole groups as chapters."""

    group = fields.String(load_default=None, data_key="fields")
    groups = fields.List(fields.String(), load_default=list)
    conditional = fields.Dict(
        keys=fields.String(), values=fields.List(fields.String()), load_default=dict, data_key="if"
    )
    min_share = fields.Float(load_default=None, validate=validate.Range(0, 1))


class BasisSchema(_Strict):
    """One line of ``basis``."""

    instrument = _words()
    articles = fields.List(fields.Raw(), required=True)
    seen = fields.String(required=True, validate=_SEEN)


class ExemptionSchema(_Strict):
    """One line of ``exemptions``."""

    id, instrument, words = _words(), _words(), _words()
    held_under_months = fields.Integer(load_default=None, validate=validate.Range(1, 12))
    held_under_days = fields.Integer(load_default=None, validate=validate.Range(1, 366))
    stopped = _texts()


class EffectiveSchema(_Strict):
    """``effective`` of an obligation."""

    start = fields.Date(required=True, data_key="from")
    end = fields.Date(required=True, allow_none=True, data_key="to")


class ObligationSchema(_Strict):
    """A row of obligations/*.yaml."""

    id, item = _words(), _words()
    kinds = fields.List(
        fields.String(validate=validate.OneOf((*KINDS, *OFFICE_KINDS))), required=True, validate=validate.Length(min=1)
    )
    classes = fields.List(fields.String(), required=True, validate=validate.Length(min=1))
    trigger = fields.String(required=True, validate=validate.OneOf(TRIGGERS))
    period = fields.String(required=True, validate=validate.OneOf(PERIODS))
    due = fields.Nested(DueSchema, required=True, allow_none=True)
    channels = fields.Nested(ChannelsSchema, required=True)
    required_ = fields.Nested(RequiredSchema, required=True, allow_none=True, data_key="required", attribute="required")
    basis = fields.List(fields.Nested(BasisSchema), required=True, validate=validate.Length(min=1))
    exemptions = fields.List(fields.Nested(ExemptionSchema), load_default=list)
    exempt_fields = fields.Dict(load_default=None)
    events, needs, printed = _texts(), _texts(), _texts()
    answer = fields.Nested(AnswerSchema, load_default=None)
    penalty = fields.Dict(load_default=dict)
    params = fields.Dict(load_default=dict)
    grace_days = fields.Integer(load_default=3, validate=validate.Range(0, 90))
    effective = fields.Nested(EffectiveSchema, required=True)
    audience = fields.String(required=True, validate=validate.OneOf(("public", "staff", "confirmed_only")))
    active = fields.Boolean(required=True)


class IndustriesSchema(_Strict):
    """``industries`` of an override."""

    codes = fields.List(fields.String(), required=True)
    names = fields.List(fields.String(), required=True)


class OverrideSchema(_Strict):
    """A row of overrides.yaml."""

    obligation, period, cite = _words(), _words(), _words()
    due = fields.Date(required=True)
    effect = fields.String(required=True, validate=validate.OneOf(("moves", "reminder")))
    seen = fields.String(required=True, validate=_SEEN)
    regions = fields.List(fields.String(), load_default=list)
    industries = fields.Nested(IndustriesSchema, load_default=None)


class CalendarSchema(_Strict):
    """calendar.yaml."""

    fixed = fields.List(fields.String(validate=validate.Regexp(r"^\d{2}-\d{2}$")), required=True)


def load_row(schema: Schema, row: Any, file: str, name: str) -> dict[str, Any]:
    """A checked row; raises RulesError ``file: row name: field: what is wrong``."""
    try:
        loaded = schema.load(row)
    except ValidationError as error:
        where, message = _first(error.messages)
        raise RulesError(f"{file}: row {name}: field {where}: {message}; correct it") from error
    assert isinstance(loaded, dict)
    return loaded


def _first(messages: Any) -> tuple[str, str]:
    """The first message of marshmallow's nested error, with its dotted path; a misspelt field before a missing one."""
    flat = list(_flat(messages, ""))
    return next((item for item in flat if item[1].startswith("Unknown")), flat[0])


def _flat(messages: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(messages, dict):
        for key, inner in messages.items():
            yield from _flat(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(messages, list):
        for inner in messages:
            yield from _flat(inner, path)
    else:
        yield path or "(row)", str(messages).rstrip(".")
