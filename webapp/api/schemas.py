"""The shapes of the API: what may be asked, and every field that is answered."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from indexer.search import disclosures, queries

SIZE = validate.Range(1, 200)


def _text() -> fields.String:
    return fields.String(load_default=None, validate=validate.Length(max=2_000))


class MomentArgs(Schema):
    """The day asked about; at most one of the two."""

    known_at = fields.String(
        metadata={"description": "what was known by the end of this day, YYYY-MM-DD", "format": "date"}
    )
    public_on = fields.String(metadata={"description": "what was public on this day, YYYY-MM-DD", "format": "date"})


class PageArgs(MomentArgs):
    """A page of a list of any length."""

    size = fields.Integer(load_default=20, validate=SIZE)
    after = fields.String(load_default=None, metadata={"description": "`next` of the page before"})


class SearchArgs(PageArgs):
    """A search of enterprises, as the search page takes it."""

    q = fields.String(load_default="", validate=validate.Length(max=2_000))
    region = _text()
    industry = _text()
    cls = _text()
    year = fields.Integer(load_default=None, validate=validate.Range(1980, 2100))
    state = _text()
    severity = _text()
    kind = _text()
    pollutant = _text()
    source = _text()
    sort = fields.String(load_default="score", validate=validate.OneOf(list(queries.ORDERS)))
    facets = fields.Boolean(load_default=False)


class FoundArgs(PageArgs):
    """A search of disclosures."""

    q = fields.String(load_default="", validate=validate.Length(max=2_000))
    kind = _text()
    region = _text()
    source = _text()
    pollutant = _text()
    year = fields.Integer(load_default=None, validate=validate.Range(1980, 2100))
    enterprise = _text()
    sort = fields.String(load_default="score", validate=validate.OneOf(list(disclosures.ORDERS)))


class OfEnterpriseArgs(PageArgs):
    """One enterprise's disclosures."""

    kind = _text()


class MeasuredArgs(MomentArgs):
    """One measured series."""

    pollutant = fields.String(required=True)
    outlet = _text()
    averaging = _text()
    unit = _text()


class SuggestArgs(Schema):
    """What is typed."""

    q = fields.String(required=True, validate=validate.Length(max=2_000))


class LookupBody(Schema):
    """A list to look up: a name, a credit code or permit number, a region in each line, parted by tabs."""

    lines = fields.List(fields.String(validate=validate.Length(max=500)), required=True)


class CaptureOut(Schema):
    """Where the archived bytes lie."""

    run, file, digest = fields.String(), fields.String(), fields.String()
    offset = fields.Integer()


class NameOut(Schema):
    """A name and the days it was seen."""

    name, first, last = fields.String(), fields.String(), fields.String()
    current = fields.Boolean()


class MembershipOut(Schema):
    """One line of one list."""

    cls, source, published, published_from, published_to = (fields.String() for _ in range(5))
    valid_from, valid_to, first_seen, url = (fields.String() for _ in range(4))
    year = fields.Integer()
    assumed = fields.Boolean()
    capture = fields.Nested(CaptureOut)


class RowOut(Schema):
    """An enterprise in a list."""

    id, name, region, region_name, industry, first_seen, last_seen = (fields.String() for _ in range(7))
    names = fields.List(fields.Nested(NameOut))
    usccs, permit_nos, classes, sources, kinds, pollutants = (fields.List(fields.String()) for _ in range(6))
    duty_states = fields.Dict(keys=fields.String(), values=fields.Integer())


class EnterpriseOut(RowOut):
    """An enterprise with its list lines."""

    address = fields.String()
    region_path = fields.List(fields.String())
    uscc_valid = fields.Boolean()
    memberships = fields.List(fields.Nested(MembershipOut))


class ChoiceOut(Schema):
    """One value of a facet."""

    value, count = fields.String(), fields.Integer()


class EnterprisesOut(Schema):
    """A page of enterprises; `near`: nothing matched, these only come nearest."""

    total, near, next = fields.Integer(), fields.Boolean(), fields.String(allow_none=True)
    rows = fields.List(fields.Nested(RowOut))
    facets = fields.Dict(keys=fields.String(), values=fields.List(fields.Nested(ChoiceOut)))


class SpanOut(Schema):
    """Days between which it was seen; `to` is null while it is still seen."""

    from_ = fields.String(data_key="from", attribute="from")
    to = fields.String(allow_none=True)


class DisclosureOut(Schema):
    """One version of one disclosed item."""

    id, enterprise, subject_name, kind, title, period, published = (fields.String() for _ in range(7))
    document_no, outlet, source, channel, url, place, first_seen, last_seen = (fields.String() for _ in range(8))
    pollutants, region_path = fields.List(fields.String()), fields.List(fields.String())
    fields_ = fields.Dict(data_key="fields", attribute="fields", keys=fields.String(), values=fields.String())
    seen = fields.List(fields.Nested(SpanOut))
    gone = fields.Boolean()
    capture = fields.Nested(CaptureOut)


class DisclosuresOut(Schema):
    """A page of disclosures; `total` counts all of them, on the first page alone."""

    total, next = fields.Integer(allow_none=True), fields.String(allow_none=True)
    rows = fields.List(fields.Nested(DisclosureOut))


class FindingOut(Schema):
    """One reasoned lead, never a conclusion."""

    rule, rule_version, severity, confidence, words = (fields.String() for _ in range(5))


class LookOut(Schema):
    """What one channel's looks say."""

    source, channel, first_capture = (fields.String() for _ in range(3))
    good, lawful, found = fields.List(fields.String()), fields.Boolean(), fields.Boolean()
    good_count = fields.Integer()


class DutyOut(Schema):
    """One duty as the public may see it."""

    id, enterprise, obligation, item, kind, period, state, words, reason = (fields.String() for _ in range(9))
    due, due_words, basis, first_seen, published, severity, as_of = (fields.String() for _ in range(7))
    rules_version, vocabulary_version = fields.String(), fields.String()
    delay_days = fields.Integer()
    missing_fields = fields.List(fields.String())
    findings = fields.List(fields.Nested(FindingOut))
    channels = fields.List(fields.Nested(LookOut))


class DutiesOut(Schema):
    """All public duties of an enterprise."""

    rows = fields.List(fields.Nested(DutyOut))


class MeasurementOut(Schema):
    """One value, one revision; what stands beside it (mark to unconverted) is there only where the site printed it."""

    time, pollutant, outlet, averaging, unit, censored, verdict, source, first_seen, last_seen, place = (
        fields.String() for _ in range(11)
    )
    mark, standard = (fields.String() for _ in range(2))
    value, dl, limit_low, limit_high = (fields.Float() for _ in range(4))
    measured, oxygen, flow, times = (fields.Float() for _ in range(4))
    unconverted = fields.Boolean()
    revision = fields.Integer()
    capture = fields.Nested(CaptureOut)


class MeasurementsOut(Schema):
    """The newest values of a series."""

    total = fields.Integer()
    rows = fields.List(fields.Nested(MeasurementOut))


class SuggestionOut(Schema):
    """One name to choose."""

    id, name, region_name = fields.String(), fields.String(), fields.String()


class SuggestionsOut(Schema):
    """What may be meant."""

    suggestions = fields.List(fields.Nested(SuggestionOut))


class OtherOut(Schema):
    """Another enterprise that may be meant."""

    id, name, region = fields.String(), fields.String(), fields.String()


class AnswerOut(Schema):
    """One line's answer."""

    line, score = fields.Integer(), fields.Float()
    text, id, name, region, uscc, doubt = (fields.String(allow_none=True) for _ in range(6))
    others = fields.List(fields.Nested(OtherOut))


class AnswersOut(Schema):
    """One answer a line, in their order."""

    rows = fields.List(fields.Nested(AnswerOut))
