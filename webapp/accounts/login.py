"""Logging in and out, and the guard before pages that only staff may see."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_limiter import Limiter
from flask_login import LoginManager, current_user, login_user, logout_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from webapp.accounts import store
from webapp.accounts.models import Account
from webapp.public.language import own_path
from webapp.services import services
from webapp.settings import Settings

accounts = Blueprint("accounts", __name__)
GUARDED = ("review.", "operations.overview")
"""Endpoints, by the beginning of their name, that need a log-in."""


class LoginForm(FlaskForm):  # type: ignore[misc]
    """User name and password."""

    username = StringField(_l("用户名"), [InputRequired(), Length(max=80)], render_kw={"autocomplete": "username"})
    password = PasswordField(
        _l("密码"), [InputRequired(), Length(max=200)], render_kw={"autocomplete": "current-password"}
    )


def init(app: Flask, settings: Settings, limiter: Limiter) -> None:
    """Set Flask-Login up, guard the staff's pages, limit attempts to log in."""
    manager = LoginManager(app)
    manager.session_protection = "strong"
    manager.user_loader(_load)
    app.register_blueprint(accounts)
    app.before_request(_guard)
    if settings.login_limit:
        attempt: Any = app.view_functions["accounts.login_attempt"]
        limited: Any = limiter.limit(settings.login_limit)(attempt)
        app.view_functions["accounts.login_attempt"] = limited


def _load(identifier: str) -> Account | None:
    if not identifier.isdigit():
        return None
    with services().session() as database:
        return database.get(Account, int(identifier))


def _guard() -> Response | None:
    if (request.endpoint or "").startswith(GUARDED) and not current_user.is_authenticated:
        return redirect(url_for("accounts.login", next=request.full_path if request.method == "GET" else None))
    return None


@accounts.get("/login")
def login() -> str:
    """The form."""
    return render_template("accounts/login.html", form=LoginForm())


@accounts.post("/login")
def login_attempt() -> Any:
    """Check name and password; a failure says no more than that it failed."""
    form = LoginForm()
    if form.validate_on_submit():
        with services().session() as database:
            account = store.authenticate(database, form.username.data, form.password.data)
        if account is not None:
            session.clear()
            login_user(account)
            target = request.args.get("next", "")
            return redirect(own_path(target) if target else url_for("review.desk"))
    flash(_("用户名或密码不对，或账号已停用。"))
    return render_template("accounts/login.html", form=form), 401


@accounts.post("/logout")
def logout() -> Response:
    """End the session."""
    logout_user()
    return redirect(url_for("public.home"))
