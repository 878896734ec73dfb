"""The API's OpenAPI document (``/api/v1/openapi.json``), and its errors in the one shape of the site."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_limiter import Limiter
from flask_smorest import Api

from webapp import security
from webapp.api.blueprint import api
from webapp.settings import Settings

VERSION = "1"
LOOKUP = "api.look_up"


class SiteApi(Api):  # type: ignore[misc]
    """Flask-smorest without error handlers of its own: the site's know the shape, also for what is outside the API."""

    def _register_error_handlers(self, app: Flask | None = None) -> None:
        return None


def init(app: Flask, limiter: Limiter, settings: Settings) -> None:
    """Put the API into the application: no form tokens (it has no sessions), a limit of its own on look-ups."""
    app.config.update(
        API_TITLE="Qingce 清册",
        API_VERSION=VERSION,
        OPENAPI_VERSION="3.0.3",
        OPENAPI_URL_PREFIX="/api/v1",
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={
            "info": {
                "description": "环境信息公开清册的公开数据。状态是线索，非结论。",
                "license": {"name": "Apache-2.0"},
            }
        },
    )
    SiteApi(app).register_blueprint(api)
    security.csrf.exempt(api)
    if settings.lookup_limit:
        for endpoint in (LOOKUP, "public.lookup_page"):
            limited: Any = limiter.limit(settings.lookup_limit)(app.view_functions[endpoint])
            app.view_functions[endpoint] = limited
