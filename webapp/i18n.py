"""Languages: Chinese is what the code is written in, English comes from ``translations/en`` (Flask-Babel).

Catalogues are read from their ``.po`` files at start, so that no compiled file can be missing or out of date.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, request
from flask_babel import Babel, Domain, get_locale

LANGUAGES = {"zh": "中文", "en": "English"}
COOKIE = "lang"
FOLDER = Path(__file__).parent / "translations"


class CatalogueDomain(Domain):  # type: ignore[misc]
    """Flask-Babel's domain over catalogues held in memory."""

    def get_translations(self) -> NullTranslations:
        """The catalogue of the request's language; Chinese needs none."""
        locale = get_locale()
        return catalogue(locale.language) if locale else NullTranslations()


@cache
def catalogue(language: str) -> NullTranslations:
    """The catalogue of ``translations/<language>``; an empty one for Chinese."""
    path = FOLDER / language / "LC_MESSAGES" / "messages.po"
    if language == "zh":
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return Translations(compiled)


def language() -> str:
    """The visitor's choice, kept in a cookie; Chinese where none was made."""
    chosen = request.cookies.get(COOKIE, "")
    return chosen if chosen in LANGUAGES else "zh"


def init(app: Flask) -> None:
    """Set Flask-Babel up: times are shown in Asia/Shanghai, the calendar of every rule."""
    Babel(app, default_locale="zh", default_timezone="Asia/Shanghai", locale_selector=language)
    domain = CatalogueDomain()
    app.before_request(lambda: domain.as_default())
    app.context_processor(_names)


def _names() -> dict[str, Any]:
    return {"languages": LANGUAGES, "language": language()}
