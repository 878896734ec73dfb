"""The blueprint that all parts of the API hang in, and how a question is hung there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeVar, cast

from flask_smorest import Blueprint
from marshmallow import Schema

api = Blueprint("api", __name__, url_prefix="/api/v1", description="What is public in the register")
View = TypeVar("View", bound=Callable[..., Any])


def question(
    path: str, given: type[Schema], answer: type[Schema], method: Literal["GET", "POST"] = "GET"
) -> Callable[[View], View]:
    """A view under ``path`` that is given its checked arguments (of the query, or of a posted body) as a dict."""

    def hang(view: View) -> View:
        answering = api.response(200, answer)(view)
        asked = api.arguments(given, location="query" if method == "GET" else "json")(answering)
        return cast(View, api.route(path, methods=[method])(asked))

    return hang
