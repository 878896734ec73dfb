"""One row of the law from memory: attach its official text, sign that it reads so, keep what the signature changed."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, flash, redirect, render_template, send_file, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from werkzeug.wrappers import Response as WerkzeugResponse
from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired, Length

from indexer import lawbook, reading
from indexer.clock import today
from indexer.law.errors import RulesError
from indexer.reading import Waiting
from webapp.review.blueprint import review
from webapp.services import services

PATH = "/rules/unread/<row>"


class TextForm(FlaskForm):  # type: ignore[misc]
    """The official text and where it was published."""

    file = FileField(_l("正式文本"), [FileRequired(_l("请选择文件。"))])
    cite = StringField(_l("出处（名称、文号、网址）"), [InputRequired(), Length(5, 1_000, _l("出处须 5 至 1000 字。"))])


class SignForm(FlaskForm):  # type: ignore[misc]
    """One person's word that the row reads as the text does."""

    same = BooleanField(_l("我已逐条核对，本条与正式文本一致"), [InputRequired(_l("请先核对并勾选。"))])


@review.get(PATH)
def row(row: str) -> str:
    """The row, its text, who signed, and both forms."""
    return _page(_wanted(row), TextForm(), SignForm())


@review.get(f"{PATH}/text")
def text(row: str) -> Response:
    """The text attached last, as it was uploaded."""
    about = _wanted(row)
    read = lawbook.read(services().settings.indexer).text(row)
    if about.text is None or read is None:
        abort(404, _("尚未附上正式文本。"))
    path = lawbook.text_path(services().settings.indexer, about.text).resolve()
    return send_file(path, "application/octet-stream", as_attachment=True, download_name=read.name)


@review.post(f"{PATH}/text")
def attach(row: str) -> Any:
    """Keep the text under its SHA-256."""
    about, form = _wanted(row), TextForm()
    if not form.validate_on_submit():
        return _page(about, form, SignForm()), 422
    data = form.file.data.read()
    try:
        with services().session() as session:
            name = form.file.data.filename or row
            digest = reading.attach(services().settings.indexer, session, row, data, name, form.cite.data, _me())
            session.commit()
    except RulesError as error:
        abort(422, str(error))
    flash(_("已存档，SHA-256 %(digest)s。", digest=digest))
    return _back(row)


@review.post(f"{PATH}/sign")
def sign(row: str) -> Any:
    """Append a signature; with the last one the rules get a new version and its difference in results."""
    about, form = _wanted(row), SignForm()
    if not current_user.signs:
        abort(403, _("只有法制审核人员和管理员可以签署。"))
    if not form.validate_on_submit():
        return _page(about, TextForm(), form), 422
    settings, last = services().settings.indexer, len(about.signers) + 1 >= reading.SIGNERS
    try:
        if not last:
            reading.sign(settings, row, _me(), current_user.role)
            flash(_("已签署；还须另一人签署。"))
            return _back(row)
        store = services().store
        _people, found = reading.settle(store, settings, row, _me(), current_user.role, today(), lambda _count: None)
    except RulesError as error:
        abort(409, str(error))
    flash(_("两人已签署，自规则版本 %(version)s 起视为已核对；下次核查时生效。", version=found.after))
    return redirect(url_for("review.unread"), 303)


def _wanted(row: str) -> Waiting:
    try:
        return reading.wanted(services().settings.indexer, row)
    except RulesError:
        abort(404, _("没有待核对的条款 %(row)s。", row=row))


def _me() -> str:
    return str(current_user.username)


def _back(row: str) -> WerkzeugResponse:
    return redirect(url_for("review.row", row=row), 303)


def _page(about: Waiting, text_form: TextForm, sign_form: SignForm) -> str:
    signed = current_user.username in about.signers
    return render_template(
        "review/row.html",
        about=about,
        text_form=text_form,
        sign_form=sign_form,
        signed=signed,
        signs=current_user.signs,
    )
