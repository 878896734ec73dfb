"""Puts the application together: services, languages, guards, pages."""

from __future__ import annotations

from typing import Any

from flask import Flask

from indexer.engine.store import Store
from indexer.register.decisions import open_engine
from webapp import api, errors, i18n, moments, paging, security, settings, shown
from webapp.accounts import login
from webapp.operations import operations
from webapp.public import public
from webapp.review import review
from webapp.services import EXTENSION, Opening, Services
from webapp.sources import SourceShelf

UNLIMITED = ("operations.healthz", "operations.metrics", "static")
"""Asked by programs that watch the site, and style sheets: they do not count against a visitor's limit."""


def assemble(chosen: settings.Settings, store: Store | None) -> Flask:
    """The application; nothing is connected to yet but the database file."""
    app = Flask("webapp")
    app.secret_key = settings.secret_key(chosen)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    opening = Opening(chosen.indexer) if store is None else lambda: store
    engine = open_engine(chosen.indexer.database)
    app.extensions[EXTENSION] = Services(chosen, opening, engine, SourceShelf(chosen.indexer.sources))
    i18n.init(app)
    shown.init(app)
    moments.init(app)
    errors.init(app)
    limiter = security.init(app, chosen)
    app.context_processor(lambda: _globals(chosen))
    app.register_blueprint(public)
    app.register_blueprint(review)
    app.register_blueprint(operations)
    login.init(app, chosen, limiter)
    api.init(app, limiter, chosen)
    for endpoint in UNLIMITED:
        limiter.exempt(app.view_functions[endpoint])
    return app


def _globals(chosen: settings.Settings) -> dict[str, Any]:
    return {"demo": chosen.demo, "here": paging.here}
