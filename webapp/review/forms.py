"""The form by which a decision is recorded."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, Field, RadioField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from indexer.clock import today
from webapp.words import DECISION_KINDS


def _stripped(text: str | None) -> str:
    return (text or "").strip()


class DecisionForm(FlaskForm):  # type: ignore[misc]
    """One decision: its kind, the reason (always), and for an exemption the day until which it holds."""

    kind = RadioField(
        _l("认定"), [InputRequired()], choices=[SelectChoice(value, label) for value, label in DECISION_KINDS.items()]
    )
    text = TextAreaField(
        _l("理由"),
        [InputRequired(_l("请写明理由。")), Length(5, 2000, _l("理由须 5 至 2000 字。"))],
        filters=[_stripped],
    )
    until = DateField(_l("有效至（只用于免于公开）"), [Optional()])

    def validate_until(self, field: Field) -> None:
        """An exemption ends one day; nothing else has an end."""
        if self.kind.data == "exempt" and (field.data is None or field.data < today()):
            raise ValidationError(_("认定免于公开须填写今天或以后的截止日。"))
        if self.kind.data != "exempt" and field.data is not None:
            raise ValidationError(_("只有认定免于公开才有截止日。"))

    def validate(self, extra_validators: object = None) -> bool:
        """Also checks ``until`` where it was left empty (Optional would end the chain before)."""
        good = bool(super().validate(extra_validators))
        if self.kind.data == "exempt" and self.until.data is None and not self.until.errors:
            self.until.errors = [_("认定免于公开须填写今天或以后的截止日。")]
            return False
        return good


FINDING_KINDS = ("confirmed", "false_alarm", "note")


class FindingForm(FlaskForm):  # type: ignore[misc]
    """One decision on a finding: it is right, it is wrong, or a note; and the reason, always."""

    kind = RadioField(
        _l("认定"), [InputRequired()], choices=[SelectChoice(kind, DECISION_KINDS[kind]) for kind in FINDING_KINDS]
    )
    text = TextAreaField(
        _l("理由"),
        [InputRequired(_l("请写明理由。")), Length(5, 2000, _l("理由须 5 至 2000 字。"))],
        filters=[_stripped],
    )


class ObjectionForm(FlaskForm):  # type: ignore[misc]
    """An objection to a score: what is objected to."""

    text = TextAreaField(
        _l("异议内容"),
        [InputRequired(_l("请写明异议内容。")), Length(5, 2000, _l("异议内容须 5 至 2000 字。"))],
        filters=[_stripped],
    )
