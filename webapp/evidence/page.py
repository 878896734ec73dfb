"""The readable page of a pack: Chinese, one file, no scripts, nothing loaded from anywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import current_app
from flask_babel import force_locale

from webapp.words import state_words

TEMPLATE = Path(__file__).with_name("page.html")


def render(record: dict[str, Any]) -> str:
    """The page over a pack's record; in a request's context. Autoescaped like every page of the site."""
    with force_locale("zh"):
        template = current_app.jinja_env.from_string(TEMPLATE.read_text(encoding="utf-8"))
        return template.render(pack=record, state_words=state_words)
